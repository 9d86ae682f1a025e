using System.Globalization;
using Sat.Records.Settings;

namespace Sat.Records.Options;

/// <summary>Whole numbers in a row, as an item of a list: <c>71..100</c> is 71, 72, and so on to 100.</summary>
internal static class IntegerRange
{
    /// <summary>The longest range; a longer one is a slip.</summary>
    private const int Longest = 100_000;

    /// <summary>The numbers of a range; anything else as it is, for others to judge.</summary>
    public static IEnumerable<Setting> Unfold(Setting item)
    {
        if (
            item is not ScalarSetting scalar
            || scalar.Text.Split("..") is not [var from, var to]
            || !int.TryParse(from, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var first)
            || !int.TryParse(to, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var last)
            || last < first
            || (long)last - first >= Longest
        )
            return [item];
        return Enumerable.Range(0, last - first + 1).Select(i => scalar with { Text = (first + i).ToString(CultureInfo.InvariantCulture) });
    }
}

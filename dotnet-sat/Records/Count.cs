using System.Globalization;

namespace Sat.Records;

/// <summary>How many there are of something, in words.</summary>
public static class Count
{
    /// <summary>As in <c>1 run</c> and <c>2 runs</c>.</summary>
    /// <param name="number">How many.</param>
    /// <param name="noun">Of what: a singular whose plural adds an s.</param>
    public static string Of(long number, string noun) => string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");
}

using System.Globalization;

namespace Sat.Records.Components;

/// <summary>Orders versions of a package as semantic versioning 2.0 does: by their numbers, a prerelease before its release; build metadata
/// do not count.</summary>
public sealed class VersionOrder : IComparer<string?>
{
    /// <summary>The order.</summary>
    public static VersionOrder Ascending { get; } = new();

    private VersionOrder() { }

    /// <summary>True for two spellings of one version, such as 0.1 and 0.1.0.</summary>
    public static bool AreEqual(string? one, string? other) => Ascending.Compare(one, other) == 0;

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        var (one, other) = (Parts(x ?? ""), Parts(y ?? ""));
        for (var i = 0; i < Math.Max(one.Core.Length, other.Core.Length); i++)
        {
            if (Identifiers(one.Core.ElementAtOrDefault(i) ?? "0", other.Core.ElementAtOrDefault(i) ?? "0") is not 0 and var order)
                return order;
        }
        if (one.Label.Length == 0 || other.Label.Length == 0)
            return (one.Label.Length == 0).CompareTo(other.Label.Length == 0);
        for (var i = 0; i < Math.Min(one.Label.Length, other.Label.Length); i++)
        {
            if (Identifiers(one.Label[i], other.Label[i]) is not 0 and var order)
                return order;
        }
        return one.Label.Length.CompareTo(other.Label.Length);
    }

    private static (string[] Core, string[] Label) Parts(string version)
    {
        var text = version.Split('+')[0];
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return dash < 0 ? (text.Split('.'), []) : (text[..dash].Split('.'), text[(dash + 1)..].Split('.'));
    }

    /// <summary>Numbers by their value, and before words.</summary>
    private static int Identifiers(string one, string other)
    {
        var (first, second) = (Number(one), Number(other));
        return first is { } a && second is { } b ? a.CompareTo(b)
            : first is not null ? -1
            : second is not null ? 1
            : string.Compare(one, other, StringComparison.OrdinalIgnoreCase);
    }

    private static ulong? Number(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

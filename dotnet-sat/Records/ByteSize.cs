using System.Globalization;

namespace Sat.Records;

/// <summary>Lengths for people.</summary>
public static class ByteSize
{
    /// <summary>As in <c>1.2 GB</c>; 1 MB is a million bytes.</summary>
    /// <param name="bytes">The length; null: not known.</param>
    public static string Text(long? bytes) =>
        bytes switch
        {
            null => "-",
            < 1000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
            < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
            < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
        };
}

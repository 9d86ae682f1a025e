using System.Globalization;

namespace Sat.Reports.Text;

/// <summary>
/// Numbers as people read them, the same in every culture. The results document holds sentences of them, so its blanks are plain ones:
/// <see cref="Typography"/> binds a number to its unit where text is laid out.
/// </summary>
internal static class Format
{
    private const char Minus = '\u2212';

    /// <summary>A fraction in percent: <c>92.64 %</c>.</summary>
    public static string Percent(double fraction) => Number(100 * fraction) + " %";

    /// <summary>A difference of fractions in points: <c>+1.20 points</c>.</summary>
    public static string Points(double fraction, bool signed = true)
    {
        var rounded = Math.Round(100 * fraction, 2, MidpointRounding.AwayFromZero);
        return (signed && rounded > 0 ? "+" : "") + Number(100 * fraction) + " points";
    }

    /// <summary>A number with two decimals, without a negative zero.</summary>
    public static string Number(double value)
    {
        var text = Math.Round(value, 2, MidpointRounding.AwayFromZero).ToString("F2", CultureInfo.InvariantCulture);
        if (text == "-0.00")
            text = "0.00";
        return text.Replace('-', Minus);
    }

    /// <summary>A place on an axis, five significant digits: a setting reads as a study writes it.</summary>
    public static string Place(double value) => value.ToString("G5", CultureInfo.InvariantCulture).Replace('-', Minus);

    /// <summary>A number for a narrow cell, with three significant digits.</summary>
    public static string Short(double value) => value.ToString("G3", CultureInfo.InvariantCulture).Replace('-', Minus);

    /// <summary>A loss or another number of no unit, four significant digits.</summary>
    public static string Plain(double value) => value.ToString("G4", CultureInfo.InvariantCulture).Replace('-', Minus);

    /// <summary>A whole number.</summary>
    public static string Whole(double value) => value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u202F');

    /// <summary>A length: <c>812 MB</c>, <c>3.6 GB</c>; 1 MB is a million bytes.</summary>
    public static string Bytes(long bytes) =>
        bytes < 1_000_000_000
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0} MB")
            : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB");

    /// <summary>A duration: <c>42 s</c>, <c>7 min 05 s</c>, <c>3 h 12 min</c>.</summary>
    public static string Duration(double seconds)
    {
        // A record may claim anything: more than centuries are none.
        var time = TimeSpan.FromSeconds(double.IsFinite(seconds) ? Math.Round(Math.Clamp(seconds, 0, 1e10)) : 0);
        return time.TotalMinutes < 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.Seconds} s")
            : time.TotalHours < 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds:00} s")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes:00} min");
    }

    /// <summary>A moment, in UTC.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";
}

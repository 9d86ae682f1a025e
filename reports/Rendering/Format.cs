using System.Globalization;

namespace Sat.Reports.Rendering;

/// <summary>Numbers as people read them, the same in every culture.</summary>
internal static class Format
{
    private const char NoBreak = '\u00A0';
    private const char Minus = '\u2212';

    /// <summary>A fraction in percent: <c>92.64 %</c>.</summary>
    public static string Percent(double fraction) => Number(100 * fraction) + NoBreak + '%';

    /// <summary>A difference of fractions in points: <c>+1.20 points</c>.</summary>
    public static string Points(double fraction, bool signed = true)
    {
        var rounded = Math.Round(100 * fraction, 2, MidpointRounding.AwayFromZero);
        return (signed && rounded > 0 ? "+" : "") + Number(100 * fraction) + NoBreak + "points";
    }

    /// <summary>A number with two decimals, without a negative zero.</summary>
    public static string Number(double value)
    {
        var text = Math.Round(value, 2, MidpointRounding.AwayFromZero).ToString("F2", CultureInfo.InvariantCulture);
        if (text == "-0.00")
            text = "0.00";
        return text.Replace('-', Minus);
    }

    /// <summary>A loss or another number of no unit, four significant digits.</summary>
    public static string Plain(double value) => value.ToString("G4", CultureInfo.InvariantCulture).Replace('-', Minus);

    /// <summary><c>1 seed</c>, <c>3 seeds</c>.</summary>
    public static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count}{NoBreak}{noun}{(count == 1 ? "" : "s")}");

    /// <summary>A whole number.</summary>
    public static string Whole(double value) => value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u202F');

    /// <summary>A length: <c>812 MB</c>, <c>3.6 GB</c>; 1 MB is a million bytes.</summary>
    public static string Bytes(long bytes) => bytes < 1_000_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0}{NoBreak}MB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0}{NoBreak}GB");

    /// <summary>A duration: <c>42 s</c>, <c>7 min 05 s</c>, <c>3 h 12 min</c>.</summary>
    public static string Duration(double seconds)
    {
        // A record may claim anything: more than centuries are none.
        var time = TimeSpan.FromSeconds(double.IsFinite(seconds) ? Math.Round(Math.Clamp(seconds, 0, 1e10)) : 0);
        return time.TotalMinutes < 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.Seconds}{NoBreak}s")
            : time.TotalHours < 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}{NoBreak}min {time.Seconds:00}{NoBreak}s")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}{NoBreak}h {time.Minutes:00}{NoBreak}min");
    }

    /// <summary>A moment, in UTC.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";
}

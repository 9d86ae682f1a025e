using System.Globalization;

namespace Sat.Records.Settings;

/// <summary>
/// Whether a run has the settings that somebody names: in a study's <c>exclude</c> and <c>expect</c>, and in <c>--where</c>. A setting
/// that is not named agrees with anything. Values agree when they are the same text, or the same number however it is written: 0.4,
/// 0.40 and 4e-1. The options of a study know which of them are texts, where 01 is not 1.
/// </summary>
public static class SettingMatch
{
    /// <summary>True if a run has all the settings that are wanted.</summary>
    /// <param name="settings">The run's: a path, such as <c>noise.rate</c>, to a value.</param>
    /// <param name="wanted">The same, of those that matter.</param>
    public static bool Agree(IReadOnlyDictionary<string, string> settings, IEnumerable<KeyValuePair<string, string>> wanted) =>
        wanted.All(w => settings.TryGetValue(w.Key, out var value) && Agree(value, w.Value));

    /// <summary>True if two values are the same.</summary>
    /// <param name="one">A value as text.</param>
    /// <param name="other">Another.</param>
    /// <param name="isText">True where it is known to be a text, which is no number.</param>
    public static bool Agree(string one, string other, bool isText = false) =>
        string.Equals(one, other, StringComparison.Ordinal) || (!isText && Number(one) is { } first && first.Equals(Number(other)));

    /// <summary>True if two lists of values are the same, one by one.</summary>
    public static bool Agree(IReadOnlyList<string> one, IReadOnlyList<string> other, bool isText = false) =>
        one.Count == other.Count && one.Zip(other).All(p => Agree(p.First, p.Second, isText));

    /// <summary>The number that a text is; null: it is none.</summary>
    public static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && !double.IsNaN(number) ? number : null;
}

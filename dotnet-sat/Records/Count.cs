using System.Globalization;

namespace Sat.Records;

/// <summary>How many there are of something, in words, and the words that agree with the number.</summary>
public static class Count
{
    /// <summary>As in <c>1 run</c> and <c>2 runs</c>.</summary>
    /// <param name="number">How many.</param>
    /// <param name="noun">Of what: a singular.</param>
    /// <param name="nouns">Its plural, where that does not just add an s.</param>
    public static string Of(long number, string noun, string? nouns = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {Word(number, noun, nouns ?? noun + "s")}");

    /// <summary>The word that agrees with a number: <c>is</c> or <c>are</c>, <c>it</c> or <c>them</c>.</summary>
    /// <param name="number">How many.</param>
    /// <param name="one">For one.</param>
    /// <param name="several">For none and for several.</param>
    public static string Word(long number, string one, string several) => number == 1 ? one : several;
}

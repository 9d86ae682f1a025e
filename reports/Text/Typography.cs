using System.Text.RegularExpressions;

namespace Sat.Reports.Text;

/// <summary>What a layout needs and a text does not hold.</summary>
internal static partial class Typography
{
    /// <summary>A sentence in which no line breaks between a number and its unit.</summary>
    public static string Bind(string sentence) => Blank().Replace(sentence, "\u00A0");

    [GeneratedRegex(@"(?<=\d) (?=(%|points|seeds?)(\W|$))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blank();
}

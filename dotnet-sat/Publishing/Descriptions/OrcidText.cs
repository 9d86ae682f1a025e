using System.Text.RegularExpressions;

namespace Sat.Publishing.Descriptions;

/// <summary>ORCID identifiers.</summary>
internal static partial class OrcidText
{
    /// <summary>The identifier in a text, which may be its address; null: it is none, or its check digit (ISO 7064, mod 11-2) is
    /// wrong.</summary>
    public static string? Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success)
            return null;
        var id = match.Groups["id"].Value;
        var digits = id.Replace("-", "", StringComparison.Ordinal);
        var total = digits[..^1].Aggregate(0, (sum, digit) => (sum + (digit - '0')) * 2 % 11);
        var check = (12 - total % 11) % 11;
        return digits[^1] == (check == 10 ? 'X' : (char)('0' + check)) ? id : null;
    }

    [GeneratedRegex(
        @"^(https?://orcid\.org/)?(?<id>[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X])\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Form();
}

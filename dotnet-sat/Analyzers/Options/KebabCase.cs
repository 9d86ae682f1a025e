using System.Globalization;
using System.Text;

namespace Sat.Sdk.Analyzers.Options;

/// <summary>Names as <c>JsonNamingPolicy.KebabCaseLower</c> has them, which the compiler's hosts do not all bring.</summary>
static class KebabCase
{
    /// <summary>A hyphen is due between two words of a name.</summary>
    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        var before = Part.None;
        for (var i = 0; i < name.Length; i++)
        {
            var character = name[i];
            switch (char.GetUnicodeCategory(character))
            {
                case UnicodeCategory.UppercaseLetter:
                    var endsAcronym = before == Part.Upper && i + 1 < name.Length && char.IsLower(name[i + 1]);
                    if (before is Part.Lower or Part.Space || endsAcronym)
                        text.Append('-');
                    text.Append(char.ToLowerInvariant(character));
                    before = Part.Upper;
                    break;
                case UnicodeCategory.LowercaseLetter or UnicodeCategory.DecimalDigitNumber:
                    if (before == Part.Space)
                        text.Append('-');
                    text.Append(character);
                    before = Part.Lower;
                    break;
                case UnicodeCategory.SpaceSeparator:
                    if (before != Part.None)
                        before = Part.Space;
                    break;
                default:
                    text.Append(character);
                    before = Part.None;
                    break;
            }
        }
        return text.ToString();
    }

    private enum Part
    {
        None,
        Upper,
        Lower,
        Space,
    }
}

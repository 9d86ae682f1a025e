using System.Text;
using Sat.Records;

namespace Sat.Reports.Rendering;

/// <summary>Markup that is safe to write as it stands. Only code that builds markup makes one; every other value is escaped.</summary>
internal sealed record Html(string Markup)
{
    /// <summary>
    /// Escapes a text for elements and quoted attributes. Control characters, which are none of HTML's, and what turns the
    /// direction of the text around it are shown by their codes; letters that are written from right to left stay within
    /// isolates, so that they turn nothing beside them.
    /// </summary>
    public static string Escape(string text) => Isolate(text, Escaped(VisibleText.Escape(text)));

    /// <summary>What a text became in markup, isolated where it holds letters that are written from right to left.</summary>
    public static string Isolate(string text, string markup) => VisibleText.IsRightToLeft(text) ? $"&#x2068;{markup}&#x2069;" : markup;

    private static string Escaped(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' => result.Append("&amp;"),
                '<' => result.Append("&lt;"),
                '>' => result.Append("&gt;"),
                '"' => result.Append("&quot;"),
                '\'' => result.Append("&#39;"),
                _ => result.Append(c),
            };
        }
        return result.ToString();
    }
}

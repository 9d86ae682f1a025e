using System.Text;

namespace Sat.Reports.Rendering;

/// <summary>Markup that is safe to write as it stands. Only code that builds markup makes one; every other value is escaped.</summary>
internal sealed record Html(string Markup)
{
    /// <summary>Escapes a text for elements and quoted attributes.</summary>
    public static string Escape(string text)
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
                // Control characters are no characters of HTML.
                < ' ' and not '\n' and not '\t' => result.Append('\uFFFD'),
                _ => result.Append(c),
            };
        }
        return result.ToString();
    }
}

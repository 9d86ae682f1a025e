using System.Text;
using Sat.Reports.Results;

namespace Sat.Reports.Rendering;

/// <summary>The document as Markdown: verdict, tables and runs, to paste where people talk.</summary>
public static class MarkdownReport
{
    /// <summary>Renders the document.</summary>
    public static string Render(ResultsDocument document)
    {
        using var text = new StringWriter();
        Write(document, text);
        return text.ToString();
    }

    /// <summary>Renders the document into a file or the like.</summary>
    public static void Write(ResultsDocument document, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(output);
        TemplateRenderer.Render(output, "report.md", ReportViewBuilder.Build(document, charts: false), Escape);
    }

    /// <summary>One line of text in which no character means anything to Markdown or HTML.</summary>
    internal static string Escape(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' => result.Append("&amp;"),
                '<' => result.Append("&lt;"),
                '>' => result.Append("&gt;"),
                '|' or '*' or '_' or '`' or '[' or ']' or '\\' or '#' or '~' => result.Append('\\').Append(c),
                < ' ' => result.Append(' '),
                _ => result.Append(c),
            };
        }
        return result.ToString();
    }
}

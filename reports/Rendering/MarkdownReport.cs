using System.Text;
using System.Text.RegularExpressions;
using Sat.Records;
using Sat.Reports.Results;

namespace Sat.Reports.Rendering;

/// <summary>The document as Markdown: verdict, tables and runs, to paste where people talk.</summary>
public static partial class MarkdownReport
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

    /// <summary>
    /// One line of text in which no character means anything to Markdown or HTML, and none turns the direction of others:
    /// those are shown by their codes (<see cref="VisibleText"/>), or isolated.
    /// </summary>
    internal static string Escape(string text)
    {
        var line = VisibleText.Escape(text.ReplaceLineEndings(" ")).TrimStart();
        var result = new StringBuilder(line.Length);
        // A sign that would make a list or a rule of a line that begins with it.
        var mark = Mark().Match(line) is { Success: true } match ? match.Groups["mark"].Index : -1;
        for (var i = 0; i < line.Length; i++)
        {
            _ = line[i] switch
            {
                '&' => result.Append("&amp;"),
                '<' => result.Append("&lt;"),
                '>' => result.Append("&gt;"),
                '|' or '*' or '_' or '`' or '[' or ']' or '\\' or '#' or '~' => result.Append('\\').Append(line[i]),
                '\t' => result.Append(' '),
                var c when i == mark => result.Append('\\').Append(c),
                var c => result.Append(c),
            };
        }
        return Html.Isolate(text, result.ToString());
    }

    [GeneratedRegex(
        @"^(\d{1,9}(?<mark>[.)])|(?<mark>[-+])|(?<mark>[-=])[-= ]*)(\s|$)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Mark();
}

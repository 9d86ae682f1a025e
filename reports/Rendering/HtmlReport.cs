using Sat.Reports.Results;

namespace Sat.Reports.Rendering;

/// <summary>The document as one HTML file that needs nothing else: no network, no script, no font.</summary>
public static class HtmlReport
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
        TemplateRenderer.Render(output, "report.html", ReportViewBuilder.Build(document, charts: true), Html.Escape);
    }
}

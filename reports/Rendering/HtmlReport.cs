using Sat.Reports.Results;

namespace Sat.Reports.Rendering;

/// <summary>The document as one HTML file that needs nothing else: no network, no script, no font.</summary>
public static class HtmlReport
{
    /// <summary>Renders the document.</summary>
    public static string Render(ResultsDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return TemplateRenderer.Render("report.html", ReportViewBuilder.Build(document, charts: true), Html.Escape);
    }
}

using Sat.Reports.Results;

namespace Sat.Reports;

/// <summary>What was written, and the document it was made from.</summary>
/// <param name="Document">The results.</param>
/// <param name="Html">Path of <c>report.html</c>.</param>
/// <param name="Markdown">Path of <c>report.md</c>.</param>
/// <param name="Csv">Path of <c>report.csv</c>, a row a run.</param>
/// <param name="CellsCsv">Path of <c>cells.csv</c>, a row a cell and published value.</param>
/// <param name="Json">Path of <c>results.json</c>.</param>
public sealed record ReportFiles(ResultsDocument Document, string Html, string Markdown, string Csv, string CellsCsv, string Json);

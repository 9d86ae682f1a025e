using Sat.Records;
using Sat.Records.Files;
using Sat.Records.Json;
using Sat.Records.Metrics;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Reports.Published;
using Sat.Reports.Rendering;
using Sat.Reports.Results;

namespace Sat.Reports;

/// <summary>Writes the report of an output folder into it.</summary>
public static class ReportWriter
{
    /// <summary>Computes the results and writes every rendering; paths are absolute.</summary>
    /// <exception cref="SatException">There is no plan, a file is damaged or the folder cannot be written (exit code 5); published values
    /// are unknown (exit code 2).</exception>
    /// <param name="outputFolder">The folder.</param>
    /// <param name="installed">Metrics that installed components declare, for plans that were made before plans held them.</param>
    public static ReportFiles Write(string outputFolder, IReadOnlyList<MetricSchema>? installed = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputFolder);
        var document = ResultsBuilder.Build(outputFolder, [.. Published(outputFolder)], installed);
        var folder = Path.GetFullPath(outputFolder);
        var files = new ReportFiles(
            document,
            Path.Combine(folder, "report.html"),
            Path.Combine(folder, "report.md"),
            Path.Combine(folder, "report.csv"),
            Path.Combine(folder, "cells.csv"),
            Path.Combine(folder, "results.json")
        );
        // The two large ones beside each other, and neither as one text in memory.
        var json = Task.Run(() => AtomicFile.Write(files.Json, stream => SatJson.WriteIndented(stream, document)));
        AtomicFile.Write(files.Html, stream => WriteText(stream, text => HtmlReport.Write(document, text)));
        AtomicFile.Write(files.Markdown, stream => WriteText(stream, text => MarkdownReport.Write(document, text)));
        AtomicFile.WriteText(files.Csv, CsvReport.Runs(document));
        AtomicFile.WriteText(files.CellsCsv, CsvReport.Cells(document));
        json.GetAwaiter().GetResult();
        // Last, of what is there: another sweep of this folder may render it too.
        string[] written = [files.Html, files.Markdown, files.Csv, files.CellsCsv, files.Json];
        AtomicFile.WriteText(
            Path.Combine(folder, ChecksumList.FileName),
            ChecksumList.Text(written.ToDictionary(f => Path.GetFileName(f), ChecksumList.PathFor))
        );
        return files;
    }

    /// <summary>The published values that the plan froze; of a plan that was made before plans held them, those of now.</summary>
    private static IEnumerable<BaselineFile> Published(string outputFolder)
    {
        if (Plan.Read(outputFolder) is not { } plan)
            return [];
        return plan.Published.Count > 0 ? plan.Published.Select(BaselineLibrary.Read) : plan.Baselines.Select(BaselineLibrary.Read);
    }

    private static void WriteText(Stream stream, Action<TextWriter> write)
    {
        using var text = new StreamWriter(stream, leaveOpen: true);
        write(text);
    }
}

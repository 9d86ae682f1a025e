using System.Globalization;
using Sat.Records.Json;
using Sat.Reports.Rendering;
using Sat.Reports.Results;
using Sat.SyntheticSweeps;

namespace Sat.Reports.Tests;

/// <summary>Every rendering of one half-done sweep against files that a person has looked at. SAT_UPDATE_VERIFIED=1 rewrites
/// them.</summary>
[TestClass]
public sealed class ReportFilesTests
{
    [TestMethod]
    [DataRow("")]
    [DataRow("de-DE")]
    [DataRow("ru-RU")]
    [DataRow("ar-SA")]
    public void Every_file_is_the_verified_one_in_every_culture(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            using var output = OutputFolder.HalfDone();
            output.WritePlan();
            var files = ReportWriter.Write(output.Path);
            foreach (var path in new[] { files.Html, files.Markdown, files.Csv, files.CellsCsv, files.Json })
                Verified.Check("Reports.Tests", Path.GetFileName(path), File.ReadAllText(path));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestMethod]
    public void What_layout_alone_needs_is_not_in_the_results()
    {
        using var output = OutputFolder.HalfDone();
        output.WritePlan();
        var json = File.ReadAllText(ReportWriter.Write(output.Path).Json);
        Assert.IsFalse(json.Any(c => c is '\u00A0' or '\u202F'), "a no-break space");
        Assert.DoesNotContain("\\u00a0", json);
        Assert.DoesNotContain("\\u202f", json);
    }

    [TestMethod]
    public void The_page_of_reports_lists_every_gate()
    {
        var page = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "docs", "reports.md"));
        var listed = page.SkipWhile(l => l != "## Gates")
            .Skip(1)
            .TakeWhile(l => !l.StartsWith('#'))
            .Where(l => l.StartsWith("| `", StringComparison.Ordinal))
            .Select(l => l.Split('`')[1]);
        CollectionAssert.AreEquivalent(Gate.All.Keys.ToArray(), listed.ToArray());
    }

    [TestMethod]
    public void The_same_folder_gives_the_same_bytes_twice()
    {
        using var output = OutputFolder.HalfDone();
        output.WritePlan();
        var first = ReportWriter.Write(output.Path);
        var bytes = File.ReadAllBytes(first.Html);
        ReportWriter.Write(output.Path);
        CollectionAssert.AreEqual(bytes, File.ReadAllBytes(first.Html));
    }

    [TestMethod]
    public void A_report_can_be_rendered_again_from_results_json_alone()
    {
        using var output = OutputFolder.HalfDone();
        output.WritePlan();
        var files = ReportWriter.Write(output.Path);
        var read = SatJson.Read<ResultsDocument>(File.ReadAllText(files.Json));
        Assert.AreEqual(File.ReadAllText(files.Html), HtmlReport.Render(read));
        Assert.AreEqual(File.ReadAllText(files.Markdown), MarkdownReport.Render(read));
        Assert.AreEqual(File.ReadAllText(files.Csv), CsvReport.Runs(read));
    }

    [TestMethod]
    public void Two_thousand_runs_are_all_in_the_report()
    {
        using var output = new OutputFolder();
        for (var seed = 1; seed <= 1000; seed++)
        {
            output.Plan(OutputFolder.Spec("erm", 0.4, seed, paper: false));
            output.Plan(OutputFolder.Spec("sat", 0.4, seed, paper: false));
        }
        var document = output.Build();
        var html = HtmlReport.Render(document);
        Assert.AreEqual(2000, document.Coverage.Missing);
        foreach (var run in output.Runs)
            Assert.Contains(run.Id[..12], html);
        Assert.AreEqual(2001, CsvReport.Runs(document).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }
}

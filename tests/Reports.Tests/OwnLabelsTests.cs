using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Sat.Records;
using Sat.Records.Metrics;
using Sat.Records.Runs;
using Sat.Reports.Rendering;
using Sat.SyntheticSweeps;

namespace Sat.Reports.Tests;

/// <summary>Reports on a person's own data, whose labels nobody vouches for.</summary>
[TestClass]
public sealed class OwnLabelsTests
{
    [TestMethod]
    public void Without_a_noise_it_is_unknown_which_labels_are_wrong()
    {
        using var output = new OutputFolder();
        Own(output.Done(OutputFolder.Spec("sat", 0, 1, paper: false), 0.6), changed: 0);
        var document = output.Build();

        Assert.AreEqual(false, document.Cells.Single().TrueLabels);
        Assert.IsNull(document.Cells.Single().WrongLabels);
        foreach (var text in new[] { HtmlReport.Render(document), MarkdownReport.Render(document) })
        {
            Assert.Contains("wrong labels: unknown", text);
            Assert.DoesNotContain("of labels wrong", text);
            Assert.DoesNotContain("true training labels", text);
        }
        Assert.Contains(",wrong-labels,changed-labels,", CsvReport.Runs(document));
    }

    [TestMethod]
    public void Under_a_noise_it_is_said_how_many_of_the_given_labels_it_changed()
    {
        using var output = new OutputFolder();
        Own(output.Done(OutputFolder.Spec("sat", 0, 1, paper: false), 0.6, recovered: 0.5), changed: 0);
        Own(output.Done(OutputFolder.Spec("sat", 0.4, 1, paper: false), 0.5, recovered: 0.5), changed: 0.36);
        var document = output.Build();

        var html = HtmlReport.Render(document);
        Assert.Contains("of the given labels changed", html);
        Assert.Contains("changed labels set back", html);
        foreach (
            var known in new[]
            {
                "of labels wrong",
                "true training labels",
                "wrong labels recovered",
                "right labels changed",
                "labels wrong, measured",
            }
        )
            Assert.DoesNotContain(known, html);
    }

    [TestMethod]
    public void Each_run_that_suspects_labels_links_to_the_list_of_them_and_says_how_many()
    {
        using var output = new OutputFolder();
        var folder = output.Done(OutputFolder.Spec("sat", 0.4, 1, paper: false), 0.6, recovered: 0.5);
        output.Done(OutputFolder.Spec("erm", 0.4, 1, paper: false), 0.5);
        var list = Encoding.UTF8.GetBytes(
            Csv.Write(
                ["index", "file"],
                [
                    [1, "a\nb.png"],
                    [2, "c.png"],
                ]
            )
        );
        File.WriteAllBytes(folder.LabelsFile, list);
        folder.WriteRecord(
            folder.ReadRecord()! with
            {
                Outputs = new Dictionary<string, string> { ["labels.csv"] = Convert.ToHexStringLower(SHA256.HashData(list)) },
            }
        );
        var document = output.Build();
        CollectionAssert.AreEqual(new long?[] { 2, null }, document.Runs.Select(r => r.Suspects).ToArray());
        var html = HtmlReport.Render(document);
        Assert.Contains($"href=\"{folder.Name}/labels.csv\">2 suspected wrong labels</a>", html);
        Assert.HasCount(1, Regex.Matches(html, "suspected wrong label", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Contains($"| {folder.Name} ([2 suspected wrong labels]({folder.Name}/labels.csv)) |", MarkdownReport.Render(document));

        File.AppendAllText(folder.LabelsFile, "3,d.png\r\n");
        Assert.DoesNotContain("suspected wrong label", HtmlReport.Render(output.Build()), "a list that was edited is not the run's");
    }

    [TestMethod]
    public void All_four_accuracies_are_charted()
    {
        using var output = new OutputFolder();
        var folder = output.Done(OutputFolder.Spec("sat", 0.4, 1, paper: false), 0.6);
        var rows = folder.ReadMetrics();
        File.Delete(folder.MetricsFile);
        Dictionary<string, double> Validated(IReadOnlyDictionary<string, double> values) =>
            new(values) { [MetricNames.NoisyValidationAccuracy] = 0.3, [MetricNames.CleanValidationAccuracy] = 0.7 };
        using (var metrics = new JsonLinesWriter(folder.MetricsFile))
        {
            foreach (var row in rows)
                metrics.Append(row with { Values = Validated(row.Values) });
        }
        var record = folder.ReadRecord()!;
        OutputFolder.Publish(folder, record with { Final = Validated(record.Final!) });

        var html = HtmlReport.Render(output.Build());

        foreach (var line in new[] { "noisy training labels", "true training labels", "noisy validation labels", "true validation labels" })
            Assert.Contains($"</svg>{line}", html, line);
    }

    private static void Own(RunFolder folder, double changed)
    {
        var record = folder.ReadRecord()!;
        folder.WriteRecord(record with { Data = record.Data! with { WrongLabels = null, TrueLabels = false, ChangedLabels = changed } });
    }
}

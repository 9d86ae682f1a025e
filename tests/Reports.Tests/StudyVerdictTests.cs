using System.Text.Json;
using Sat.Records.Metrics;
using Sat.Records.Plans;
using Sat.Reports.Results;
using Sat.Reports.Text;
using Sat.Study.Testing;
using Sat.SyntheticSweeps;

namespace Sat.Reports.Tests;

/// <summary>What the tests of a study's project say is what its report says.</summary>
[TestClass]
public sealed class StudyVerdictTests
{
    [TestMethod]
    public void Each_expectation_and_each_comparison_is_a_test_with_the_sentence_of_the_report()
    {
        using var output = OutputFolder.HalfDone();
        output.Expectations.Clear();
        output.Expectations.AddRange([AtLeast(0.01), AtLeast(0.999), AtLeast(0.01) with { Metric = "no-metric" }]);
        var document = Report(output);
        var verdicts = Verdicts(output, Ids(output));

        var comparisons = document.Cells.SelectMany(c => c.Comparisons).ToArray();
        Assert.IsNotEmpty(comparisons);
        CollectionAssert.AreEqual(
            comparisons.Select(c => (Outcome(c.Judgement), c.Sentence)).ToArray(),
            verdicts.Where(v => v.Id.Contains("/comparison/", StringComparison.Ordinal)).Select(v => (v.Outcome, v.Sentence)).ToArray()
        );
        var expected = verdicts.Where(v => v.Id.Contains("/expectation/", StringComparison.Ordinal)).ToArray();
        CollectionAssert.AreEqual(
            document.Expectations.Select(e => Outcome(e.Status)).ToArray(),
            expected.Select(v => v.Outcome).ToArray()
        );
        foreach (var (expectation, verdict) in document.Expectations.Zip(expected))
        {
            Assert.EndsWith(expectation.Claim, verdict.Title);
            foreach (var seed in expectation.Seeds)
                Assert.Contains(seed.Sentence, verdict.Sentence);
        }
        Assert.AreEqual(
            VerdictOutcome.Fails,
            verdicts.Single(v => v.Id.EndsWith("/runs", StringComparison.Ordinal)).Outcome,
            "some failed"
        );
        CollectionAssert.AllItemsAreUnique(verdicts.Select(v => v.Id).ToArray());
    }

    [TestMethod]
    public void A_report_on_another_plan_says_nothing_on_this_one()
    {
        using var output = OutputFolder.HalfDone();
        Report(output);
        var verdicts = Verdicts(output, [.. Ids(output).Skip(1), new string('0', 64)]);
        Assert.HasCount(2, verdicts);
        Assert.AreEqual(VerdictOutcome.Open, verdicts[1].Outcome);
        Assert.Contains("with 1 of its 16 runs missing", verdicts[1].Sentence);
    }

    /// <summary>Seeds that a sweep until decided added are of the locked plan; cells that it does not have are not.</summary>
    [TestMethod]
    public void More_seeds_of_locked_cells_are_no_other_plan()
    {
        using var output = OutputFolder.HalfDone();
        var document = Report(output);
        string[] one = [.. document.Cells.Select(c => c.Runs[0])];
        Assert.IsGreaterThan(one.Length, document.Runs.Count);
        Assert.IsGreaterThan(2, Verdicts(output, one).Count);
        var verdicts = Verdicts(output, one[1..]);
        Assert.HasCount(2, verdicts);
        Assert.Contains("on another plan", verdicts[1].Sentence);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("{")]
    [DataRow("[]")]
    [DataRow("{}")]
    [DataRow("{\"schema\":2,\"runs\":7}")]
    public void A_damaged_report_is_a_failed_test(string text)
    {
        using var output = OutputFolder.HalfDone();
        File.WriteAllText(Report(output, out _), text);
        var verdict = Verdicts(output, Ids(output))[1];
        Assert.AreEqual(VerdictOutcome.Fails, verdict.Outcome);
        Assert.Contains("is damaged", verdict.Sentence);
    }

    private static Expectation AtLeast(double least) =>
        new()
        {
            Metric = MetricNames.TestAccuracy,
            Where = new Dictionary<string, string> { ["method.id"] = "erm" },
            AtLeast = least,
        };

    private static string[] Ids(OutputFolder output) => [.. output.Runs.Select(r => r.Id)];

    private static ResultsDocument Report(OutputFolder output)
    {
        Report(output, out var document);
        return document;
    }

    private static string Report(OutputFolder output, out ResultsDocument document)
    {
        document = output.Build();
        return ReportWriter.Write(output.Path).Json;
    }

    /// <summary>Of a study that is named as the output folder is.</summary>
    private static IReadOnlyList<StudyVerdict> Verdicts(OutputFolder output, string[] runs)
    {
        var locked = Path.Combine(output.Path, "study.lock.json");
        File.WriteAllText(locked, JsonSerializer.Serialize(new { name = Path.GetFileName(output.Path), runs }));
        return StudyVerdicts.Read(locked, Path.GetDirectoryName(output.Path)!);
    }

    private static VerdictOutcome Outcome(Judgement judgement) =>
        judgement switch
        {
            Judgement.Equivalent or Judgement.DirectionAgrees => VerdictOutcome.Holds,
            Judgement.Different or Judgement.DirectionDiffers => VerdictOutcome.Fails,
            _ => VerdictOutcome.Open,
        };

    private static VerdictOutcome Outcome(ExpectationStatus status) =>
        status switch
        {
            ExpectationStatus.Met => VerdictOutcome.Holds,
            ExpectationStatus.NotMet or ExpectationStatus.NoSuchMetric => VerdictOutcome.Fails,
            _ => VerdictOutcome.Open,
        };
}

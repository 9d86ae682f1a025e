using Sat.Records;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Reports.Rendering;
using Sat.Reports.Results;
using Sat.SyntheticSweeps;

namespace Sat.Reports.Tests;

[TestClass]
public sealed class ResultsTests
{
    [TestMethod]
    public void A_half_done_sweep_shows_every_run_with_its_state()
    {
        using var output = OutputFolder.HalfDone();
        var document = output.Build();
        Assert.AreEqual(new Coverage(16, 10, 0, 2, 1, 1, 2), document.Coverage);
        Assert.AreEqual("out of memory", document.Runs.Single(r => r.State == RunState.Failed).Error);
        Assert.AreEqual(3, document.Runs.Single(r => r.State == RunState.Diverged).Epochs);
        Assert.IsTrue(document.Runs.Where(r => r.State != RunState.Done).All(r => r.Final is null));
    }

    [TestMethod]
    public void A_run_whose_worker_holds_its_lease_is_running_and_one_without_is_interrupted()
    {
        using var output = new OutputFolder();
        var folder = output.Begin(OutputFolder.Spec("sat", 0.4, 1, paper: false), RunStatus.Running, 3);
        using (RunLease.TryTake(folder))
            Assert.AreEqual(RunState.Running, output.Build().Runs.Single().State);
        Assert.AreEqual(RunState.Interrupted, output.Build().Runs.Single().State);
    }

    [TestMethod]
    public void A_cell_has_mean_sample_deviation_and_number_of_its_finished_seeds()
    {
        using var output = new OutputFolder();
        foreach (var (seed, accuracy) in new[] { (1, 0.5), (2, 0.6), (3, 0.7) })
            output.Done(OutputFolder.Spec("sat", 0.4, seed, paper: false), accuracy, best: true);
        output.Begin(OutputFolder.Spec("sat", 0.4, 4, paper: false), RunStatus.Failed, 12, accuracy: 0.1);
        var cell = output.Build().Cells.Single();
        var statistic = cell.Final[MetricNames.TestAccuracy];
        Assert.AreEqual((0.6, 0.1, 3), (Math.Round(statistic.Mean, 12), Math.Round(statistic.Deviation!.Value, 12), statistic.Seeds));
        Assert.AreEqual(0.63, cell.Best![MetricNames.TestAccuracy].Mean, 1e-12);
        Assert.AreEqual(0.36, cell.WrongLabels!.Mean, 1e-3);
        Assert.HasCount(10, cell.Confusion!);
        Assert.AreEqual(600, cell.Confusion![0][0], 1e-9);
    }

    [TestMethod]
    public void An_expectation_compares_runs_of_one_seed_that_differ_only_by_what_it_names()
    {
        using var output = new OutputFolder();
        output.Done(OutputFolder.Spec("erm", 0.4, 1, paper: false), 0.50);
        output.Done(OutputFolder.Spec("sat", 0.4, 1, paper: false), 0.51);
        output.Done(OutputFolder.Spec("erm", 0.4, 2, paper: false), 0.60);
        output.Done(OutputFolder.Spec("sat", 0.4, 2, paper: false), 0.59);
        output.Done(OutputFolder.Spec("erm", 0.8, 2, paper: false), 0.10);
        output.Done(OutputFolder.Spec("erm", 0.4, 3, paper: false), 0.10);
        output.Plan(OutputFolder.Spec("sat", 0.4, 3, paper: false));
        output.Expectations.Add(new Expectation
        {
            Metric = MetricNames.TestAccuracy,
            Where = new Dictionary<string, string> { ["method.id"] = "sat", ["noise.rate"] = "0.40" },
            Above = new Dictionary<string, string> { ["method.id"] = "erm" },
        });
        var result = output.Build().Expectations.Single();
        Assert.AreEqual(ExpectationStatus.NotMet, result.Status);
        CollectionAssert.AreEqual(
            new[] { ExpectationStatus.Met, ExpectationStatus.NotMet, ExpectationStatus.NotYet }, result.Seeds.Select(s => s.Status).ToArray(), string.Join('\n', result.Seeds));
    }

    [TestMethod]
    public void An_expectation_that_no_run_is_about_is_not_yet_decided()
    {
        using var output = new OutputFolder();
        output.Done(OutputFolder.Spec("erm", 0.4, 1, paper: false), 0.50);
        output.Expectations.Add(new Expectation { Metric = MetricNames.TestAccuracy, Where = new Dictionary<string, string> { ["method.id"] = "nobody" }, AtLeast = 0.1 });
        Assert.AreEqual(ExpectationStatus.NotYet, output.Build().Expectations.Single().Status);
    }

    [TestMethod]
    public void Each_run_comes_with_the_command_that_repeats_it()
    {
        using var output = new OutputFolder();
        var folder = output.Done(OutputFolder.Spec("erm", 0.4, 1, paper: false), 0.50);
        var run = output.Build().Runs.Single();
        Assert.AreEqual($"dotnet sat run --spec {folder.Name}/request.json --out repeat --threads 2", run.Command);
        Assert.AreEqual(run.Id, folder.ReadRequest()!.Spec.Id(), "the request file is this run's");
    }

    [TestMethod]
    public void Folders_of_earlier_plans_are_named_and_left_out()
    {
        using var output = new OutputFolder();
        output.Done(OutputFolder.Spec("erm", 0.4, 1, paper: false), 0.50);
        var stray = Directory.CreateDirectory(Path.Combine(output.Path, "0123456789ab"));
        File.WriteAllText(Path.Combine(stray.FullName, "run.json"), "{}");
        Assert.Contains("1 run folder in this output folder belongs to no run", output.Build().Notes.Single());
    }

    [TestMethod]
    public void A_folder_without_a_plan_and_a_damaged_file_are_told_in_a_sentence()
    {
        using var output = new OutputFolder();
        Assert.AreEqual(ExitCode.Environment, Assert.ThrowsExactly<SatException>(() => ReportWriter.Write(output.Path)).ExitCode);
        var folder = output.Done(OutputFolder.Spec("erm", 0.4, 1, paper: false), 0.50);
        File.WriteAllText(folder.ConfusionFile, "not an array");
        Assert.Contains(folder.ConfusionFile, Assert.ThrowsExactly<SatException>(() => output.Build()).Message);
    }

    [TestMethod]
    public void An_evaluation_has_what_others_published_for_its_measure_with_their_protocols()
    {
        using var output = new OutputFolder { Baselines = ["linear-evaluation"] };
        output.DoneAndEvaluated("byol", 0.47, collapsed: false);
        var document = output.Build();
        IReadOnlyList<OtherValue> Others(bool evaluated) =>
            document.Settings.Single(s => s.Id == document.Cells.Single(c => c.Spec.Evaluation is not null == evaluated).Setting).Others;
        Assert.IsEmpty(Others(evaluated: false), "the run itself has no linear accuracy");
        var others = Others(evaluated: true);
        var published = others.Single(o => o is { Method: "BYOL", Source: "solo-learn", Metric: "linear-top1" });
        Assert.AreEqual(0.9258, published.Value, 1e-12);
        StringAssert.StartsWith(published.Conditions, "1000 epochs; batches of 256; training: ResNet-18, 1000 epochs", StringComparison.Ordinal);
        StringAssert.Contains(published.Conditions, "evaluation: linear probe", StringComparison.Ordinal);
        Assert.IsTrue(others.All(o => o.Metric == "linear-top1"), "what was not measured here is not held against it");
        Assert.Contains(o => o.Conditions.Contains("benchmark: CW-RGP", StringComparison.Ordinal), others, "conditions beyond the protocol are shown, not left out");
    }

    [TestMethod]
    public void An_evaluation_of_a_collapsed_run_says_so()
    {
        using var output = new OutputFolder { Baselines = [] };
        output.DoneAndEvaluated("byol", 0.47, collapsed: false);
        output.DoneAndEvaluated("simsiam", 0.11, collapsed: true);
        output.WritePlan();
        var html = HtmlReport.Render(output.Build()).Replace('\u00A0', ' ');
        Assert.AreEqual(1, html.Split("measures 1 collapsed run").Length - 1);
        StringAssert.Contains(html, "1 of 1 run collapsed", StringComparison.Ordinal);
    }

    [TestMethod]
    public void Runs_without_an_accuracy_are_read_by_how_many_of_their_seeds_collapsed()
    {
        using var output = new OutputFolder { Baselines = [] };
        output.DoneAndEvaluated("byol", 0.4, collapsed: false, seed: 1);
        output.DoneAndEvaluated("byol", 0.1, collapsed: true, seed: 2);
        output.WritePlan();
        var html = HtmlReport.Render(output.Build()).Replace('\u00A0', ' ');
        StringAssert.Contains(html, "State of the representations", StringComparison.Ordinal);
        StringAssert.Contains(html, "collapsed in part", StringComparison.Ordinal);
        StringAssert.Contains(html, "1 of 2 runs collapsed", StringComparison.Ordinal);
        Assert.DoesNotContain("± 70.71", html, "a share of collapsed seeds has no spread in points");
    }
}

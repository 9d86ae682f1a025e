using Sat.Records;
using Sat.Records.Metrics;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Records.Statistics;
using Sat.Reports.Rendering;
using Sat.Reports.Results;
using Sat.Reports.Text;
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
        Assert.AreEqual("out of memory", document.Runs.Single(r => r.State == RunStanding.Failed).Error);
        Assert.AreEqual(3, document.Runs.Single(r => r.State == RunStanding.Diverged).Epochs);
        Assert.IsTrue(document.Runs.Where(r => r.State != RunStanding.Done).All(r => r.Final is null));
    }

    [TestMethod]
    public void A_run_whose_worker_holds_its_lease_is_running_and_one_without_is_interrupted()
    {
        using var output = new OutputFolder();
        var folder = output.Begin(OutputFolder.Spec("sat", 0.4, 1, paper: false), RunStatus.Running, 3);
        using (RunLease.TryTake(folder))
            Assert.AreEqual(RunStanding.Running, output.Build().Runs.Single().State);
        Assert.AreEqual(RunStanding.Interrupted, output.Build().Runs.Single().State);
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
        output.Expectations.Add(
            new Expectation
            {
                Metric = MetricNames.TestAccuracy,
                Where = new Dictionary<string, string> { ["method.id"] = "sat", ["noise.rate"] = "0.40" },
                Above = new Dictionary<string, string> { ["method.id"] = "erm" },
            }
        );
        var result = output.Build().Expectations.Single();
        Assert.AreEqual(ExpectationStatus.NotYet, result.Status);
        Assert.AreEqual((ExpectationStatus.Undecided, 2), (result.Leads.Single().Status, result.Leads.Single().Paired.Pairs));
        CollectionAssert.AreEqual(
            new[] { ExpectationStatus.Met, ExpectationStatus.NotMet, ExpectationStatus.NotYet },
            result.Seeds.Select(s => s.Status).ToArray(),
            string.Join('\n', result.Seeds)
        );
    }

    [TestMethod]
    [DataRow(ExpectationStatus.Met, 0.10, 0.11, 0.12)]
    [DataRow(ExpectationStatus.NotMet, -0.10, -0.11, -0.12)]
    [DataRow(ExpectationStatus.Undecided, 0.10, 0.30, -0.05, DisplayName = "ahead on average, and no more than the scatter")]
    [DataRow(ExpectationStatus.Undecided, 0.10, DisplayName = "one seed")]
    [DataRow(ExpectationStatus.Undecided, 0.10, 0.10, DisplayName = "no scatter")]
    public void An_expected_lead_is_judged_by_its_interval_over_the_seeds(ExpectationStatus expected, params double[] leads)
    {
        using var output = new OutputFolder { Baselines = [] };
        for (var seed = 1; seed <= leads.Length; seed++)
        {
            output.Done(OutputFolder.Spec("erm", 0.4, seed, paper: false), 0.5);
            output.Done(OutputFolder.Spec("sat", 0.4, seed, paper: false), 0.5 + leads[seed - 1]);
        }
        output.Expectations.Add(
            new Expectation
            {
                Metric = MetricNames.TestAccuracy,
                Where = new Dictionary<string, string> { ["method.id"] = "sat" },
                Above = new Dictionary<string, string> { ["method.id"] = "erm" },
            }
        );
        var document = output.Build();
        Assert.AreEqual(expected, document.Expectations.Single().Status);
        Assert.AreEqual(expected == ExpectationStatus.Met, Gate.Expectations(document).Met);
    }

    /// <summary>A lead of one point that three seeds would show at the whole error rate, and not at the part that a first look may
    /// spend.</summary>
    [TestMethod]
    public void All_that_a_report_says_of_leads_is_judged_by_the_plan_s_looks()
    {
        using var output = new OutputFolder();
        foreach (var seed in new[] { 1, 2, 3 })
        {
            output.Done(OutputFolder.Spec("sat", 0.4, seed, paper: false), 0.82 + 0.002 * (seed - 2));
            output.Done(OutputFolder.Spec("erm", 0.4, seed, paper: false), 0.81);
        }
        output.Expectations.Add(
            new Expectation
            {
                Metric = MetricNames.TestAccuracy,
                Where = new Dictionary<string, string> { ["method.id"] = "sat" },
                Above = new Dictionary<string, string> { ["method.id"] = "erm" },
            }
        );
        const string open = "no more than the spread of seeds explains";
        var once = output.Build();
        Assert.AreEqual(ExpectationStatus.Met, once.Expectations.Single().Status);
        Assert.IsFalse(once.Verdict.Sentences.Any(s => s.Contains(open, StringComparison.Ordinal)));
        output.Looks = SeedLooks.Plan(3, 12);
        var first = output.Build();
        Assert.AreEqual(ExpectationStatus.Undecided, first.Expectations.Single().Status);
        Assert.IsTrue(first.Verdict.Sentences.Any(s => s.Contains(open, StringComparison.Ordinal)));
        Assert.AreEqual(
            once.Expectations.Single().Leads.Single().Paired.P / output.Looks.Share(3),
            first.Expectations.Single().Leads.Single().Paired.P
        );
    }

    [TestMethod]
    public void Every_verdict_of_a_report_is_corrected_for_the_others()
    {
        using var output = new OutputFolder();
        foreach (var seed in new[] { 1, 2, 3 })
        {
            output.Done(OutputFolder.Spec("sat", 0.4, seed, paper: true), 0.9264 + 0.001 * (seed - 2));
            output.Done(OutputFolder.Spec("erm", 0.4, seed, paper: true), 0.81 + 0.002 * (seed % 2));
        }
        output.Expectations.Add(
            new Expectation
            {
                Metric = MetricNames.TestAccuracy,
                Where = new Dictionary<string, string> { ["method.id"] = "sat" },
                Above = new Dictionary<string, string> { ["method.id"] = "erm" },
            }
        );
        var document = output.Build();
        Assert.AreEqual(new VerdictFamily(0.005, Verdicts: 2, Tests: 3, Decided: 2, Holding: 2), document.Family);
        var test = document.Cells.SelectMany(c => c.Comparisons).Single().Test!;
        var lead = document.Expectations.Single().Leads.Single();
        // At most two of the three hypotheses can be true.
        Assert.AreEqual(2 * lead.Paired.P!.Value, lead.AdjustedP!.Value, 1e-15);
        Assert.AreEqual(2 * test.EquivalenceP!.Value, test.AdjustedEquivalenceP!.Value, 1e-15);
        Assert.AreEqual(1, test.AdjustedDifferenceP!.Value, 1e-12);
    }

    [TestMethod]
    public void An_expectation_that_no_run_is_about_is_not_yet_decided()
    {
        using var output = new OutputFolder();
        output.Done(OutputFolder.Spec("erm", 0.4, 1, paper: false), 0.50);
        output.Expectations.Add(
            new Expectation
            {
                Metric = MetricNames.TestAccuracy,
                Where = new Dictionary<string, string> { ["method.id"] = "nobody" },
                AtLeast = 0.1,
            }
        );
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
        var run = output.Build().Runs.Single();
        Assert.AreEqual(RunStanding.Damaged, run.State);
        Assert.Contains($"{folder.Name}/confusion.npy cannot be read", run.Error!);
    }

    /// <summary>What an edited record says is worth no more than what a missing one does.</summary>
    [TestMethod]
    [DataRow("\"test-accuracy\": 0.6", "\"test-accuracy\": 0.9")]
    [DataRow("\"epochs\": 12", "\"epochs\": 13")]
    [DataRow(null, null)]
    public void A_damaged_run_is_named_and_left_out_of_every_mean(string? was, string? becomes)
    {
        using var output = new OutputFolder { Baselines = [] };
        RunFolder[] folders =
        [
            .. Enumerable.Range(1, 3).Select(seed => output.Done(OutputFolder.Spec("erm", 0.4, seed, paper: false), 0.4 + 0.1 * seed)),
        ];
        var path = was is null ? folders[1].MetricsFile : folders[1].RecordFile;
        var text = File.ReadAllText(path);
        Assert.IsTrue(was is null || text.Contains(was, StringComparison.Ordinal));
        File.WriteAllText(
            path,
            was is null ? text[..(text.TrimEnd('\n').LastIndexOf('\n') + 1)] : text.Replace(was, becomes, StringComparison.Ordinal)
        );

        var document = output.Build();

        var cell = document.Cells.Single();
        Assert.AreEqual(2, cell.Done);
        Assert.AreEqual(0.6, cell.Final[MetricNames.TestAccuracy].Mean, 1e-12, "of seeds 1 and 3");
        var damaged = document.Runs[1];
        Assert.AreEqual(RunStanding.Damaged, damaged.State);
        Assert.StartsWith(folders[1].Name, damaged.Error!, "it is named by a path that travels with the report");
        Assert.IsNull(damaged.Final);
        Assert.IsNull(damaged.Curves);
        Assert.AreEqual(1, document.Coverage.Damaged);
        Assert.Contains("1 damaged and left out", string.Join(' ', document.Verdict.Sentences));
        Assert.Contains(damaged.Error!.Split(':')[0], HtmlReport.Render(document));
        Assert.Contains("damaged", MarkdownReport.Render(document));
    }

    /// <summary>One version of a plugin, built twice: its runs are two experiments.</summary>
    [TestMethod]
    public void Runs_by_other_code_than_the_latest_of_their_cell_are_shown_and_not_mixed_with_it()
    {
        using var output = new OutputFolder { Baselines = [] };
        void Done(int seed, string version, char build)
        {
            var folder = output.Done(OutputFolder.Spec("erm", 0.4, seed, paper: false), 0.4 + 0.1 * seed);
            var record = folder.ReadRecord()!;
            folder.WriteRecord(
                record with
                {
                    Environment = record.Environment! with
                    {
                        Plugins = new Dictionary<string, string> { ["stranger.plugin"] = $"{version} sha256:{new string(build, 64)}" },
                    },
                }
            );
        }

        Done(1, "1.0.0", 'a');
        Done(2, "1.0.0", 'b');
        Done(3, "1.0.0", 'b');

        var document = output.Build();

        Assert.AreEqual(0.65, document.Cells.Single().Final[MetricNames.TestAccuracy].Mean, 1e-12, "of seeds 2 and 3");
        Assert.AreEqual(RunStanding.Stale, document.Runs[0].State);
        Assert.Contains("stranger.plugin 1.0.0 was another build (aaaaaaaaaaaa, not bbbbbbbbbbbb)", document.Runs[0].Error!);
        Assert.AreEqual(0.5, document.Runs[0].Final![MetricNames.TestAccuracy], 1e-12, "it is shown");
        Assert.AreEqual(1, document.Coverage.Stale);

        Done(4, "1.1.0", 'c');
        Assert.AreEqual(
            1,
            output.Build().Coverage.Stale,
            "a new version that keeps the revision promises the same results; two builds of the old one still do not"
        );
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
        StringAssert.StartsWith(
            published.Conditions,
            "1000 epochs; batches of 256; training: ResNet-18, 1000 epochs",
            StringComparison.Ordinal
        );
        StringAssert.Contains(published.Conditions, "evaluation: linear probe", StringComparison.Ordinal);
        Assert.IsTrue(others.All(o => o.Metric == "linear-top1"), "what was not measured here is not held against it");
        Assert.Contains(
            o => o.Conditions.Contains("benchmark: CW-RGP", StringComparison.Ordinal),
            others,
            "conditions beyond the protocol are shown, not left out"
        );
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

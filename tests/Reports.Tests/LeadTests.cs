using System.Text.Json.Nodes;
using Sat.Records.Metrics;
using Sat.Records.Plans;
using Sat.Records.Statistics;
using Sat.Reports.Rendering;
using Sat.Reports.Results;
using Sat.Reports.Text;
using Sat.SyntheticSweeps;

namespace Sat.Reports.Tests;

/// <summary>What a report says of a lead, and of what a study expected.</summary>
[TestClass]
public sealed class LeadTests
{
    private static string Sentence(params (string Method, long Seed, double Accuracy)[] runs)
    {
        using var output = new OutputFolder { Baselines = [] };
        foreach (var (method, seed, accuracy) in runs)
            output.Done(OutputFolder.Spec(method, 0.4, seed, paper: false), accuracy);
        return output
            .Build()
            .Verdict.Sentences.Single(s => s.StartsWith("With noise", StringComparison.Ordinal))
            .Replace('\u00A0', ' ')
            .Replace('\u2212', '-');
    }

    [TestMethod]
    public void With_one_seed_nothing_is_said_about_the_spread()
    {
        var sentence = Sentence(("erm", 1, 0.5), ("sat", 1, 0.62));
        StringAssert.EndsWith(
            sentence,
            "sat ends 12.00 points above erm on the test set (62.00 % against 50.00 %, 1 seed); one seed, so nothing can be said about the spread."
        );
    }

    [TestMethod]
    public void The_best_of_a_method_is_set_against_the_best_of_another_and_it_is_said_that_it_was_chosen()
    {
        using var output = new OutputFolder { Baselines = [] };
        output.Done(OutputFolder.Spec("erm", 0.4, 1, paper: false), 0.5);
        foreach (var (alpha, accuracy) in new[] { (0.7, 0.6), (0.8, 0.62), (0.9, 0.61) })
        {
            var spec = OutputFolder.Spec("sat", 0.4, 1, paper: false);
            var options = (JsonObject)spec.Method.Options.DeepClone();
            options["alpha"] = alpha;
            output.Done(spec with { Method = spec.Method with { Options = options } }, accuracy);
        }
        Assert.Contains(
            "sat, alpha=0.8 (the best of 3) ends 12.00 points above erm",
            string.Join('\n', output.Build().Verdict.Sentences).Replace('\u00A0', ' ')
        );
    }

    [TestMethod]
    public void Two_methods_of_more_are_said_to_be_chosen()
    {
        Assert.Contains(
            "of 3 methods, the two best: trades ends 1.00 points above sat",
            Sentence(("erm", 1, 0.5), ("sat", 1, 0.62), ("trades", 1, 0.63))
        );
        Assert.EndsWith(
            "; the interval does not allow for the choice of the two.",
            Sentence(("erm", 1, 0.5), ("erm", 2, 0.5), ("sat", 1, 0.62), ("sat", 2, 0.61), ("trades", 1, 0.63), ("trades", 2, 0.63))
        );
    }

    [TestMethod]
    public void Seeds_that_only_one_of_the_two_has_make_no_pair()
    {
        StringAssert.EndsWith(
            Sentence(("erm", 1, 0.5), ("sat", 2, 0.62)),
            "; no seeds in common, so nothing can be said about the spread."
        );
        StringAssert.EndsWith(
            Sentence(("erm", 1, 0.5), ("erm", 2, 0.5), ("sat", 2, 0.62)),
            "; one seed, so nothing can be said about the spread."
        );
    }

    [TestMethod]
    [DataRow(0.5)]
    [DataRow(0.50001, DisplayName = "less than is told")]
    public void A_tie_is_a_tie(double other) =>
        StringAssert.EndsWith(Sentence(("erm", 1, 0.5), ("sat", 1, other)), "end level on the test set (50.00 %, 1 seed).");

    [TestMethod]
    public void A_lead_among_guessers_is_none_of_learning()
    {
        // Ten classes of 1,000 test images each: 97.5 % of all guessers stay below 10.59 %.
        StringAssert.EndsWith(
            Sentence(("erm", 1, 0.095), ("sat", 1, 0.105)),
            "one seed, so nothing can be said about the spread; neither is better than guessing, which gets 10.00 %."
        );
        Assert.DoesNotContain("guessing", Sentence(("erm", 1, 0.095), ("sat", 1, 0.107)));
        StringAssert.EndsWith(Sentence(("erm", 1, 0.1), ("sat", 1, 0.1)), "(10.00 %, 1 seed; no better than guessing).");
    }

    [TestMethod]
    public void The_interval_is_that_of_runs_compare()
    {
        // Far apart from seed to seed, alike in their difference: seeds are paired.
        (double Erm, double Sat)[] seeds = [(0.30, 0.41), (0.50, 0.62), (0.70, 0.83)];
        var sentence = Sentence([.. seeds.SelectMany((s, i) => new[] { ("erm", i + 1L, s.Erm), ("sat", i + 1L, s.Sat) })]);
        var interval = PairedInterval.From(seeds);
        StringAssert.EndsWith(
            sentence,
            FormattableString.Invariant($"; 95 % interval over 3 seeds: {100 * interval.Low:0.00} to {100 * interval.High:0.00} points.")
        );
        StringAssert.EndsWith(
            Sentence(("erm", 1, 0.5), ("erm", 2, 0.6), ("sat", 1, 0.52), ("sat", 2, 0.61)),
            "95 % interval over 2 seeds: -4.85 to 7.85 points, no more than the spread of seeds explains."
        );
    }

    [TestMethod]
    public void Many_rows_count_ties_and_single_seeds_apart()
    {
        using var output = new OutputFolder { Baselines = [] };
        for (var i = 1; i <= 9; i++)
        {
            output.Done(OutputFolder.Spec("erm", 0.05 * i, 1, paper: false), 0.5);
            output.Done(OutputFolder.Spec("sat", 0.05 * i, 1, paper: false), i <= 2 ? 0.5 : 0.6);
        }
        Assert.Contains(
            "In 9 rows (a setting and a noise each), the best test accuracy is that of sat in 7; the best two are level in 2; "
                + "in 7 the best two share fewer than two seeds, so nothing can be said about the spread.",
            output.Build().Verdict.Sentences
        );
    }

    [TestMethod]
    public void An_expectation_is_of_the_runs_that_train_unless_it_names_an_evaluation()
    {
        using var output = new OutputFolder { Baselines = [] };
        foreach (var seed in new[] { 1, 2 })
        {
            output.DoneAndEvaluated("byol", 0.46 + 0.01 * seed, collapsed: false, seed);
            output.DoneAndEvaluated("untrained", 0.30, collapsed: false, seed);
        }
        Expectation Expect(string metric, string? evaluation, double? least) =>
            new()
            {
                Metric = metric,
                Where = evaluation is null
                    ? new Dictionary<string, string> { ["method.id"] = "byol" }
                    : new Dictionary<string, string> { ["method.id"] = "byol", ["evaluation.id"] = evaluation },
                AtLeast = least,
                Above = least is null ? new Dictionary<string, string> { ["method.id"] = "untrained" } : null,
            };
        output.Expectations.Add(Expect(MetricNames.Loss, null, 0.05));
        output.Expectations.Add(Expect("linear-top1", "linear-eval", 0.4));
        output.Expectations.Add(Expect("linear-top1", "linear-eval", null));
        var document = output.Build();
        foreach (var result in document.Expectations)
            Assert.AreEqual((ExpectationStatus.Met, 2), (result.Status, result.Seeds.Count), result.Claim);
        Assert.IsTrue(Gate.Expectations(document).Met);
    }

    [TestMethod]
    public void An_expectation_on_a_metric_that_no_run_has_says_so_at_the_gate()
    {
        using var output = new OutputFolder { Baselines = [] };
        output.Done(OutputFolder.Spec("erm", 0.4, 1, paper: false), 0.5);
        output.Plan(OutputFolder.Spec("erm", 0.4, 2, paper: false));
        output.Expectations.Add(
            new Expectation
            {
                Metric = "test-acuracy",
                Where = new Dictionary<string, string> { ["method.id"] = "erm" },
                AtLeast = 0.1,
            }
        );
        var document = output.Build();
        Assert.AreEqual(ExpectationStatus.NoSuchMetric, document.Expectations.Single().Status);
        var gate = Gate.Expectations(document);
        Assert.IsFalse(gate.Met);
        StringAssert.StartsWith(gate.Sentences.Single(), "no such metric: test-acuracy of method.id=erm is at least");
        StringAssert.Contains(gate.Sentences.Single(), "none of these runs reports it. Did you mean 'test-accuracy'?");
        StringAssert.Contains(document.Verdict.Headline, "on a metric that no run has");
        Assert.DoesNotContain("No such run is planned", HtmlReport.Render(document));
    }
}

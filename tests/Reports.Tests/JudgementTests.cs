using System.Text.Json.Nodes;
using Sat.Records.Metrics;
using Sat.Records.Protocols;
using Sat.Records.Specs;
using Sat.Records.Statistics;
using Sat.Reports.Comparison;
using Sat.Reports.Published;
using Sat.Reports.Rendering;
using Sat.Reports.Results;
using Sat.Reports.Text;
using Sat.SyntheticSweeps;

namespace Sat.Reports.Tests;

[TestClass]
public sealed class JudgementTests
{
    private const double Margin = 0.005;

    private static readonly Protocol Full = Fill();

    public static IEnumerable<string> FieldNames => typeof(Protocol).GetProperties().Select(p => p.Name);

    [TestMethod]
    public void Equal_protocols_are_exact() => Assert.AreEqual(ComparisonKind.Exact, Compare(Full, Full, 0.9, 0.001, 3).Single().Kind);

    [TestMethod]
    [DynamicData(nameof(FieldNames))]
    public void Changing_any_field_of_the_protocol_ends_an_exact_judgement(string name)
    {
        var changed = Full with { };
        var property = typeof(Protocol).GetProperty(name)!;
        property.SetValue(changed, Value(property.PropertyType, 2));
        Assert.IsFalse(Compare(Full, changed, 0.9, 0.001, 3).Any(c => c.Kind == ComparisonKind.Exact), $"{name} may differ unseen");
    }

    [TestMethod]
    [DynamicData(nameof(FieldNames))]
    public void A_field_that_the_run_does_not_know_ends_an_exact_judgement(string name)
    {
        var changed = Full with { };
        typeof(Protocol).GetProperty(name)!.SetValue(changed, null);
        Assert.IsFalse(Compare(Full, changed, 0.9, 0.001, 3).Any(c => c.Kind == ComparisonKind.Exact));
    }

    [TestMethod]
    public void A_field_that_the_source_does_not_state_keeps_it_exact_and_is_listed()
    {
        var comparison = Compare(Full with { Precision = null }, Full, 0.9, 0.001, 3).Single();
        Assert.AreEqual(ComparisonKind.Exact, comparison.Kind);
        Assert.AreEqual("precision", comparison.Fields.Single(f => f.State == FieldState.Unstated).Field);
    }

    [TestMethod]
    public void Only_the_options_that_the_source_states_are_compared()
    {
        var stated = new ProtocolComponent("sgd", new JsonObject { ["lr"] = 0.10 });
        var ran = new ProtocolComponent("sgd", new JsonObject { ["lr"] = 0.1, ["momentum"] = 0.9 });
        Assert.AreEqual(
            ComparisonKind.Exact,
            Compare(Full with { Optimizer = stated }, Full with { Optimizer = ran }, 0.9, 0, 3).Single().Kind
        );
        var other = Compare(Full with { Optimizer = ran }, Full with { Optimizer = stated }, 0.9, 0, 3).Single();
        Assert.AreEqual(new FieldComparison("optimizer.momentum", FieldState.Different, "0.9", null), other.Fields.Single());
    }

    [TestMethod]
    [DataRow(0.900, 0.0001, 3, Judgement.Equivalent)]
    [DataRow(0.905, 0.0001, 3, Judgement.Inconclusive, DisplayName = "half a point off is neither within the margin nor beyond it")]
    [DataRow(0.8949, 0.0001, 3, Judgement.Different, DisplayName = "more than half a point, and no scatter that explains it")]
    [DataRow(0.90, 0.02, 4, Judgement.Consistent, DisplayName = "scatter buys no equivalence, however close the mean")]
    [DataRow(0.95, 0.02, 4, Judgement.Consistent, DisplayName = "nor does it show a difference")]
    [DataRow(0.500, 0.0001, 2, Judgement.Different, DisplayName = "two seeds can be enough")]
    [DataRow(0.900, null, 1, Judgement.Inconclusive, DisplayName = "one seed says nothing about the scatter")]
    [DataRow(0.900, 0.0, 3, Judgement.Inconclusive, DisplayName = "nor do seeds that are all equal")]
    public void An_exact_comparison_is_judged_by_its_intervals(double mean, double? deviation, int seeds, Judgement expected) =>
        Assert.AreEqual(expected, Compare(Full, Full, mean, deviation, seeds).Single().Judgement);

    [TestMethod]
    public void A_published_deviation_with_its_trials_counts_and_more_scatter_never_helps()
    {
        ComparisonResult Against(double? published, int? trials, double deviation)
        {
            var file = File(Full, 0.9, 0.5);
            var values = file.Values.Select(v => v with { Deviation = published, Trials = trials });
            return Judge.Compare(Cell(Full, 0.901, deviation, 5), [file with { Values = [.. values] }], Margin, _ => null).Single();
        }
        Assert.AreEqual(Judgement.Equivalent, Against(0.002, 5, 0.002).Judgement);
        Assert.AreEqual(Judgement.Inconclusive, Against(0.02, 5, 0.002).Judgement);
        Assert.AreEqual(Judgement.Inconclusive, Against(0.002, 5, 0.02).Judgement);
        Assert.AreEqual(Judgement.Consistent, Against(0.002, null, 0.003).Judgement, "a deviation over nobody knows how many runs");
        Assert.AreEqual(0.002 * Math.Sqrt(0.4), Against(0.002, 5, 0.002).Test!.StandardError!.Value, 1e-12);
    }

    [TestMethod]
    public void An_open_comparison_says_how_many_seeds_and_hours_would_decide_it()
    {
        var file = File(Full, 0.9, 0.5);
        var values = file.Values.Select(v => v with { Deviation = 0.004, Trials = 20 });
        var cell = Cell(Full, 0.9, 0.006, 3) with { SecondsPerRun = 7200, OnCard = true };
        var open = Judge.Compare(cell, [file with { Values = [.. values] }], Margin, _ => null).Single();
        Assert.AreEqual(Judgement.Inconclusive, open.Judgement);
        var needed = open.Test!.SeedsNeeded!.Value;
        var power = new VerdictPower(0, Margin);
        Assert.IsGreaterThanOrEqualTo(0.8, power.PublishedGiven(0.006, needed, 0.004, 20).Decided);
        Assert.IsLessThan(0.8, power.PublishedGiven(0.006, needed - 1, 0.004, 20).Decided);
        Assert.AreEqual(2.0 * (needed - 3), open.Test.HoursNeeded!.Value, 1e-9);
        Assert.Contains($"{needed - 3} more seeds", open.Sentence);
        Assert.Contains("GPU-hours", open.Sentence);
        Assert.Contains("no number of seeds up to 1000", Compare(Full, Full, 0.9, 0.02, 4).Single().Sentence);
    }

    [TestMethod]
    [DataRow(nameof(Protocol.Epochs))]
    [DataRow(nameof(Protocol.Model))]
    [DataRow(nameof(Protocol.Optimizer))]
    public void A_source_that_leaves_out_what_decides_a_result_is_judged_by_direction_alone(string name)
    {
        var published = Full with { };
        typeof(Protocol).GetProperty(name)!.SetValue(published, null);
        var comparison = Compare(published, Full, 0.9, 0.001, 3).Single();
        Assert.AreEqual((ComparisonKind.Partial, Judgement.DirectionAgrees), (comparison.Kind, comparison.Judgement));
    }

    [TestMethod]
    [DataRow(0.9, 0.5, Judgement.DirectionAgrees)]
    [DataRow(0.4, 0.5, Judgement.DirectionDiffers)]
    [DataRow(0.5, 0.5, Judgement.Undecided, DisplayName = "a tie has no direction")]
    [DataRow(0.500001, 0.5, Judgement.Undecided, DisplayName = "nor has what would be told as 0.00 points")]
    [DataRow(0.504, 0.5, Judgement.Undecided, DisplayName = "nor has a lead that the scatter explains")]
    public void A_scaled_comparison_is_judged_by_its_direction_alone(double ours, double reference, Judgement expected)
    {
        var run = Full with { Epochs = 12 };
        var comparison = Compare(Full, run, ours, 0.001, 3, reference).Single();
        Assert.AreEqual((ComparisonKind.Scaled, expected), (comparison.Kind, comparison.Judgement));
        Assert.IsNull(comparison.Test!.AdjustedEquivalenceP);
        Assert.AreEqual("epochs", comparison.Fields.Single().Field);
    }

    [TestMethod]
    public void With_fewer_than_two_common_seeds_a_direction_is_undecided()
    {
        var run = Full with { Epochs = 12 };
        foreach (var seeds in new[] { 0, 1 })
        {
            var rival = Cell(run, 0.5, -0.001, 3);
            rival = rival with { Seeds = rival.Seeds.Take(seeds).ToDictionary() };
            var comparison = Judge.Compare(Cell(run, 0.9, 0.001, 3), [File(Full, 0.9, 0.6)], Margin, _ => rival).SingleOrDefault();
            Assert.AreEqual(Judgement.Undecided, comparison!.Judgement);
        }
    }

    [TestMethod]
    public void Where_lower_is_better_the_direction_turns_round()
    {
        var run = Full with { Epochs = 12 };
        var file = File(Full, 0.1, 0.2, metric: "test-error", higher: false);
        var comparison = Judge.Compare(Cell(run, 0.8, 0.001, 3), [file], Margin, _ => Cell(run, 0.5, -0.001, 3)).Single();
        Assert.AreEqual(Judgement.DirectionAgrees, comparison.Judgement);
        Assert.AreEqual(0.2, comparison.Measured!.Mean, 1e-12);
    }

    [TestMethod]
    public void Without_the_method_to_beat_no_direction_is_judged() =>
        Assert.AreEqual(
            Judgement.NotComparable,
            Compare(Full, Full with { Epochs = 12 }, 0.9, 0.001, 3, reference: null).Single().Judgement
        );

    [TestMethod]
    public void Values_of_others_and_values_with_a_condition_make_no_judgement()
    {
        var cell = new Measurement(Full, Final(0.9, 0.001, 3));
        var file = File(Full, 0.9, 0.5);
        var others = file with { Values = [.. file.Values.Select(v => v with { Role = BaselineRole.Reproduction })] };
        var conditional = file with
        {
            Values = [.. file.Values.Select(v => v with { When = new Dictionary<string, string> { ["epoch"] = "50" } })],
        };
        Assert.IsEmpty(Judge.Compare(cell, [others, conditional], Margin, _ => null));
    }

    [TestMethod]
    public void A_value_of_an_epoch_is_judged_by_the_curve_where_there_are_as_many_epochs()
    {
        static BaselineFile At(int epoch, Protocol protocol)
        {
            var file = File(protocol, 0.1, 0.3, "test-error", higher: false);
            return file with
            {
                Values = [.. file.Values.Select(v => v with { When = new Dictionary<string, string> { ["epoch"] = $"{epoch}" } })],
            };
        }
        static Measurement Curve(Protocol protocol, double atTen) =>
            new(protocol, Final(0.9, 0.001, 3))
            {
                AfterEpoch = epoch =>
                    epoch == 10
                        ? Enumerable
                            .Range(1, 3)
                            .ToDictionary(
                                s => (long)s,
                                s =>
                                    (IReadOnlyDictionary<string, double>)
                                        new Dictionary<string, double> { [MetricNames.TestAccuracy] = atTen * (1 + 0.001 * (s - 2)) }
                            )
                        : [],
            };
        var comparison = Judge.Compare(Curve(Full, 0.9), [At(10, Full)], Margin, _ => Curve(Full, 0.7)).Single();
        Assert.AreEqual((Judgement.Equivalent, "10"), (comparison.Judgement, comparison.When!["epoch"]));
        Assert.AreEqual(0.1, comparison.Measured!.Mean, 1e-12);
        Assert.IsTrue(comparison.Direction!.Agrees);
        Assert.IsEmpty(Judge.Compare(Curve(Full, 0.9), [At(11, Full)], Margin, _ => null), "not evaluated then");
        var shorter = Full with { Epochs = 12 };
        Assert.IsEmpty(
            Judge.Compare(Curve(shorter, 0.9), [At(10, Full)], Margin, _ => null),
            "the tenth of 12 epochs is not the tenth of 200"
        );
    }

    [TestMethod]
    public void A_value_under_a_condition_is_judged_by_the_metric_that_was_measured_under_it()
    {
        var catalog = new MetricCatalog([
            .. new[] { 90, 100 }.Select(c => new MetricSchema
            {
                Name = $"error-{c}",
                Title = "error",
                Published = "selective-error",
                When = new Dictionary<string, string> { ["coverage"] = $"{c}" },
            }),
            new()
            {
                Name = "robust",
                Title = "robust",
                Published = "robust-accuracy",
                When = new Dictionary<string, string> { ["attack"] = "pgd-{steps}", ["epsilon"] = "{radius}" },
                PublishedWith = new Dictionary<string, string> { ["samples"] = "0" },
            },
        ]);
        static RunSpec Spec(int samples) =>
            OutputFolder.Spec("sat", 0.4, 1, paper: true) with
            {
                Evaluation = OutputFolder.Component("attack", ("steps", 20), ("radius", 0.031), ("samples", samples)),
            };
        Measurement Cell(double ours, int samples = 0) =>
            new(Full, new[] { "error-90", "error-100", "robust" }.ToDictionary(n => n, _ => new Statistic(ours, 0.01 * ours, 3)))
            {
                Seeds = Enumerable
                    .Range(1, 3)
                    .ToDictionary(
                        s => (long)s,
                        s =>
                            (IReadOnlyDictionary<string, double>)
                                new[] { "error-90", "error-100", "robust" }.ToDictionary(
                                    n => n,
                                    n => ours * (1 + 0.01 * (s - 2)) + (n == "error-100" ? 0.05 : 0)
                                )
                    ),
                Conditions = MeasuredConditions.For(Spec(samples), ["error-90", "error-100", "robust"], catalog),
            };
        ComparisonResult? Against(string metric, params (string Key, string Value)[] when)
        {
            var file = File(Full, 0.1, 0.2, metric, higher: metric == "robust-accuracy");
            var values = file.Values.Select(v => v with { When = when.ToDictionary(w => w.Key, w => w.Value) });
            return Judge.Compare(Cell(0.1), [file with { Values = [.. values] }], Margin, _ => Cell(0.15)).SingleOrDefault();
        }
        Assert.AreEqual(Judgement.Equivalent, Against("selective-error", ("coverage", "90.0"))!.Judgement);
        Assert.AreEqual(Judgement.Equivalent, Against("robust-accuracy", ("attack", "pgd-20"), ("epsilon", "0.0310"))!.Judgement);
        Assert.IsTrue(Against("robust-accuracy", ("attack", "pgd-20"))!.Direction!.Agrees, "below the reference, as published");
        Assert.IsNull(Against("selective-error", ("coverage", "95")));
        Assert.IsNull(Against("selective-error"), "a value without a coverage is about none of them");
        Assert.IsNull(Against("robust-accuracy", ("attack", "pgd-10"), ("epsilon", "0.031")));
        Assert.IsNull(Against("robust-accuracy", ("attack", "pgd-20"), ("norm", "linf")), "a condition that was not measured");

        var attacked = File(Full, 0.1, 0.2, "robust-accuracy");
        attacked = attacked with
        {
            Values = [.. attacked.Values.Select(v => v with { When = new Dictionary<string, string> { ["attack"] = "pgd-20" } })],
        };
        var weaker = Judge.Compare(Cell(0.1, samples: 500), [attacked], Margin, _ => Cell(0.15, samples: 500)).Single();
        Assert.AreEqual((ComparisonKind.Scaled, "evaluation.samples"), (weaker.Kind, weaker.Fields.Single().Field));

        var early = MeasuredConditions.For(Spec(0) with { EvaluateOn = new EvaluationInputs { Epoch = 7 } }, ["robust"], catalog).Single();
        Assert.IsFalse(early.Satisfy(attacked.Values[0]), "a value that names no epoch is about the last");
        Assert.IsTrue(
            early.Satisfy(
                attacked.Values[0] with
                {
                    When = new Dictionary<string, string> { ["attack"] = "pgd-20", ["epoch"] = "7" },
                }
            )
        );
    }

    [TestMethod]
    public void A_subset_of_ImageNet_is_never_judged_by_value()
    {
        var library = BaselineLibrary.Read("label-noise");
        var published = library
            .Values.Where(v => v.Protocol is { Dataset.Id: "imagenet", Noise: not null } && v.Role == BaselineRole.Paper)
            .ToArray();
        Assert.IsNotEmpty(published);
        foreach (var value in published)
        {
            Protocol Run(long samples) => value.Protocol with { TrainingSamples = samples };
            ComparisonKind Kind(long samples) =>
                Judge
                    .Compare(
                        new Measurement(
                            Run(samples) with
                            {
                                Dataset = new ProtocolComponent("imagenet", new JsonObject { ["class-count"] = 100 }),
                            },
                            new Dictionary<string, Statistic> { [value.Metric] = Statistic.From([value.Value, value.Value, value.Value])! }
                        ),
                        [library with { Values = [value] }],
                        Margin,
                        _ => null
                    )
                    .Single()
                    .Kind;
            Assert.AreEqual(ComparisonKind.Scaled, Kind(126_689));
            Assert.AreEqual(
                ComparisonKind.Partial,
                Kind(1_281_167),
                "all that is stated is the same, but it does not say how long it trained"
            );
        }
    }

    [TestMethod]
    public void An_exact_comparison_leaves_out_scaled_ones()
    {
        var wider = File(Full with { Model = new ProtocolComponent("wider") }, 0.95, 0.5);
        var comparisons = Judge.Compare(new Measurement(Full, Final(0.9, 0.001, 3)), [wider, File(Full, 0.9, 0.5)], Margin, _ => null);
        Assert.AreEqual(0.9, comparisons.Single().Published);
    }

    [TestMethod]
    public void Values_of_another_net_or_another_width_judge_nothing()
    {
        static Protocol With(string id, int width) => Full with { Model = new ProtocolComponent(id, new JsonObject { ["width"] = width }) };
        IReadOnlyList<ComparisonResult> Against(Protocol published) => Compare(published, With("net", 4), 0.9, 0.001, 3);
        Assert.HasCount(1, Against(With("net", 4)));
        Assert.IsEmpty(Against(With("net", 64)));
        Assert.IsEmpty(Against(With("wider", 4)));
        Assert.HasCount(1, Against(Full with { Model = new ProtocolComponent("net") }), "a source that states no width");
        Assert.HasCount(1, Against(Full with { Model = null }), "a source that states no net");
    }

    [TestMethod]
    public void Each_width_of_a_plan_is_compared_with_its_own_and_the_others_are_listed_once()
    {
        using var output = new OutputFolder { Baselines = ["double-descent"] };
        static Records.Specs.RunSpec Wide(string method, int width) =>
            OutputFolder.Spec(method, 0.1667, 1, paper: false) with
            {
                Model = OutputFolder.Component("resnet18", ("width", width)),
            };
        foreach (var width in new[] { 1, 4, 64 })
        {
            output.Done(Wide("erm", width), 0.6);
            output.Done(Wide("sat", width), 0.6 + 0.001 * width);
        }
        var document = output.Build();
        foreach (var cell in document.Cells)
        {
            var comparison = cell.Comparisons.Single();
            Assert.AreEqual((ComparisonKind.Scaled, "test-error"), (comparison.Kind, comparison.Metric));
            Assert.DoesNotContain(
                f => f.Field.StartsWith("model", StringComparison.Ordinal),
                comparison.Fields.Where(f => f.State == FieldState.Different)
            );
        }
        var published = BaselineLibrary
            .Read("double-descent")
            .Values.Count(v => v.When.Count == 0 && v.Role == BaselineRole.Paper && v.Metric == "test-error");
        Assert.HasCount(published - document.Cells.Count, document.OtherNets);
        Assert.AreEqual(document.OtherNets.Count, document.OtherNets.Distinct().Count());
        Assert.DoesNotContain(o => o.Model is "resnet18 width=1" or "resnet18 width=4" or "resnet18 width=64", document.OtherNets);
        output.WritePlan();
        StringAssert.Contains(HtmlReport.Render(document), "Published for other nets", StringComparison.Ordinal);
    }

    [TestMethod]
    public void The_direction_comes_with_the_interval_over_its_seeds()
    {
        using var output = new OutputFolder();
        double[] gains = [0.10, 0.12, 0.14];
        foreach (var seed in new[] { 1, 2, 3 })
        {
            output.Done(OutputFolder.Spec("erm", 0.8, seed, paper: false), 0.3 + 0.1 * seed);
            output.Done(OutputFolder.Spec("sat", 0.8, seed, paper: false), 0.3 + 0.1 * seed + gains[seed - 1]);
        }
        var direction = output.Build().Cells.Single(c => c.Method == "sat").Comparisons.Single().Direction!;
        Assert.AreEqual((3, true), (direction.Paired!.Pairs, direction.Agrees));
        Assert.AreEqual(0.12 - 4.30265272974946 * 0.02 / Math.Sqrt(3), direction.Paired.Low!.Value, 1e-9);
    }

    [TestMethod]
    public void The_official_protocol_run_with_three_seeds_is_judged_by_value_and_meets_the_gate()
    {
        using var output = new OutputFolder();
        foreach (var seed in new[] { 1, 2, 3 })
        {
            output.Done(OutputFolder.Spec("sat", 0.4, seed, paper: true), 0.9264 + 0.001 * (seed - 2));
            output.Done(OutputFolder.Spec("erm", 0.4, seed, paper: true), 0.81);
        }
        var document = output.Build();
        var comparison = document.Cells.Single(c => c.Method == "sat").Comparisons.Single();
        Assert.AreEqual((ComparisonKind.Exact, Judgement.Equivalent), (comparison.Kind, comparison.Judgement));
        Assert.AreEqual("drop-last precision", string.Join(' ', comparison.Fields.Select(f => f.Field)));
        Assert.IsTrue(Gate.Equivalent(document).Met);
        Assert.IsFalse(Gate.Direction(document).Met, "no value of ERM on this model was published at this rate");
    }

    [TestMethod]
    public void Gates_find_one_direction_of_the_half_done_sweep_undecided_and_nothing_in_it_equivalent()
    {
        using var output = OutputFolder.HalfDone();
        var document = output.Build();
        var direction = Gate.Direction(document);
        Assert.IsFalse(direction.Met, "one seed at 80 %");
        Assert.Contains(s => s.StartsWith("undecided: ", StringComparison.Ordinal), direction.Sentences);
        Assert.IsFalse(Gate.Equivalent(document).Met, "no exact protocol");
        Assert.IsFalse(Gate.Expectations(document).Met);
    }

    [TestMethod]
    public void A_plan_foretells_which_values_will_be_judged_and_what_its_seeds_can_decide()
    {
        using var output = new OutputFolder();
        output.Published.Add(BaselineLibrary.Freeze("label-noise"));
        foreach (var seed in new[] { 1, 2, 3 })
        {
            output.Plan(OutputFolder.Spec("sat", 0.4, seed, paper: true));
            output.Plan(OutputFolder.Spec("sat", 0.4, seed, paper: false));
        }
        output.WritePlan();
        var plan = Records.Plans.Plan.Read(output.Path)!;
        var forecast = VerdictForecast.From(plan, 0.15);
        var verdict = forecast.Verdicts.Single(v => v.Published == "92.64");
        var chances = new VerdictPower(0, 0.5).PublishedDraw(0.15, 3);
        Assert.AreEqual((3, chances.Equivalent, 5), (verdict.Seeds, verdict.Equivalent, verdict.SeedsForEquivalent));
        Assert.AreEqual(0.8, new VerdictPower(forecast.Lead!.Value, 0).Paired(0.15 * Math.Sqrt(2), 3).Different, 1e-6);
        Assert.IsEmpty(forecast.Directions, "no reference method is planned");
        var unknown = VerdictForecast.From(plan, null);
        Assert.IsNull(unknown.Verdicts.Single(v => v.Published == "92.64").Equivalent, "no deviation is published, and none assumed");
        Assert.IsNull(unknown.Lead);
    }

    [TestMethod]
    public void A_plan_foretells_how_likely_its_seeds_decide_each_direction()
    {
        using var output = new OutputFolder();
        output.Published.Add(BaselineLibrary.Freeze("label-noise"));
        foreach (var seed in new[] { 1, 2, 3 })
        {
            output.Plan(OutputFolder.Spec("sat", 0.2, seed, paper: false));
            output.Plan(OutputFolder.Spec("erm", 0.2, seed, paper: false));
        }
        output.WritePlan();
        var plan = Records.Plans.Plan.Read(output.Path)!;
        var direction = VerdictForecast.From(plan, 4).Directions[0];
        Assert.AreEqual(("sat", "erm", 3), (direction.Method, direction.Reference, direction.Seeds));
        Assert.IsGreaterThan(0, direction.Published, "as published, SAT is ahead under noise");
        var chance = new VerdictPower(direction.Published, 0).Paired(4 * Math.Sqrt(2), 3).Different;
        Assert.AreEqual(chance, direction.Decided!.Value, 1e-12);
        Assert.IsInRange(0.1, 0.999, chance);
        Assert.IsNull(VerdictForecast.From(plan, null).Directions[0].Decided);
    }

    [TestMethod]
    public void A_gate_that_finds_nothing_to_judge_is_not_met()
    {
        using var output = new OutputFolder { Baselines = [] };
        output.Plan(OutputFolder.Spec("sat", 0.4, 1, paper: true));
        var document = output.Build();
        Assert.IsFalse(Gate.Equivalent(document).Met);
        Assert.IsFalse(Gate.Direction(document).Met);
        Assert.IsFalse(Gate.Expectations(document).Met);
    }

    private static IReadOnlyList<ComparisonResult> Compare(
        Protocol published,
        Protocol run,
        double mean,
        double? deviation,
        int seeds,
        double? reference = 0.5
    ) =>
        Judge.Compare(Cell(run, mean, deviation, seeds), [File(published, 0.9, 0.6)], Margin, _ =>
            reference is { } r ? Cell(run, r, -deviation, seeds) : null
        );

    /// <summary>A cell, with seeds that scatter one way or, by a negative deviation, the other.</summary>
    private static Measurement Cell(Protocol run, double mean, double? deviation, int seeds) =>
        new(run, Final(mean, deviation is { } d ? Math.Abs(d) : null, seeds))
        {
            Seeds = Enumerable
                .Range(1, seeds)
                .ToDictionary(
                    s => (long)s,
                    s =>
                        (IReadOnlyDictionary<string, double>)
                            new Dictionary<string, double>
                            {
                                [MetricNames.TestAccuracy] = mean + (deviation ?? 0) * (s - (seeds + 1) / 2.0),
                            }
                ),
        };

    private static Dictionary<string, Statistic> Final(double mean, double? deviation, int seeds) =>
        new() { [MetricNames.TestAccuracy] = new Statistic(mean, deviation, seeds) };

    private static BaselineFile File(
        Protocol protocol,
        double value,
        double reference,
        string metric = MetricNames.TestAccuracy,
        bool higher = true
    )
    {
        var published = new PublishedValue
        {
            Experiment = "e",
            Method = "Ours",
            Role = BaselineRole.Paper,
            Metric = metric,
            HigherIsBetter = higher,
            Value = value,
            Source = "s",
            Protocol = protocol,
        };
        return new BaselineFile
        {
            Name = "own",
            Title = "Own",
            Reference = "reference",
            Sources =
            [
                new BaselineSource
                {
                    Key = "s",
                    Title = "Source",
                    Kind = "primary",
                },
            ],
            Values =
            [
                published,
                published with
                {
                    Value = reference,
                    Protocol = protocol with { Method = new ProtocolComponent("reference") },
                },
            ],
        };
    }

    private static Protocol Fill()
    {
        var protocol = new Protocol();
        foreach (var property in typeof(Protocol).GetProperties())
            property.SetValue(protocol, Value(property.PropertyType, 1));
        return protocol;
    }

    private static object Value(Type type, int number) =>
        (Nullable.GetUnderlyingType(type) ?? type) switch
        {
            var t when t == typeof(string) => $"value {number}",
            var t when t == typeof(bool) => number == 1,
            var t when t == typeof(ProtocolComponent) => new ProtocolComponent("id", new JsonObject { ["option"] = number }),
            var t => Convert.ChangeType(number, t, System.Globalization.CultureInfo.InvariantCulture),
        };
}

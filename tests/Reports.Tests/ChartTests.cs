using Sat.Records.Arrays;
using Sat.Records.Metrics;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Reports.Rendering;
using Sat.Reports.Results;
using Sat.Reports.Text;
using Sat.SyntheticSweeps;

namespace Sat.Reports.Tests;

/// <summary>What charts and checks make of runs.</summary>
[TestClass]
public sealed class ChartTests
{
    [TestMethod]
    public void Widths_make_a_curve_with_the_published_values_and_the_interpolation_threshold()
    {
        using var output = new OutputFolder { Baselines = ["double-descent"] };
        foreach (var (width, fitted) in new[] { (1, 0.6), (4, 0.97), (16, 0.9995), (64, 1.0) })
        {
            output.Done(Wide("erm", width), 0.5 + 0.001 * width, noisyTrain: fitted);
            output.Done(Wide("sat", width), 0.6 + 0.001 * width, noisyTrain: 0.8);
        }
        var document = output.Build();

        var chart = Options(document).Single().Rows.Single().Single();

        CollectionAssert.AreEqual(new[] { "erm", "sat" }, chart.Legend.Where(l => !l.IsMark).Select(l => l.Name).ToArray());
        CollectionAssert.AreEqual(new[] { "1", "4", "16", "64" }, chart.Rows.Select(r => r[0]).ToArray());
        Assert.Contains("model.width, logarithmic scale", chart.Svg.Markup);
        Assert.Contains(">erm interpolates<", chart.Svg.Markup);
        Assert.DoesNotContain("sat interpolates", chart.Svg.Markup);
        // From results alone: what was published for these widths, beside what was measured.
        var distances = document
            .Cells.Where(c => c.Spec.Method.Id == "erm")
            .SelectMany(c =>
                c.Comparisons.Where(x => x.When is null)
                    .Select(x => 100 * Math.Abs(c.Final[MetricNames.TestAccuracy].Mean - (1 - x.Published)))
            )
            .ToArray();
        Assert.IsGreaterThan(2, distances.Length);
        // They are a curve themselves, with how exactly they could be read off the figure.
        var curves = chart.Svg.Markup.Split('<').Where(m => m.Contains("read\"", StringComparison.Ordinal)).ToArray();
        Assert.IsTrue(curves.Any(c => c.Contains("stroke-dasharray", StringComparison.Ordinal)), chart.Svg.Markup);
        Assert.IsTrue(curves.Any(c => !c.Contains("stroke-dasharray", StringComparison.Ordinal)), "bounds of the reading");
        Assert.IsTrue(document.Cells.SelectMany(c => c.Comparisons).All(c => c.ReadingError is > 0 and < 0.01));
        Assert.Contains($"erm {Format.Number(distances.Average())} points over {distances.Length} values", chart.Distance);
        Assert.AreEqual(
            "Test accuracy against model.width",
            OverviewView.From(document, Parts(document), new Measures(document.Metrics))!.Heading
        );
    }

    [TestMethod]
    public void A_line_differs_by_one_setting_alone_and_two_values_make_none()
    {
        using var output = new OutputFolder { Baselines = [] };
        foreach (var width in new[] { 4, 16 })
        {
            foreach (var batch in new[] { 32, 64, 128 })
            {
                var spec = Wide("erm", width);
                output.Done(spec with { Training = spec.Training with { BatchSize = batch } }, 0.5);
            }
        }
        var group = Options(output.Build()).Single();
        Assert.AreEqual("Test accuracy against training.batch-size", group.Title, "two widths are no curve");
        var legend = group.Rows.Single().Single().Legend.Select(l => l.Name);
        CollectionAssert.AreEqual(new[] { "erm, width 4", "erm, width 16" }, legend.ToArray());
    }

    [TestMethod]
    public void Two_options_of_a_method_make_a_heat_map_and_one_without_them_a_line_beside_its_curves()
    {
        using var output = new OutputFolder { Baselines = [] };
        foreach (var (alpha, i) in new[] { 0.5, 0.7, 0.9 }.Select((a, i) => (a, i)))
        {
            foreach (var start in new[] { 2, 5 })
                output.Done(Sat(alpha, start), 0.5 + 0.1 * i + (start == 5 ? 0.02 : 0));
        }
        output.Done(OutputFolder.Spec("erm", 0.4, 1, paper: false), 0.45);
        var document = output.Build();

        var heat = HeatMaps.Draw(Parts(document), new Measures(document.Metrics)).Single();

        Assert.AreEqual(@"start-epoch \ alpha", heat.Corner);
        CollectionAssert.AreEqual(new[] { "0.5", "0.7", "0.9" }, heat.Columns.ToArray());
        CollectionAssert.AreEqual(new[] { "5", "2" }, heat.Rows.Select(r => r.Class).ToArray());
        Assert.Contains("<td style=\"--v:9\">52.00</td>", heat.Rows[0].Cells.Markup);
        Assert.EndsWith("<td style=\"--v:100\">72.00</td>", heat.Rows[0].Cells.Markup);
        var chart = Options(document).Single(g => g.Title.EndsWith("method.alpha", StringComparison.Ordinal)).Rows.Single().Single();
        CollectionAssert.AreEqual(
            new[] { "sat, start-epoch 2", "sat, start-epoch 5", "erm" },
            chart.Legend.Select(l => l.Name).ToArray(),
            "erm has no alpha: it is the same everywhere"
        );
        Assert.AreEqual("45.00", chart.Rows[^1][3]);
    }

    [TestMethod]
    public void Heat_maps_of_one_method_say_what_is_held_fixed_in_each()
    {
        using var output = new OutputFolder { Baselines = [] };
        foreach (var batch in new[] { 32, 64 })
        {
            foreach (var alpha in new[] { 0.5, 0.7, 0.9 })
            {
                foreach (var start in new[] { 2, 5 })
                {
                    var spec = Sat(alpha, start);
                    output.Done(spec with { Training = spec.Training with { BatchSize = batch } }, 0.5);
                }
            }
        }
        var document = output.Build();

        var titles = HeatMaps.Draw(Parts(document), new Measures(document.Metrics)).Select(h => h.Title).ToArray();

        Assert.Contains("Test accuracy of sat, noise symmetric, rate=0.4, batch-size 32", titles);
        Assert.Contains("Test accuracy of sat, noise symmetric, rate=0.4, batch-size 64", titles);
        CollectionAssert.AllItemsAreUnique(titles);
    }

    [TestMethod]
    public void The_data_of_a_chart_has_the_settings_as_the_study_wrote_them()
    {
        using var output = new OutputFolder { Baselines = [] };
        foreach (var alpha in new[] { 0.9, 0.97, 0.995 })
            output.Done(Sat(alpha, 2), 0.5);

        var chart = Options(output.Build()).Single().Rows.Single().Single();

        CollectionAssert.AreEqual(new[] { "0.9", "0.97", "0.995" }, chart.Rows.Select(r => r[0]).ToArray());
        Assert.AreEqual("method.alpha", chart.Columns[0]);
    }

    [TestMethod]
    public void More_lines_than_a_chart_has_are_left_out_with_a_word()
    {
        using var output = new OutputFolder { Baselines = [] };
        foreach (var start in Enumerable.Range(1, 9))
        {
            foreach (var alpha in new[] { 0.5, 0.7, 0.9 })
                output.Done(Sat(alpha, start), 0.4 + 0.01 * start);
        }
        var document = output.Build();

        var chart = Options(document).Single(g => g.Title.EndsWith("method.alpha", StringComparison.Ordinal)).Rows.Single().Single();

        Assert.HasCount(8, chart.Legend);
        Assert.DoesNotContain("sat, start-epoch 1", chart.Legend.Select(l => l.Name), "the lowest");
        Assert.AreEqual("The best 8 of 9 lines, by their mean; the tables have all.", chart.Omitted);
        Assert.Contains(chart.Omitted, HtmlReport.Render(document));
    }

    [TestMethod]
    public void More_methods_than_a_chart_has_are_left_out_with_a_word()
    {
        using var output = new OutputFolder { Baselines = [] };
        foreach (var start in Enumerable.Range(1, 12))
            output.Done(Sat(0.9, start), 0.4 + 0.01 * start);
        var page = HtmlReport.Render(output.Build());
        const string omitted = "The first 10 of 12 methods by their mean test accuracy; the tables have all.";
        Assert.Contains(omitted, page);
    }

    [TestMethod]
    public void Metrics_that_are_points_of_one_curve_are_a_line_a_method_and_no_columns()
    {
        using var output = new OutputFolder { Baselines = [] };
        foreach (var coverage in new[] { 100, 90, 50 })
        {
            output.Metrics.Add(
                new MetricSchema
                {
                    Name = $"error-{coverage}",
                    Title = $"error at {coverage} %",
                    Unit = MetricUnit.Share,
                    Better = MetricDirection.Lower,
                    IsMain = coverage == 100,
                    Point = new("error among the covered samples", coverage, "coverage (%)"),
                }
            );
        }
        foreach (var (method, error) in new[] { ("erm", 0.2), ("sat", 0.1) })
        {
            Evaluated(
                output,
                OutputFolder.Spec(method, 0, 1, paper: false),
                OutputFolder.Component("selective"),
                ("error-100", error),
                ("error-90", error / 2),
                ("error-50", error / 10),
                ("area", 3)
            );
        }
        var document = output.Build();
        var measures = new Measures(document.Metrics);
        var setting = document.Settings.Single(s => document.Cells.Any(c => c.Setting == s.Id && c.Spec.Evaluation is not null));

        var group = PointCharts.Draw("a", measures, setting, [.. document.Cells.Where(c => c.Setting == setting.Id)]).Single();

        var chart = group.Rows.Single().Single();
        Assert.AreEqual("Error among the covered samples", group.Title);
        CollectionAssert.AreEqual(new[] { "50", "2.00", "1.00" }, chart.Rows[0].ToArray());
        CollectionAssert.AreEqual(new[] { "100", "20.00", "10.00" }, chart.Rows[^1].ToArray());
        Assert.IsTrue(chart.IsOpen, "the table of the curve is its result");
        var view = ReportViewBuilder.Build(document, charts: true).Settings[document.Settings.ToList().IndexOf(setting)];
        CollectionAssert.AreEqual(new[] { "cell", "runs done", "wrong labels, measured", "area" }, view.NumberColumns.ToArray());
        Assert.Contains(
            "error at 50 %",
            ReportViewBuilder.Build(document, charts: false).Settings[^1].NumberColumns,
            "Markdown has no charts"
        );
    }

    [TestMethod]
    public void What_a_metric_declares_is_checked_and_a_violation_is_in_the_verdict()
    {
        using var output = new OutputFolder { Baselines = [] };
        output.Metrics.Add(
            new MetricSchema
            {
                Name = "robust",
                Title = "robust accuracy",
                Unit = MetricUnit.Share,
                Better = MetricDirection.Higher,
                IsMain = true,
                Checks =
                [
                    new("more steps do not help", "the attack is blind", 0.01, "steps"),
                    new("nothing withstands everything", "it is masked", 0.01, "radius", 0.5),
                    new("none is left at once", "chance", 0.9),
                    new("in the other norm as well", "never", 0, "radius", 0) { With = new Dictionary<string, string> { ["norm"] = "l2" } },
                ],
            }
        );
        var trained = OutputFolder.Spec("sat", 0, 1, paper: false);
        foreach (var (steps, radius, robust) in new[] { (1, 0.031, 0.5), (10, 0.031, 0.505), (20, 0.031, 0.56), (20, 0.5, 0.005) })
            Evaluated(
                output,
                trained,
                OutputFolder.Component("attack", ("steps", steps), ("radius", radius), ("norm", "linf")),
                ("robust", robust)
            );
        var document = output.Build();

        CollectionAssert.AreEqual(
            new[] { CheckStatus.Violated, CheckStatus.Holds, CheckStatus.Holds, CheckStatus.NotMeasured },
            document.Checks.Select(c => c.Status).ToArray()
        );
        CollectionAssert.AreEqual(
            new[] { (10.0, 0.5, true), (20, 0.505, false) },
            document.Checks[0].Cases.Select(c => (c.Option!.Value, c.Before!.Value, c.Holds)).ToArray(),
            "one step has nothing before it, and another radius is another question"
        );
        Assert.AreEqual(0.5, document.Checks[1].Cases.Single().Option);
        Assert.Contains(
            "Do not trust robust accuracy in 1 of 2 cases, where it does not hold that more steps do not help: the attack is blind.",
            document.Verdict.Sentences.ToArray()
        );
        var page = HtmlReport.Render(document);
        Assert.Contains("Can these numbers be believed?", page);
        var cases = ReportViewBuilder.Build(document, charts: true).Checks[2].Cases.Select(c => c.Text.Replace('\u00A0', ' ')).ToArray();
        CollectionAssert.AllItemsAreUnique(cases, "which attack each is of");
        Assert.IsTrue(cases.Any(c => c.Contains(", radius 0.5, steps 20:", StringComparison.Ordinal)), string.Join('\n', cases));
        Assert.Contains("56.00", page);
    }

    [TestMethod]
    public void Epochs_that_were_evaluated_at_growing_distances_stand_on_a_logarithmic_axis()
    {
        using var output = new OutputFolder { Baselines = [] };
        var spec = OutputFolder.Spec("erm", 0.4, 1, paper: false);
        output.Done(spec, 0.5);
        Assert.DoesNotContain("epoch, logarithmic scale", HtmlReport.Render(output.Build()));
        using var growing = new OutputFolder { Baselines = [] };
        growing.Done(spec with { Training = spec.Training with { EvaluateGrowth = 1.5 } }, 0.5);
        Assert.Contains("epoch, logarithmic scale", HtmlReport.Render(growing.Build()));
    }

    [TestMethod]
    public void Corrections_have_a_precision_and_a_matrix()
    {
        using var output = new OutputFolder { Baselines = [] };
        foreach (var seed in new[] { 1, 2 })
        {
            var folder = output.Done(OutputFolder.Spec("sat", 0.4, seed, paper: false), 0.6, recovered: 0.3);
            var counts = new long[200];
            // 90 airplanes stay, 10 become ships; of these 8 are ships, with the second seed 6.
            (counts[0], counts[8], counts[100], counts[108]) = (90, 10, 88, seed == 1 ? 8 : 6);
            using var file = File.Create(folder.CorrectionsFile);
            Npy.Write<long>(file, counts, 2, 10, 10);
        }
        var document = output.Build();
        Assert.AreEqual(0.7, document.Cells.Single().CorrectionPrecision!.Mean, 1e-12);
        Assert.AreEqual(10, document.Cells.Single().Corrections![0][8]);
        var page = HtmlReport.Render(document);
        Assert.Contains("10.00 % of airplane changed to ship", page.Replace('\u00a0', ' '));
        Assert.Contains("corrections that are right (precision)", page);
    }

    private static IReadOnlyList<ChartGroupView> Options(ResultsDocument document) =>
        [.. OptionCharts.Draw(Parts(document), new Measures(document.Metrics))];

    private static IReadOnlyList<OptionPart> Parts(ResultsDocument document) => OptionPart.All(document, new Measures(document.Metrics));

    private static RunSpec Wide(string method, int width) =>
        OutputFolder.Spec(method, 0.1667, 1, paper: false) with
        {
            Model = OutputFolder.Component("resnet18", ("width", width)),
        };

    private static RunSpec Sat(double alpha, int start) =>
        OutputFolder.Spec("sat", 0.4, 1, paper: false) with
        {
            Method = OutputFolder.Component("sat", ("alpha", alpha), ("start-epoch", start)),
        };

    private static void Evaluated(
        OutputFolder output,
        RunSpec trained,
        ComponentSpec evaluation,
        params (string Name, double Value)[] metrics
    )
    {
        if (output.Runs.All(r => r.Id != trained.Id()))
            output.Done(trained, 0.7);
        var folder = output.Begin(
            trained with
            {
                Evaluation = evaluation,
                EvaluateOn = new EvaluationInputs(),
                Parent = trained.Id(),
            },
            RunStatus.Done,
            0
        );
        OutputFolder.Publish(
            folder,
            folder.ReadRecord()! with
            {
                Ended = OutputFolder.Created.AddMinutes(30),
                Seconds = 60,
                Final = metrics.ToDictionary(m => m.Name, m => m.Value),
            }
        );
    }
}

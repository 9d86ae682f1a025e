using System.Text.Json;
using Sat.Records;
using Sat.Records.Metrics;
using Sat.Records.Runs;
using Sat.Records.Settings;
using Sat.Reports.Comparison;
using Sat.Reports.Results;
using Sat.Reports.Text;

namespace Sat.Reports.Rendering;

/// <summary>Curves over epochs: of one cell, and of the methods of one row beside each other.</summary>
internal static class CurveCharts
{
    /// <summary>More seeds than this are a band rather than a line each.</summary>
    private const int MostSeedLines = 3;

    /// <summary>A colour for what is noisy and one for what is clean, a dash for training and one for validation.</summary>
    private static readonly (string Metric, int Color, string Dash)[] AccuracyLines =
    [
        (MetricNames.NoisyTrainAccuracy, 2, "10 5"),
        (MetricNames.CleanTrainAccuracy, 3, "2.5 4"),
        (MetricNames.NoisyValidationAccuracy, 2, "1.5 2.5"),
        (MetricNames.CleanValidationAccuracy, 3, "12 4 2.5 4"),
        (MetricNames.TestAccuracy, 1, ""),
    ];

    /// <summary>The option by which methods say from which epoch, counted from 0, they correct labels.</summary>
    private const string StartOption = "start-epoch";

    private static readonly (string Metric, int Color, string Dash)[] RecoveryLines =
    [
        (MetricNames.LabelsRecovered, 1, ""),
        (MetricNames.CleanLabelsChanged, 2, "10 5"),
    ];

    /// <summary>Accuracy on noisy and on clean data, trained on and held out, and on the test set; null without any.</summary>
    public static CurveChart? Accuracy(string id, CellResult cell, IReadOnlyList<RunResult> runs) =>
        OfCell(id, "accuracy", cell, runs, AccuracyLines);

    /// <summary>What became of the wrong and of the right labels; null for methods that change none.</summary>
    public static CurveChart? Recovery(string id, CellResult cell, IReadOnlyList<RunResult> runs) =>
        cell.WrongLabels is { Mean: 0 } ? null : OfCell(id, "share of labels", cell, runs, RecoveryLines);

    /// <summary>The test accuracy of each method under one noise; null with fewer than two of them.</summary>
    /// <param name="id">Of the chart.</param>
    /// <param name="noise">The row.</param>
    /// <param name="cells">Its cells with their look and their runs.</param>
    /// <param name="omitted">Which methods are left out, in a sentence.</param>
    public static CurveChart? Methods(
        string id,
        string noise,
        IReadOnlyList<(CellResult Cell, int Look, IReadOnlyList<RunResult> Runs)> cells,
        string omitted
    )
    {
        var lines = cells
            .Select(c => (c.Runs, Look: ChartLine.Look(c.Look), c.Cell))
            .Select(c =>
                Line(c.Cell.Method, c.Look.Color, c.Look.Dash, c.Runs, MetricNames.TestAccuracy, isShare: true) is { } line
                    ? line with
                    {
                        Spread = SpreadMark.None,
                        Seeds = [],
                        Published = Published(c.Cell, MetricNames.TestAccuracy),
                    }
                    : null
            )
            .OfType<ChartLine>()
            .ToArray();
        return lines.Length < 2
            ? null
            : new CurveChart(
                id,
                $"Test accuracy {NoiseWords.Under(noise)}",
                $"Test accuracy over epochs {NoiseWords.Under(noise)}, mean over seeds.",
                "accuracy",
                "test accuracy",
                IsShare: true,
                lines,
                Starts(cells.Select(c => c.Cell)),
                AreLog(cells.Select(c => c.Cell))
            )
            {
                Omitted = omitted,
            };
    }

    /// <summary>A metric of each method under one noise; null where no run has it at two epochs.</summary>
    /// <param name="id">Of the chart.</param>
    /// <param name="measures">What is known of metrics.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="noise">The row.</param>
    /// <param name="cells">Its cells with their look and their runs.</param>
    /// <param name="omitted">Which methods are left out, in a sentence.</param>
    public static CurveChart? Measure(
        string id,
        Measures measures,
        string metric,
        string noise,
        IReadOnlyList<(CellResult Cell, int Look, IReadOnlyList<RunResult> Runs)> cells,
        string omitted
    )
    {
        var lines = cells
            .Select(c => (c.Runs, Look: ChartLine.Look(c.Look), c.Cell))
            .Select(c => Line(c.Cell.Method, c.Look.Color, c.Look.Dash, c.Runs, metric, measures.IsShare(metric)))
            .OfType<ChartLine>()
            .ToArray();
        return lines.All(l => l.Points.Count < 2)
            ? null
            : new CurveChart(
                id,
                $"{measures.Title(metric)} {NoiseWords.Under(noise)}",
                $"{measures.Title(metric)} over epochs {NoiseWords.Under(noise)}, mean over seeds.",
                metric,
                measures.Name(metric),
                measures.IsShare(metric),
                lines,
                Starts(cells.Select(c => c.Cell)),
                AreLog(cells.Select(c => c.Cell))
            )
            {
                Omitted = omitted,
            };
    }

    private static CurveChart? OfCell(
        string id,
        string what,
        CellResult cell,
        IReadOnlyList<RunResult> runs,
        (string Metric, int Color, string Dash)[] metrics
    )
    {
        var words = LabelWords.For([cell]);
        var lines = metrics
            .Select(m =>
                Line(words.Line(m.Metric), m.Color, m.Dash, runs, m.Metric, isShare: true) is { } line
                    ? line with
                    {
                        Published = Published(cell, m.Metric),
                    }
                    : null
            )
            .OfType<ChartLine>()
            .ToArray();
        if (lines.Length == 0)
            return null;
        var done = runs.Count(r => r.Curves is not null && r.State == RunStanding.Done);
        var seeds = done > 0 ? done : runs.Count(r => r.Curves is not null);
        var title = $"{cell.Method} {NoiseWords.Under(cell.Noise)}";
        return new CurveChart(
            id,
            title,
            $"{char.ToUpperInvariant(what[0])}{what[1..]} over epochs, {title}, mean over {Count.Of(seeds, "seed")}.",
            what,
            what,
            IsShare: true,
            lines,
            Starts([cell]),
            AreLog([cell])
        );
    }

    /// <summary>Draws charts that stand beside each other: from epoch 0 to the last of any, and on one scale where they show one
    /// quantity.</summary>
    public static IReadOnlyList<ChartView> Row(IEnumerable<CurveChart?> charts)
    {
        var row = charts.OfType<CurveChart>().ToArray();
        if (row.Length == 0)
            return [];
        var last = row.SelectMany(c => c.Lines).SelectMany(l => l.Seeds.Append(l.Points)).Max(p => p[^1].X);
        var axis = row.All(c => c.IsLog) ? ChartAxis.LogEpochs(last) : ChartAxis.Epochs(last);
        var scales = row.GroupBy(c => c.Quantity).ToDictionary(g => g.Key, Scale);
        return [.. row.Select(c => View(c, axis, scales[c.Quantity]))];
    }

    private static ChartScale Scale(IGrouping<string, CurveChart> charts)
    {
        var values = charts
            .SelectMany(c => c.Lines)
            .SelectMany(l => l.Seeds.Append(l.Points).Append(l.Published))
            .SelectMany(p => p)
            .SelectMany(p => new[] { p.Low, p.High });
        return charts.First().IsShare ? ChartScale.Share("", values) : ChartScale.Around("", values);
    }

    private static ChartView View(CurveChart chart, ChartAxis axis, ChartScale scale)
    {
        scale = scale with { Title = chart.IsShare ? $"{chart.Name} (%)" : chart.Name };
        var ends = string.Join("; ", chart.Lines.Select(l => $"{l.Name} {scale.Number(l.Points[^1].Y)}{(chart.IsShare ? " %" : "")}"));
        return ChartView.From(
            chart.Id,
            chart.Title,
            $"{chart.Label} At epoch {Format.Whole(chart.Lines[0].Points[^1].X)}: {ends}.",
            axis,
            scale,
            chart.Lines,
            chart.Rules
        ) with
        {
            Omitted = chart.Omitted,
        };
    }

    /// <summary>Where methods begin to correct labels, as the epochs before it.</summary>
    private static ChartRule[] Starts(IEnumerable<CellResult> cells) =>
        [
            .. cells
                .Where(c => c.Spec.Method.Options[StartOption]?.GetValueKind() == JsonValueKind.Number)
                .GroupBy(c => c.Spec.Method.Options[StartOption]!.GetValue<double>(), c => c.Spec.Method.Id)
                .Where(g => g.Key > 0)
                .Select(g => (At: g.Key, Methods: g.Distinct().ToArray()))
                .Select(g => new ChartRule(g.At, $"{string.Join(", ", g.Methods)} {Count.Word(g.Methods.Length, "starts", "start")}")),
        ];

    private static bool AreLog(IEnumerable<CellResult> cells) => cells.All(c => c.Spec.Training.EvaluateGrowth is not null);

    /// <summary>What was published of a cell's training after some epochs, in percent.</summary>
    private static ChartPoint[] Published(CellResult cell, string metric) =>
        [
            .. cell
                .Comparisons.Where(c => c.When is { Count: 1 })
                .Select(c => Epoch(c) is { } epoch ? PublishedPoint.At(epoch, c, metric) : null)
                .OfType<ChartPoint>()
                .OrderBy(p => p.X),
        ];

    private static double? Epoch(ComparisonResult comparison) =>
        comparison.When!.TryGetValue(MeasuredConditions.EpochKey, out var text) ? SettingMatch.Number(text) : null;

    private static ChartLine? Line(string name, int color, string dash, IReadOnlyList<RunResult> runs, string metric, bool isShare)
    {
        var seeds = runs.Select(r => (r.State, Points: Points(r.Curves, metric, isShare))).Where(s => s.Points.Count > 0).ToArray();
        if (seeds.Length == 0)
            return null;
        // Over the finished seeds, where there are any; a mean over fewer seeds than it begins with would jump where one ends.
        var done = seeds.Where(s => s.State == RunStanding.Done).ToArray();
        var meant = done.Length > 0 ? done : seeds;
        var mean = Mean([.. meant.Select(s => s.Points)]);
        if (mean.Count == 0)
            return null;
        return meant.Length > MostSeedLines
            ? new ChartLine(name, color, dash, mean, SpreadMark.Band, [.. seeds.Except(meant).Select(s => s.Points)])
            : new ChartLine(name, color, dash, mean, SpreadMark.None, seeds.Length == 1 ? [] : [.. seeds.Select(s => s.Points)]);
    }

    private static List<ChartPoint> Mean(IReadOnlyList<List<ChartPoint>> seeds)
    {
        var sums = new SortedDictionary<double, (double Sum, double Low, double High, int Count)>();
        foreach (var point in seeds.SelectMany(s => s))
        {
            var (sum, low, high, count) = sums.GetValueOrDefault(point.X, (0, double.PositiveInfinity, double.NegativeInfinity, 0));
            sums[point.X] = (sum + point.Y, Math.Min(low, point.Y), Math.Max(high, point.Y), count + 1);
        }
        return
        [
            .. sums.Where(s => s.Value.Count == seeds.Count)
                .Select(s => new ChartPoint(s.Key, s.Value.Sum / s.Value.Count, s.Value.Low, s.Value.High)),
        ];
    }

    private static List<ChartPoint> Points(Curves? curves, string metric, bool isShare)
    {
        if (curves is null || !curves.Values.TryGetValue(metric, out var values))
            return [];
        var unit = isShare ? 100 : 1;
        var points = new List<ChartPoint>(values.Count);
        for (var i = 0; i < Math.Min(values.Count, curves.Epochs.Count); i++)
        {
            if (values[i] is { } value && curves.Epochs[i] is { } epoch)
                points.Add(new ChartPoint(epoch, unit * value));
        }
        return points;
    }
}

using Sat.Records.Runs;
using Sat.Reports.Results;

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

    private static readonly (string Metric, int Color, string Dash)[] RecoveryLines = [(MetricNames.LabelsRecovered, 1, ""), (MetricNames.CleanLabelsChanged, 2, "10 5")];

    /// <summary>Accuracy on noisy and on clean data, trained on and held out, and on the test set; null without any.</summary>
    public static ChartView? Accuracy(string id, CellResult cell, IReadOnlyList<RunResult> runs) => OfCell(id, "Accuracy", cell, runs, AccuracyLines);

    /// <summary>What became of the wrong and of the right labels; null for methods that change none.</summary>
    public static ChartView? Recovery(string id, CellResult cell, IReadOnlyList<RunResult> runs) => OfCell(id, "Labels", cell, runs, RecoveryLines);

    /// <summary>The test accuracy of each method under one noise; null with fewer than two of them.</summary>
    /// <param name="id">Of the chart.</param>
    /// <param name="noise">The row.</param>
    /// <param name="cells">Its cells with their look and their runs.</param>
    public static ChartView? Methods(string id, string noise, IEnumerable<(CellResult Cell, int Look, IReadOnlyList<RunResult> Runs)> cells)
    {
        var lines = cells
            .Select(c => (c.Runs, Look: ChartLine.Look(c.Look), c.Cell))
            .Select(c => Line(c.Cell.Method, c.Look.Color, c.Look.Dash, c.Runs, MetricNames.TestAccuracy) is { } line ? line with { Spread = Spread.None, Seeds = [] } : null)
            .OfType<ChartLine>()
            .ToArray();
        return lines.Length < 2 ? null : View(id, $"Test accuracy under {noise}", $"Test accuracy over epochs under {noise}, mean over seeds.", lines);
    }

    /// <summary>A metric of each method under one noise; null where no run has it at two epochs.</summary>
    /// <param name="id">Of the chart.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="noise">The row.</param>
    /// <param name="cells">Its cells with their look and their runs.</param>
    public static ChartView? Measure(string id, string metric, string noise, IEnumerable<(CellResult Cell, int Look, IReadOnlyList<RunResult> Runs)> cells)
    {
        var lines = cells
            .Select(c => (c.Runs, Look: ChartLine.Look(c.Look), c.Cell))
            .Select(c => Line(c.Cell.Method, c.Look.Color, c.Look.Dash, c.Runs, metric))
            .OfType<ChartLine>()
            .ToArray();
        return lines.All(l => l.Points.Count < 2) ? null : View(id, $"{metric} under {noise}", $"{metric} over epochs under {noise}, mean over seeds.", lines, metric);
    }

    private static ChartView? OfCell(
        string id, string what, CellResult cell, IReadOnlyList<RunResult> runs, (string Metric, int Color, string Dash)[] metrics)
    {
        var words = LabelWords.Of([cell]);
        var lines = metrics.Select(m => Line(words.Line(m.Metric), m.Color, m.Dash, runs, m.Metric)).OfType<ChartLine>().ToArray();
        if (lines.Length == 0)
            return null;
        var done = runs.Count(r => r.Curves is not null && r.State == RunState.Done);
        var seeds = done > 0 ? done : runs.Count(r => r.Curves is not null);
        var title = $"{cell.Method} under {cell.Noise}";
        return View(id, title, $"{what} over epochs, {title}, mean over {Format.Count(seeds, "seed")}.", lines);
    }

    private static ChartView View(string id, string title, string label, ChartLine[] lines, string metric = MetricNames.TestAccuracy)
    {
        var scale = Measures.IsShare(metric) ? ChartScale.Percent : ChartScale.Around(lines.SelectMany(l => l.Seeds.Append(l.Points)).SelectMany(p => p).SelectMany(p => new[] { p.Low, p.High }));
        var last = lines.SelectMany(l => l.Seeds.Append(l.Points)).Max(p => p[^1].X);
        var ends = string.Join("; ", lines.Select(l => $"{l.Name} {scale.Number(l.Points[^1].Y)}{scale.Unit}"));
        return ChartView.Of(id, title, $"{label} At epoch {Format.Whole(lines[0].Points[^1].X)}: {ends}.", ChartAxis.Epochs(last), scale, lines);
    }

    private static ChartLine? Line(string name, int color, string dash, IReadOnlyList<RunResult> runs, string metric)
    {
        var seeds = runs.Select(r => (r.State, Points: Points(r.Curves, metric))).Where(s => s.Points.Count > 0).ToArray();
        if (seeds.Length == 0)
            return null;
        // Over the finished seeds, where there are any; a mean over fewer seeds than it begins with would jump where one ends.
        var done = seeds.Where(s => s.State == RunState.Done).ToArray();
        var meant = done.Length > 0 ? done : seeds;
        var mean = Mean([.. meant.Select(s => s.Points)]);
        if (mean.Count == 0)
            return null;
        return meant.Length > MostSeedLines
            ? new ChartLine(name, color, dash, mean, Spread.Band, [.. seeds.Except(meant).Select(s => s.Points)])
            : new ChartLine(name, color, dash, mean, Spread.None, seeds.Length == 1 ? [] : [.. seeds.Select(s => s.Points)]);
    }

    private static List<ChartPoint> Mean(IReadOnlyList<List<ChartPoint>> seeds)
    {
        var sums = new SortedDictionary<double, (double Sum, double Low, double High, int Count)>();
        foreach (var point in seeds.SelectMany(s => s))
        {
            var (sum, low, high, count) = sums.GetValueOrDefault(point.X, (0, double.PositiveInfinity, double.NegativeInfinity, 0));
            sums[point.X] = (sum + point.Y, Math.Min(low, point.Y), Math.Max(high, point.Y), count + 1);
        }
        return [.. sums.Where(s => s.Value.Count == seeds.Count).Select(s => new ChartPoint(s.Key, s.Value.Sum / s.Value.Count, s.Value.Low, s.Value.High))];
    }

    private static List<ChartPoint> Points(Curves? curves, string metric)
    {
        if (curves is null || !curves.Values.TryGetValue(metric, out var values))
            return [];
        var unit = Measures.IsShare(metric) || AccuracyLines.Concat(RecoveryLines).Any(l => l.Metric == metric) ? 100 : 1;
        var points = new List<ChartPoint>(values.Count);
        for (var i = 0; i < Math.Min(values.Count, curves.Epochs.Count); i++)
        {
            if (values[i] is { } value && curves.Epochs[i] is { } epoch)
                points.Add(new ChartPoint(epoch, unit * value));
        }
        return points;
    }
}

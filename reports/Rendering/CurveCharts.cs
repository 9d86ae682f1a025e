using System.Globalization;
using OxyPlot;
using Sat.Records.Runs;
using Sat.Reports.Results;

namespace Sat.Reports.Rendering;

/// <summary>A chart, its legend and its data.</summary>
internal sealed record ChartView(string Title, Html Svg, IReadOnlyList<LegendView> Legend, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, string Note);

/// <summary>An entry of a legend.</summary>
internal sealed record LegendView(string Name, int Color, string Dash);

/// <summary>The curves of a cell over epochs.</summary>
internal static class CurveCharts
{
    private const int MostRows = 12;

    private static readonly (string Metric, string Name)[] AccuracyLines =
    [
        (MetricNames.NoisyTrainAccuracy, "noisy training labels"), (MetricNames.CleanTrainAccuracy, "true training labels"), (MetricNames.TestAccuracy, "test"),
    ];

    private static readonly (string Metric, string Name)[] RecoveryLines =
    [
        (MetricNames.LabelsRecovered, "wrong labels recovered"), (MetricNames.CleanLabelsChanged, "right labels changed"),
    ];

    /// <summary>Accuracy on the labels trained on, on the true labels, and on the test set; null without any.</summary>
    public static ChartView? Accuracy(string id, CellResult cell, IReadOnlyList<RunResult> runs) => Draw(id, "Accuracy", cell, runs, AccuracyLines, 1);

    /// <summary>What became of the wrong and of the right labels; null for methods that change none.</summary>
    public static ChartView? Recovery(string id, CellResult cell, IReadOnlyList<RunResult> runs) => Draw(id, "Labels", cell, runs, RecoveryLines, 4);

    private static ChartView? Draw(string id, string what, CellResult cell, IReadOnlyList<RunResult> runs, (string Metric, string Name)[] metrics, int firstColor)
    {
        LineStyle[] styles = [LineStyle.Dash, LineStyle.Dot, LineStyle.Solid];
        if (metrics.Length == 2)
            styles = [LineStyle.Solid, LineStyle.Dash];
        var lines = metrics.Select((m, i) => Line(m.Name, firstColor + i, styles[i], runs, m.Metric)).OfType<ChartLine>().ToArray();
        if (lines.Length == 0)
            return null;
        var done = runs.Count(r => r.Curves is not null && r.State == RunState.Done);
        var seeds = done > 0 ? done : runs.Count(r => r.Curves is not null);
        var ends = string.Join("; ", lines.Select(l => $"{l.Name} {Format.Number(l.Mean[^1].Y)}{'\u00A0'}%"));
        var title = $"{cell.Method} under {cell.Noise}";
        var label = $"{what} over epochs, {title}, mean over {Format.Count(seeds, "seed")}. At epoch {Format.Whole(lines[0].Mean[^1].X)}: {ends}.";
        var epochs = lines.SelectMany(l => l.Mean.Select(p => p.X)).Distinct().Order().ToArray();
        var shown = Shown(epochs);
        return new ChartView(
            title,
            LineChart.Draw(id, label, lines),
            [.. lines.Select(l => new LegendView(l.Name, l.Color, LineChart.Dashes(l.Style) is { } d ? string.Create(CultureInfo.InvariantCulture, $"{d[0]} {d[1]}") : "none"))],
            ["epoch", .. lines.Select(l => l.Name + ", %")],
            [.. shown.Select(e => (IReadOnlyList<string>)[Format.Whole(e), .. lines.Select(l => l.Mean.Where(p => p.X.Equals(e)).Select(p => Format.Number(p.Y)).FirstOrDefault("–"))])],
            shown.Count < epochs.Length ? "A selection of epochs; results.json has all of them." : "");
    }

    private static ChartLine? Line(string name, int color, LineStyle style, IReadOnlyList<RunResult> runs, string metric)
    {
        var seeds = runs.Select(r => Points(r.Curves, metric)).Where(p => p.Count > 0).ToArray();
        if (seeds.Length == 0)
            return null;
        // Over the finished seeds, where there are any; a mean over fewer seeds than it begins with would jump where one ends.
        var done = runs.Where(r => r.State == RunState.Done).Select(r => Points(r.Curves, metric)).Where(p => p.Count > 0).ToArray();
        var meant = done.Length > 0 ? done : seeds;
        var mean = meant.SelectMany(s => s).GroupBy(p => p.X).Where(g => g.Count() == meant.Length).Select(g => new DataPoint(g.Key, g.Average(p => p.Y))).OrderBy(p => p.X).ToArray();
        if (mean.Length == 0)
            return null;
        return new ChartLine(name, color, style, mean, seeds.Length == 1 ? [] : seeds);
    }

    private static List<DataPoint> Points(Curves? curves, string metric) =>
        curves is null || !curves.Values.TryGetValue(metric, out var values) ? []
            : [.. curves.Epochs.Zip(values).Where(p => p.Second is not null).Select(p => new DataPoint(p.First!.Value, 100 * p.Second!.Value))];

    private static List<double> Shown(double[] epochs)
    {
        if (epochs.Length <= MostRows)
            return [.. epochs];
        return [.. Enumerable.Range(0, MostRows).Select(i => epochs[(int)Math.Round(i * (epochs.Length - 1.0) / (MostRows - 1))]).Distinct()];
    }
}

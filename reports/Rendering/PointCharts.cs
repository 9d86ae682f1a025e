using Sat.Reports.Results;

namespace Sat.Reports.Rendering;

/// <summary>Metrics that are points of one curve, such as the error at each coverage: a chart for each curve and noise, one line per
/// method.</summary>
internal static class PointCharts
{
    /// <summary>The table of such a chart is its result: hardly any is longer.</summary>
    private const int MostRows = 60;

    /// <summary>More points than this have a band, since their intervals would hide each other.</summary>
    private const int MostWhiskers = 8;

    /// <param name="anchor">Begins the charts' ids.</param>
    /// <param name="measures">What is known of metrics.</param>
    /// <param name="setting">Whose cells they are.</param>
    /// <param name="cells">The cells, in the order of the plan.</param>
    public static IEnumerable<ChartGroupView> Draw(string anchor, Measures measures, SettingResult setting, IReadOnlyList<CellResult> cells)
    {
        var curves = cells
            .SelectMany(c => c.Final.Keys)
            .Distinct()
            .Select(m => (Metric: m, Point: measures.Point(m)))
            .Where(m => m.Point is not null)
            .GroupBy(m => (m.Point!.Curve, m.Point.Axis));
        foreach (var (curve, number) in curves.OrderBy(c => c.Key.Curve, StringComparer.Ordinal).Select((c, i) => (c, i + 1)))
        {
            (string Metric, double At)[] points = [.. curve.Select(m => (m.Metric, m.Point!.At)).OrderBy(p => p.At)];
            var charts = setting
                .Noises.Select(n => cells.Where(c => c.Row == n.Key).Select(c => Line(setting, c, points)).OfType<ChartLine>().ToArray())
                .Zip(setting.Noises)
                .Where(c => c.First.Any(l => l.Points.Count > 1))
                .Select(
                    (c, i) => Chart(FormattableString.Invariant($"{anchor}-points-{number}-{i + 1}"), curve.Key, c.Second.Label, c.First)
                )
                .ToArray();
            if (charts.Length > 0)
                yield return new ChartGroupView(Upper(curve.Key.Curve), Marks(points.Length), Wide: true, [charts]);
        }
    }

    private static string Marks(int points) =>
        points > MostWhiskers
            ? "Lines are means over seeds, bands Student's 95 % intervals of the mean (none for a single seed)."
            : OverviewView.Marks;

    private static ChartLine? Line(SettingResult setting, CellResult cell, IReadOnlyList<(string Metric, double At)> points)
    {
        ChartPoint[] measured =
        [
            .. points.Where(p => cell.Final.ContainsKey(p.Metric)).Select(p => NoiseCharts.Point(p.At, cell.Final[p.Metric])),
        ];
        if (measured.Length == 0)
            return null;
        var (color, dash) = ChartLine.Look(setting.Methods.Select(m => m.Key).ToList().IndexOf(cell.Column));
        return new ChartLine(cell.Method, color, dash, measured, measured.Length > MostWhiskers ? SpreadMark.Band : SpreadMark.Whiskers, [])
        {
            Published =
            [
                .. points.SelectMany(p => cell.Comparisons.Select(c => PublishedPoint.At(p.At, c, p.Metric)).OfType<ChartPoint>()),
            ],
        };
    }

    private static ChartView Chart(string id, (string Curve, string Axis) about, string noise, IReadOnlyList<ChartLine> lines)
    {
        var scale = ChartScale.Share(
            about.Curve,
            lines.SelectMany(l => l.Points.Concat(l.Published)).SelectMany(p => new[] { p.Low, p.High })
        );
        // The name of the curve is the heading's.
        scale = scale with { Title = $"{Short(about.Curve)} ({scale.Unit})" };
        var fitted = ChartAxis.Share("", lines.SelectMany(l => l.Points.Concat(l.Published)).Select(p => p.X));
        return ChartView.From(
            id,
            $"noise {noise}",
            $"{Upper(about.Curve)} against {about.Axis}, noise {noise}, one line per method.",
            fitted with
            {
                Title = about.Axis,
            },
            scale,
            lines,
            [],
            MostRows
        ) with
        {
            IsOpen = true,
        };
    }

    private static string Short(string curve) => curve.Split(',')[0];

    private static string Upper(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}

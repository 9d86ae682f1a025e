using System.Globalization;
using System.Text.Json;
using Sat.Records.Specs;
using Sat.Records.Statistics;
using Sat.Reports.Results;
using Sat.Reports.Text;

namespace Sat.Reports.Rendering;

/// <summary>A measure of each method against the share of wrong labels, as measured, beside what was published.</summary>
internal static class NoiseCharts
{
    /// <summary>A chart for each kind of noise under which a method has two shares or more; cells without wrong labels are in
    /// each.</summary>
    /// <param name="id">Begins the charts' ids.</param>
    /// <param name="measures">What is known of metrics.</param>
    /// <param name="metric">The measure, a share.</param>
    /// <param name="cells">The cells of a setting with their look.</param>
    public static IEnumerable<ChartView> Draw(string id, Measures measures, string metric, IReadOnlyList<(CellResult Cell, int Look)> cells)
    {
        var words = LabelWords.For(cells.Select(c => c.Cell));
        var known = cells.Where(c => Share(c.Cell) is not null).ToArray();
        // Methods under one noise share their place, whichever of their seeds are done.
        var shares = known.GroupBy(c => c.Cell.Row).ToDictionary(g => g.Key, g => 100 * g.Average(c => Share(c.Cell)!.Mean));
        var placed = cells.Where(c => shares.ContainsKey(c.Cell.Row)).ToArray();
        var clean = placed.Where(c => shares[c.Cell.Row] == 0).ToArray();
        foreach (var (noise, number) in placed.Except(clean).GroupBy(c => Kind(c.Cell.Spec.Noise)).Select((g, i) => (g, i + 1)))
        {
            var all = noise
                .Concat(clean)
                .GroupBy(c => c.Look)
                .OrderBy(g => g.Key)
                .Select(g => Line(g, metric, shares))
                .Where(l => l.Points.Count + l.Published.Count > 0)
                .ToArray();
            if (!all.Any(l => l.Points.Count > 1))
                continue;
            var name = measures.Name(metric);
            var ends = string.Join(
                "; ",
                all.Where(l => l.Points.Count > 0)
                    .Select(l => $"{l.Name} {Format.Number(l.Points[^1].Y)} % at {Format.Number(l.Points[^1].X)} %")
            );
            yield return ChartView.From(
                $"{id}-{number.ToString(CultureInfo.InvariantCulture)}",
                noise.Key,
                $"{measures.Title(metric)} against {words.ShareOf}, {noise.Key}, one line per method. The ends: {ends}.",
                ChartAxis.Share(words.ShareAxis, all.SelectMany(l => l.Points.Concat(l.Published)).Select(p => p.X)),
                ChartScale.Share(name, all.SelectMany(l => l.Points.Concat(l.Published)).SelectMany(p => new[] { p.Low, p.High })),
                all,
                []
            );
        }
    }

    /// <summary>What the authors published for a cell, as the same measure, in percent.</summary>
    public static IEnumerable<ChartPoint> Published(double x, CellResult cell, string metric) =>
        cell.Comparisons.Where(c => c.When is null).Select(c => PublishedPoint.At(x, c, metric)).OfType<ChartPoint>();

    /// <summary>Of wrong labels, or of those that the noise changed where nobody knows which were wrong before.</summary>
    private static Statistic? Share(CellResult cell) => cell.WrongLabels ?? cell.ChangedLabels;

    /// <summary>A noise without its numbers: how much of it there is stands on the axis.</summary>
    private static string Kind(ComponentSpec noise) =>
        string.Join(
            ", ",
            [
                noise.Id,
                .. noise
                    .Options.Where(o => o.Value?.GetValueKind() != JsonValueKind.Number)
                    .Select(o => $"{o.Key} {noise.OptionText(o.Key)}"),
            ]
        );

    private static ChartLine Line(IGrouping<int, (CellResult Cell, int Look)> method, string metric, Dictionary<string, double> shares)
    {
        var (color, dash) = ChartLine.Look(method.Key);
        var points = method
            .Where(m => m.Cell.Final.ContainsKey(metric))
            .Select(m => Point(shares[m.Cell.Row], m.Cell.Final[metric]))
            .OrderBy(p => p.X);
        return new ChartLine(method.First().Cell.Method, color, dash, [.. points], SpreadMark.Whiskers, [])
        {
            Published = [.. method.SelectMany(m => Published(shares[m.Cell.Row], m.Cell, metric)).OrderBy(p => p.X)],
        };
    }

    /// <summary>A mean with its interval, in percent.</summary>
    public static ChartPoint Point(double x, Statistic share)
    {
        var half = share.HalfInterval() ?? 0;
        return new ChartPoint(x, 100 * share.Mean, 100 * Math.Max(0, share.Mean - half), 100 * Math.Min(1, share.Mean + half));
    }
}

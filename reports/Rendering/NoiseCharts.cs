using System.Globalization;
using System.Text.Json;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Reports.Results;

namespace Sat.Reports.Rendering;

/// <summary>The test accuracy of each method against the share of wrong labels, as measured.</summary>
internal static class NoiseCharts
{
    /// <summary>A chart for each kind of noise under which a method has two shares or more; cells without wrong labels are in each.</summary>
    /// <param name="id">Begins the charts' ids.</param>
    /// <param name="cells">The cells of a setting with their look.</param>
    public static IEnumerable<ChartView> Draw(string id, IReadOnlyList<(CellResult Cell, int Look)> cells)
    {
        var words = LabelWords.Of(cells.Select(c => c.Cell));
        var known = cells.Where(c => Share(c.Cell) is not null && c.Cell.Final.ContainsKey(MetricNames.TestAccuracy)).ToArray();
        // Methods under one noise share their place, whichever of their seeds are done.
        var shares = known.GroupBy(c => c.Cell.Noise).ToDictionary(g => g.Key, g => 100 * g.Average(c => Share(c.Cell)!.Mean));
        var clean = known.Where(c => shares[c.Cell.Noise] == 0).ToArray();
        foreach (var (noise, number) in known.Except(clean).GroupBy(c => Kind(c.Cell.Spec.Noise)).Select((g, i) => (g, i + 1)))
        {
            var lines = noise.Concat(clean).GroupBy(c => c.Look).OrderBy(g => g.Key).Select(g => Line(g, shares)).Where(l => l.Points.Count > 1).ToArray();
            if (lines.Length == 0)
                continue;
            var ends = string.Join("; ", lines.Select(l => $"{l.Name} {Format.Number(l.Points[^1].Y)}{'\u00A0'}% at {Format.Number(l.Points[^1].X)}{'\u00A0'}%"));
            yield return ChartView.Of(
                $"{id}-{number.ToString(CultureInfo.InvariantCulture)}", noise.Key,
                $"Test accuracy against {words.ShareOf}, {noise.Key}, a line a method. The ends: {ends}.", ChartAxis.Share(words.ShareAxis), ChartScale.Percent, lines);
        }
    }

    /// <summary>Of wrong labels, or of those that the noise changed where nobody knows which were wrong before.</summary>
    private static Statistic? Share(CellResult cell) => cell.WrongLabels ?? cell.ChangedLabels;

    /// <summary>A noise without its numbers: how much of it there is stands on the axis.</summary>
    private static string Kind(ComponentSpec noise) =>
        string.Join(", ", [noise.Id, .. noise.Options.Where(o => o.Value?.GetValueKind() != JsonValueKind.Number).Select(o => $"{o.Key} {noise.OptionText(o.Key)}")]);

    private static ChartLine Line(IGrouping<int, (CellResult Cell, int Look)> method, Dictionary<string, double> shares)
    {
        var (color, dash) = ChartLine.Look(method.Key);
        var points = method
            .Select(m => (X: shares[m.Cell.Noise], Accuracy: m.Cell.Final[MetricNames.TestAccuracy]))
            .OrderBy(p => p.X)
            .Select(p => new ChartPoint(p.X, 100 * p.Accuracy.Mean, 100 * (p.Accuracy.Mean - (p.Accuracy.Deviation ?? 0)), 100 * (p.Accuracy.Mean + (p.Accuracy.Deviation ?? 0))));
        return new ChartLine(method.First().Cell.Method, color, dash, [.. points], Spread.Whiskers, []);
    }
}

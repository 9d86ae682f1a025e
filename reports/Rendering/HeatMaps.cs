using System.Globalization;
using System.Text;
using Sat.Records.Settings;
using Sat.Records.Specs;
using Sat.Reports.Results;
using Sat.Reports.Text;

namespace Sat.Reports.Rendering;

/// <summary>The main metric of cells that differ by two numeric settings alone, as a table in which the better values are darker.</summary>
internal static class HeatMaps
{
    private const int FewestCells = 6;

    /// <summary>Of a grid's places: with more empty ones it is none.</summary>
    private const double LeastFilled = 0.75;

    private const int MostMaps = 12;

    /// <summary>What a title says in words of its own.</summary>
    private static readonly string[] Named = [$"{SpecSlots.Noise.Name}.", $"{SpecSlots.Method.Name}.id", $"{SpecSlots.Evaluation.Name}.id"];

    public static IEnumerable<HeatView> Draw(IReadOnlyList<OptionPart> parts, Measures measures) =>
        parts.SelectMany(p => Draw(p.Metric, p.Cells, measures)).Take(MostMaps);

    private static IEnumerable<HeatView> Draw(
        string metric,
        IReadOnlyList<(CellResult Cell, IReadOnlyDictionary<string, string> Settings)> cells,
        Measures measures
    )
    {
        var paths = OptionAxis
            .Varying(cells.Select(c => c.Settings))
            .Where(p => cells.Select(c => Number(c.Settings, p)).Where(n => n is not null).Distinct().Skip(1).Any())
            .ToArray();
        foreach (var (across, i) in paths.Select((p, i) => (p, i)))
        {
            foreach (var down in paths.Skip(i + 1))
            {
                var grids = cells
                    .Select(c => (c.Cell, c.Settings, X: Number(c.Settings, across), Y: Number(c.Settings, down)))
                    .Where(c => c is { X: not null, Y: not null })
                    .GroupBy(c => string.Join('\n', c.Settings.Where(s => s.Key != across && s.Key != down)))
                    .Select(g => g.ToArray())
                    .Where(g => IsGrid(g.Length, g.Select(c => c.X).Distinct().Count(), g.Select(c => c.Y).Distinct().Count()))
                    .ToArray();
                // What tells one grid from another.
                var apart = OptionAxis
                    .Varying(grids.Select(g => g[0].Settings))
                    .Where(p => p != across && p != down && !Named.Any(n => p.StartsWith(n, StringComparison.Ordinal)))
                    .ToArray();
                foreach (var grid in grids)
                {
                    var held = string.Concat(
                        apart.Where(grid[0].Settings.ContainsKey).Select(p => $", {OptionCharts.Word(p, grid[0].Settings[p])}")
                    );
                    yield return View(metric, across, down, held, [.. grid.Select(c => (c.Cell, c.X!.Value, c.Y!.Value))], measures);
                }
            }
        }
    }

    private static bool IsGrid(int cells, int columns, int rows) =>
        columns > 1 && rows > 1 && cells >= FewestCells && cells >= LeastFilled * columns * rows;

    private static double? Number(IReadOnlyDictionary<string, string> settings, string path) =>
        settings.TryGetValue(path, out var text) ? SettingMatch.Number(text) : null;

    private static HeatView View(
        string metric,
        string across,
        string down,
        string held,
        IReadOnlyList<(CellResult Cell, double X, double Y)> cells,
        Measures measures
    )
    {
        double[] columns = [.. cells.Select(c => c.X).Distinct().Order()];
        double[] rows = [.. cells.Select(c => c.Y).Distinct().OrderDescending()];
        var values = cells.ToDictionary(c => (c.X, c.Y), c => c.Cell.Final[metric].Mean);
        var (low, high) = (values.Values.Min(), values.Values.Max());
        var best = measures.IsLowerBetter(metric) ? low : high;
        int Heat(double value) => high > low ? (int)Math.Round(100 * Math.Abs(value - (best.Equals(high) ? low : high)) / (high - low)) : 0;
        var (cell, spec) = (cells[0].Cell, cells[0].Cell.Spec);
        var about = spec.Evaluation is { } evaluation ? $"{evaluation.Id} of {spec.Method.Id}" : spec.Method.Id;
        return new HeatView(
            $"{measures.Title(metric)} of {about}, noise {cell.Noise}{held}",
            $"Percent, mean over seeds: from {Format.Number(100 * low)} to {Format.Number(100 * high)}. Columns: {OptionCharts.Words(across)}. Rows: {OptionCharts.Words(down)}. The better, the darker.",
            $"{Short(down)} \\ {Short(across)}",
            [.. columns.Select(Text)],
            [
                .. rows.Select(y => new ConfusionRowView(
                    Text(y),
                    Row(columns.Select(x => values.TryGetValue((x, y), out var v) ? v : (double?)null), Heat)
                )),
            ]
        );
    }

    private static string Short(string path) => path[(path.LastIndexOf('.') + 1)..];

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static Html Row(IEnumerable<double?> values, Func<double, int> heat)
    {
        var cells = new StringBuilder();
        foreach (var value in values)
        {
            if (value is { } known)
                cells.Append(CultureInfo.InvariantCulture, $"<td style=\"--v:{heat(known)}\">{Format.Number(100 * known)}</td>");
            else
                cells.Append("<td>–</td>");
        }
        return new Html(cells.ToString());
    }
}

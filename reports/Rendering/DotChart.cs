using System.Globalization;
using System.Text;
using Sat.Reports.Results;
using Sat.Reports.Text;

namespace Sat.Reports.Rendering;

/// <summary>A dot a cell with its interval, on one scale: for sweeps whose noise is no axis.</summary>
internal static class DotChart
{
    private const int MostRows = 12;
    private const int Width = 420;
    private const int Right = 404;
    private const int Top = 30;
    private const int MostLetters = 24;
    private const double LetterWidth = 7.2;

    /// <param name="id">Unlike any other id of the page.</param>
    /// <param name="measures">What is known of metrics.</param>
    /// <param name="metric">A share.</param>
    /// <param name="cells">Cells with their look, one of them at least measured.</param>
    public static ChartView Draw(string id, Measures measures, string metric, IReadOnlyList<(CellResult Cell, int Look)> cells)
    {
        var measured = cells.Where(c => c.Cell.Final.ContainsKey(metric)).ToArray();
        var best = measures.Ranked(measured.Select(c => c.Cell), metric).Take(MostRows).ToHashSet();
        var rows = measured.Where(c => best.Contains(c.Cell)).ToHashSet();
        var noises = measured.Select(c => c.Cell.Row).Distinct().Count();
        var shown = measured
            .Where(rows.Contains)
            .Select(c => new Row(
                noises == 1 ? c.Cell.Method : $"{c.Cell.Method}, {c.Cell.Noise}",
                ChartLine.Look(c.Look).Color,
                NoiseCharts.Point(0, c.Cell.Final[metric]),
                [.. NoiseCharts.Published(0, c.Cell, metric).Select(p => p.Y)]
            ))
            .ToArray();
        var name = measures.Name(metric);
        var scale = ChartScale.Share(name, shown.SelectMany(r => r.Published.Append(r.Point.Low).Append(r.Point.High)));
        var label = $"{measures.Title(metric)} of {string.Join("; ", shown.Select(r => $"{r.Name} {Format.Number(r.Point.Y)} %"))}.";
        var published = shown.Any(r => r.Published.Count > 0);
        return new ChartView(
            noises == 1 ? $"noise {measured[0].Cell.Noise}" : "one row per method and noise",
            Svg(id, label, scale, shown),
            published ? [LegendView.Published] : [],
            ["", $"{name}, %", "interval", .. Enumerable.Repeat("published, %", published ? 1 : 0)],
            [
                .. shown.Select(r =>
                    (IReadOnlyList<string>)
                        [
                            r.Name,
                            Format.Number(r.Point.Y),
                            r.Point.High > r.Point.Low ? $"{Format.Number(r.Point.Low)} to {Format.Number(r.Point.High)}" : "–",
                            .. published ? new[] { string.Join("; ", r.Published.Select(Format.Number).DefaultIfEmpty("–")) } : [],
                        ]
                ),
            ],
            rows.Count < measured.Length ? "Only the best; the tables have all of them." : ""
        );
    }

    private static Html Svg(string id, string label, ChartScale scale, Row[] rows)
    {
        var names = rows.Select(r => ShortLabel.Of(r.Name, MostLetters)).ToArray();
        var left = 14 + LetterWidth * names.Max(n => n.Cells);
        var pitch = Math.Max(24, 130 / rows.Length);
        var bottom = Top + rows.Length * pitch;
        double X(double value) => left + (value - scale.Low) / (scale.High - scale.Low) * (Right - left);
        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg class=\"chart\" viewBox=\"0 0 {Width} {bottom + 46}\" role=\"img\" aria-labelledby=\"{id}\"><title id=\"{id}\">{Html.Escape(label)}</title>"
        );
        foreach (var level in scale.Levels())
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"gridline\" d=\"M{X(level):0.#} {Top - 8}V{bottom}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(level):0.#}\" y=\"{bottom + 19}\">{scale.Text(level)}</text>");
        }
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<path class=\"axis\" d=\"M{left:0.#} {bottom}H{Right}\"/><text x=\"{(left + Right) / 2:0.#}\" y=\"{bottom + 38}\">{Html.Escape(scale.Title)}</text>"
        );
        for (var i = 0; i < rows.Length; i++)
        {
            var (row, y) = (rows[i], Top + (i + 0.5) * pitch);
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text class=\"level\" x=\"{left - 8:0.#}\" y=\"{y + 4.5:0.#}\">{Html.Isolate(row.Name, Html.Escape(names[i].Text))}</text>"
            );
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<path class=\"s{row.Color} mean\" d=\"{new PathData().Line([(X(row.Point.Low), y), (X(row.Point.High), y)])}\"/>"
            );
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<circle class=\"s{row.Color}\" cx=\"{X(row.Point.Y):0.#}\" cy=\"{y:0.#}\" r=\"4.5\"/>"
            );
            foreach (var value in row.Published)
                svg.Append(ChartSvg.Diamond(row.Color, X(value), y));
        }
        return new Html(svg.Append("</svg>").ToString());
    }

    private sealed record Row(string Name, int Color, ChartPoint Point, IReadOnlyList<double> Published);
}

using System.Globalization;
using System.Text;
using Sat.Reports.Merging;
using Sat.Reports.Text;

namespace Sat.Reports.Rendering;

/// <summary>A cell's value in each laboratory, a row each, with its interval, and the common mean below.</summary>
internal static class LaboratoryChart
{
    private const int Width = 420,
        Left = 12,
        Right = 408,
        Top = 8,
        Pitch = 46,
        LeastRows = 3,
        MostLetters = 52;

    public static Html Svg(string id, MergedCell cell, bool isShare)
    {
        var factor = isShare ? 100 : 1;
        (string Name, double Middle, double? Half, bool IsCommon)[] rows =
        [
            .. cell.Parts.Select(p => (p.Contribution, factor * p.Value.Mean, factor * p.Value.HalfInterval(), false)),
            .. cell.Pooled is { } pooled
                ? [("common mean", factor * pooled.Effects.Estimate, factor * (pooled.High - pooled.Low) / 2, true)]
                : Array.Empty<(string, double, double?, bool)>(),
        ];
        var scale = ChartScale.Around(
            isShare ? "percent" : "",
            [.. rows.SelectMany(r => new[] { r.Middle - (r.Half ?? 0), r.Middle + (r.Half ?? 0) })]
        );
        var bottom = Top + Math.Max(rows.Length, LeastRows) * Pitch;
        double X(double value) => Left + (value - scale.Low) / (scale.High - scale.Low) * (Right - Left);
        var label =
            $"{string.Join("; ", rows.Select(r => $"{r.Name} {Format.Number(r.Middle)}{(r.Half is { } h ? $" ± {Format.Number(h)}" : "")}"))}.";
        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg class=\"chart forest\" viewBox=\"0 0 {Width} {bottom + 46}\" role=\"img\" aria-labelledby=\"{id}\"><title id=\"{id}\">{Html.Escape(label)}</title>"
        );
        foreach (var level in scale.Levels())
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"gridline\" d=\"M{X(level):0.#} {Top}V{bottom}\"/>");
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{Math.Clamp(X(level), 18, 402):0.#}\" y=\"{bottom + 19}\">{scale.Text(level)}</text>"
            );
        }
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<path class=\"axis\" d=\"M{Left} {bottom}H{Right}\"/><text x=\"{(Left + Right) / 2}\" y=\"{bottom + 38}\">{Html.Escape(scale.Title)}</text>"
        );
        for (var i = 0; i < rows.Length; i++)
        {
            var (row, y) = (rows[i], Top + i * Pitch);
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text class=\"name\" x=\"{Left}\" y=\"{y + 14}\">{Html.Isolate(row.Name, Html.Escape(ShortLabel.Of(row.Name, MostLetters).Text))}</text>"
            );
            var color = row.IsCommon ? 2 : 1;
            if (row.Half is { } half)
                svg.Append(
                    CultureInfo.InvariantCulture,
                    $"<path class=\"s{color} mean\" d=\"M{X(row.Middle - half):0.#} {y + 27}H{X(row.Middle + half):0.#}\"/>"
                );
            svg.Append(
                row.IsCommon
                    ? ChartSvg.Diamond(color, X(row.Middle), y + 27)
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"<circle class=\"s{color}\" cx=\"{X(row.Middle):0.#}\" cy=\"{y + 27}\" r=\"4.5\"/>"
                    )
            );
        }
        return new Html(svg.Append("</svg>").ToString());
    }
}

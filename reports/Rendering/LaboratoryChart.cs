using System.Globalization;
using System.Text;
using Sat.Reports.Merging;
using Sat.Reports.Text;

namespace Sat.Reports.Rendering;

/// <summary>A cell's value in each laboratory, a row each, with its interval, and the common mean below.</summary>
internal static class LaboratoryChart
{
    private const int LeastRows = 3;

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
        var bottom = ForestFrame.Top + Math.Max(rows.Length, LeastRows) * ForestFrame.Pitch;
        double X(double value) => ForestFrame.X(scale, value);
        var label =
            $"{string.Join("; ", rows.Select(r => $"{r.Name} {Format.Number(r.Middle)}{(r.Half is { } h ? $" ± {Format.Number(h)}" : "")}"))}.";
        var svg = new StringBuilder();
        ForestFrame.Begin(svg, id, label, scale, bottom);
        for (var i = 0; i < rows.Length; i++)
        {
            var (row, y) = (rows[i], ForestFrame.Top + i * ForestFrame.Pitch);
            ForestFrame.Name(svg, row.Name, y);
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

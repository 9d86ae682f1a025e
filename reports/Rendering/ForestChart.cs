using System.Globalization;
using System.Text;
using Sat.Records.Statistics;
using Sat.Reports.Comparison;
using Sat.Reports.Results;
using Sat.Reports.Text;

namespace Sat.Reports.Rendering;

/// <summary>Differences from the published values, a row each, with their intervals and the margin as a band.</summary>
internal static class ForestChart
{
    private const int MostRows = 24;

    /// <summary>Points that the picture reaches to either side at least, in margins, so that the band can be seen for what it is.</summary>
    private const double LeastReach = 2;

    /// <summary>An interval may make the picture this many times as wide as its middle needs; beyond that, an arrow says that it goes
    /// on.</summary>
    private const double MostWidening = 3;

    /// <summary>The comparisons of a setting's cells under the published protocol, and those under another; an empty list draws
    /// nothing.</summary>
    public static IReadOnlyList<ChartView> Draw(string id, IReadOnlyList<CellResult> cells, double margin)
    {
        var rows = cells.SelectMany(c => c.Comparisons.Where(x => x.Difference is not null).Select(x => Row.From(c, x))).ToArray();
        return
        [
            .. new[] { (IsExact: true, Title: "Under the published protocol"), (IsExact: false, Title: "Not under the published protocol") }
                .Select(g => (g.IsExact, g.Title, Rows: rows.Where(r => r.IsExact == g.IsExact).ToArray()))
                .Where(g => g.Rows.Length > 0)
                .Select(g => Draw($"{id}-{(g.IsExact ? "exact" : "other")}", g.Title, g.Rows, g.IsExact ? 100 * margin : null)),
        ];
    }

    private static ChartView Draw(string id, string title, Row[] rows, double? margin)
    {
        var shown = rows.Take(MostRows).ToArray();
        var middle = Math.Max(LeastReach * (margin ?? 0.5), shown.Max(r => Math.Abs(r.Difference)));
        var reach = Math.Min(MostWidening * middle, shown.Max(r => Math.Max(r.Reach, 1.1 * middle)));
        var scale = ChartScale.Around("Ours less published, points", [-reach, reach]);
        var label =
            $"Differences from the published values in points: {string.Join("; ", shown.Select(r => $"{r.Name} {Format.Number(r.Difference)}, {r.Verdict}"))}.";
        return new ChartView(
            title,
            Svg(id, label, scale, shown, margin),
            [new LegendView("ours", 1, "none"), LegendView.Published],
            ["", "difference, points", "90 % interval", "95 % interval", "published, 95 % interval", "verdict"],
            [
                .. shown.Select(r =>
                    (IReadOnlyList<string>)
                        [
                            r.Name,
                            Format.Number(r.Difference),
                            Interval(r.Difference, r.Narrow),
                            Interval(r.Difference, r.Wide),
                            r.Published is { } p ? Interval(r.Value, p) : Format.Number(r.Value),
                            r.Verdict,
                        ]
                ),
            ],
            shown.Length < rows.Length ? "A selection; the table has all of them." : ""
        )
        {
            Distance =
                (margin is { } m ? $"The band is the margin of {Format.Number(m)} points. " : "")
                + "Thick: 90 % interval of the difference; thin: 95 %; an arrow goes on outside.",
        };
    }

    private static string Interval(double middle, double? half) =>
        half is { } h ? $"{Format.Number(middle - h)} to {Format.Number(middle + h)}" : "–";

    private static Html Svg(string id, string label, ChartScale scale, Row[] rows, double? margin)
    {
        var bottom = ForestFrame.Top + rows.Length * ForestFrame.Pitch;
        double X(double value) => ForestFrame.X(scale, value);
        var band = margin is { } m
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"<rect class=\"margin\" x=\"{X(-m):0.#}\" y=\"{ForestFrame.Top}\" width=\"{X(m) - X(-m):0.#}\" height=\"{bottom - ForestFrame.Top}\"/>"
            )
            : "";
        var svg = new StringBuilder();
        ForestFrame.Begin(svg, id, label, scale, bottom, band, zero: true);
        for (var i = 0; i < rows.Length; i++)
        {
            var (row, y) = (rows[i], ForestFrame.Top + i * ForestFrame.Pitch);
            ForestFrame.Name(svg, row.Name, y);
            Line(svg, 3, "thin", 0, row.Published, y + 23);
            svg.Append(ChartSvg.Diamond(3, X(0), y + 23));
            Line(svg, 1, "thin", row.Difference, row.Wide, y + 35);
            Line(svg, 1, "mean", row.Difference, row.Narrow, y + 35);
            svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"s1\" cx=\"{X(row.Difference):0.#}\" cy=\"{y + 35}\" r=\"4.5\"/>");
        }
        return new Html(svg.Append("</svg>").ToString());

        void Line(StringBuilder to, int color, string look, double at, double? half, double y)
        {
            if (half is not { } h)
                return;
            var path = new PathData();
            var (from, until) = (at - h, at + h);
            if (from < scale.Low)
                path.Line([(ForestFrame.Left + 5, y - 4), (ForestFrame.Left, y), (ForestFrame.Left + 5, y + 4)]);
            if (until > scale.High)
                path.Line([(ForestFrame.Right - 5, y - 4), (ForestFrame.Right, y), (ForestFrame.Right - 5, y + 4)]);
            path.Line([(X(Math.Max(from, scale.Low)), y), (X(Math.Min(until, scale.High)), y)]);
            to.Append(CultureInfo.InvariantCulture, $"<path class=\"s{color} {look}\" d=\"{path}\"/>");
        }
    }

    /// <summary>A comparison, in points.</summary>
    /// <param name="Name">Method, noise and condition.</param>
    /// <param name="IsExact">Under the published protocol.</param>
    /// <param name="Value">The published value, in percent.</param>
    /// <param name="Published">Half of its own 95 % interval; null: not stated.</param>
    /// <param name="Difference">Ours less published.</param>
    /// <param name="Narrow">Half of its 90 % interval.</param>
    /// <param name="Wide">Half of its 95 % interval.</param>
    /// <param name="Verdict">In words.</param>
    private sealed record Row(
        string Name,
        bool IsExact,
        double Value,
        double? Published,
        double Difference,
        double? Narrow,
        double? Wide,
        string Verdict
    )
    {
        /// <summary>How far it goes from zero.</summary>
        public double Reach => Math.Max(Math.Abs(Difference) + (Wide ?? 0), Published ?? 0);

        public static Row From(CellResult cell, ComparisonResult c) =>
            new(
                $"{cell.Method} {NoiseWords.Under(cell.Noise)}{(c.When is null ? "" : string.Concat(c.When.Select(w => $", {w.Key} {w.Value}")))}",
                c.Kind == ComparisonKind.Exact,
                100 * c.Published,
                c is { PublishedDeviation: { } deviation, PublishedTrials: >= 2 and var trials }
                    ? 100 * new Statistic(c.Published, deviation, trials).HalfInterval()
                    : null,
                100 * c.Difference!.Value,
                100 * c.Test?.Half90,
                100 * c.Test?.Half95,
                Words.For(c.Judgement)
            );
    }
}

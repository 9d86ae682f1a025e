using System.Globalization;
using System.Text;
using Sat.Reports.Text;

namespace Sat.Reports.Rendering;

/// <summary>Draws lines as inline SVG. Colours, strokes and letters are the page's: each element has a class of its style sheet.</summary>
internal static class ChartSvg
{
    private const int Width = 420;
    private const int Tall = 292;
    private const int Left = 44;
    private const int Right = 404;
    private const int Top = 40;
    private const int Bottom = 246;

    /// <summary>Between the whiskers of two methods at one place.</summary>
    private const double Apart = 5;

    /// <summary>Of a letter, about.</summary>
    private const double LetterWidth = 6.8;

    private const int LeastCurve = 3;
    private const int MostMarks = 16;
    private const int MostRules = 3;
    private const int MostPoints = 100;

    /// <param name="id">Of its title, unlike any other id of the page.</param>
    /// <param name="label">What it shows, in a sentence: its text alternative.</param>
    /// <param name="axis">Below it.</param>
    /// <param name="scale">Beside it.</param>
    /// <param name="lines">What is drawn, first below.</param>
    /// <param name="rules">Where something begins.</param>
    public static Html Draw(
        string id,
        string label,
        ChartAxis axis,
        ChartScale scale,
        IReadOnlyList<ChartLine> lines,
        IReadOnlyList<ChartRule> rules
    )
    {
        var svg = new StringBuilder(4096);
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg class=\"chart\" viewBox=\"0 0 {Width} {Tall}\" role=\"img\" aria-labelledby=\"{id}\"><title id=\"{id}\">{Html.Escape(label)}</title>"
        );
        Axes(svg, axis, scale);
        double Y(double value) => Height(scale, value);
        double X(double value) => Place(axis, value);
        Rules(svg, axis, rules);
        foreach (var line in lines)
        {
            var points = Thin(line.Points);
            if (line.Spread == SpreadMark.Band)
            {
                var path = new PathData()
                    .Line(points.Select(p => (X(p.X), Y(p.High))))
                    .Line(points.Reverse().Select(p => (X(p.X), Y(p.Low))), join: true)
                    .Close();
                svg.Append(CultureInfo.InvariantCulture, $"<path class=\"s{line.Color} band\" d=\"{path}\"/>");
            }
            foreach (var seed in line.Seeds)
                svg.Append(
                    CultureInfo.InvariantCulture,
                    $"<path class=\"s{line.Color} seed\" d=\"{new PathData().Line(Thin(seed).Select(p => (X(p.X), Y(p.Y))))}\"/>"
                );
        }
        foreach (var (line, i) in lines.Select((l, i) => (l, i)))
        {
            var points = Thin(line.Points);
            var dodge = line.Spread == SpreadMark.Whiskers ? Apart * (i - (lines.Count - 1) / 2.0) : 0;
            double At(ChartPoint p) => Math.Clamp(X(p.X) + dodge, Left, Width - 2);
            if (line.Spread == SpreadMark.Whiskers)
            {
                var path = new PathData();
                foreach (var p in points.Where(p => p.High > p.Low))
                    path.Line([(At(p), Y(p.High)), (At(p), Y(p.Low))])
                        .Line([(At(p) - 3, Y(p.High)), (At(p) + 3, Y(p.High))])
                        .Line([(At(p) - 3, Y(p.Low)), (At(p) + 3, Y(p.Low))]);
                svg.Append(CultureInfo.InvariantCulture, $"<path class=\"s{line.Color} whisker\" d=\"{path}\"/>");
            }
            var dash = line.Dash.Length == 0 ? "" : $" stroke-dasharray=\"{line.Dash}\"";
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<path class=\"s{line.Color} mean\"{dash} d=\"{new PathData().Line(points.Select(p => (At(p), Y(p.Y))))}\"/>"
            );
            if (line.Spread == SpreadMark.Whiskers || points.Length == 1)
            {
                foreach (var p in points)
                    svg.Append(
                        CultureInfo.InvariantCulture,
                        $"<circle class=\"s{line.Color}\" cx=\"{At(p):0.#}\" cy=\"{Y(p.Y):0.#}\" r=\"3.2\"/>"
                    );
            }
            Published(svg, line, p => At(p), Y);
        }
        return new Html(svg.Append("</svg>").ToString());
    }

    /// <summary>Published values as marks, with how exactly they could be read; a curve of them as a dotted line.</summary>
    private static void Published(StringBuilder svg, ChartLine line, Func<ChartPoint, double> x, Func<double, double> y)
    {
        if (line.Published.Count >= LeastCurve && line.Published.DistinctBy(p => p.X).Count() == line.Published.Count)
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<path class=\"s{line.Color} read\" stroke-dasharray=\"1 4\" d=\"{new PathData().Line(line.Published.Select(p => (x(p), y(p.Y))))}\"/>"
            );
        var bounds = new PathData();
        foreach (var p in line.Published.Where(p => p.High > p.Low))
            bounds.Line([(x(p), y(p.High)), (x(p), y(p.Low))]);
        if (line.Published.Any(p => p.High > p.Low))
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"s{line.Color} read\" d=\"{bounds}\"/>");
        // Marks that would lie on each other hide the line between them.
        var every = (line.Published.Count + MostMarks - 1) / MostMarks;
        foreach (var p in line.Published.Where((_, i) => i % Math.Max(1, every) == 0))
            svg.Append(Diamond(line.Color, x(p), y(p.Y)));
    }

    /// <summary>The mark of a published value.</summary>
    public static string Diamond(int color, double x, double y) =>
        $"<path class=\"s{color.ToString(CultureInfo.InvariantCulture)} published\" d=\"{new PathData().Line([(x, y - 5.5), (x + 5.5, y), (x, y + 5.5), (x - 5.5, y)]).Close()}\"/>";

    private static double Place(ChartAxis axis, double value) => Left + axis.Fraction(value) * (Right - Left);

    /// <summary>Lines with their names above them; a name that would lie on another is left out.</summary>
    private static void Rules(StringBuilder svg, ChartAxis axis, IReadOnlyList<ChartRule> rules)
    {
        var free = 0.0;
        foreach (var rule in rules.Where(r => r.At >= axis.First && r.At <= axis.Last).OrderBy(r => r.At).Take(MostRules))
        {
            var at = Place(axis, rule.At);
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"rule\" d=\"M{at:0.#} {Top - 4}V{Bottom}\"/>");
            var half = LetterWidth * rule.Text.Length / 2;
            var middle = Math.Clamp(at, half + 2, Width - half - 2);
            if (middle - half < free)
                continue;
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{middle:0.#}\" y=\"{Top - 9}\">{Html.Escape(rule.Text)}</text>");
            free = middle + half + LetterWidth;
        }
    }

    private static double Height(ChartScale scale, double value) =>
        Bottom - (Math.Clamp(value, scale.Low, scale.High) - scale.Low) / (scale.High - scale.Low) * (Bottom - Top);

    private static void Axes(StringBuilder svg, ChartAxis axis, ChartScale scale)
    {
        double[] levels = [.. scale.Levels()];
        svg.Append("<path class=\"gridline\" d=\"");
        foreach (var level in levels[1..])
            svg.Append(CultureInfo.InvariantCulture, $"M{Left} {Height(scale, level):0.##}H{Right}");
        svg.Append("\"/>");
        foreach (var level in levels)
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text class=\"level\" x=\"{Left - 6}\" y=\"{Height(scale, level) + 4.5:0.##}\">{scale.Text(level)}</text>"
            );
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"axis\" d=\"M{Left} {Bottom}H{Right}");
        var ticks = axis.Ticks().Select(t => (At: Place(axis, t), Text: double.IsInteger(t) ? Format.Whole(t) : Format.Plain(t))).ToArray();
        foreach (var (at, _) in ticks)
            svg.Append(CultureInfo.InvariantCulture, $"M{at:0.#} {Bottom}v4");
        svg.Append("\"/>");
        var free = double.NegativeInfinity;
        foreach (var (at, text) in ticks)
        {
            var half = LetterWidth * text.Length / 2;
            if (at - half < free)
                continue;
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{at:0.#}\" y=\"{Bottom + 19}\">{text}</text>");
            free = at + half + LetterWidth / 2;
        }
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{(Left + Right) / 2}\" y=\"{Bottom + 38}\">{Html.Escape(axis.Title)}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"name\" x=\"2\" y=\"14\">{Html.Escape(scale.Title)}</text>");
    }

    private static ChartPoint[] Thin(IReadOnlyList<ChartPoint> points)
    {
        var step = Math.Max(1, (points.Count + MostPoints - 1) / MostPoints);
        return [.. points.Where((_, i) => i % step == 0 || i == points.Count - 1)];
    }
}

using System.Globalization;
using System.Text;

namespace Sat.Reports.Rendering;

/// <summary>Draws lines as inline SVG. Colours, strokes and letters are the page's: each element has a class of its style sheet.</summary>
internal static class ChartSvg
{
    private const int Width = 420;
    private const int Tall = 274;
    private const int Left = 48;
    private const int Right = 398;
    private const int Top = 12;
    private const int Bottom = 228;
    private const int MostPoints = 100;

    /// <param name="id">Of its title, unlike any other id of the page.</param>
    /// <param name="label">What it shows, in a sentence: its text alternative.</param>
    /// <param name="axis">Below it.</param>
    /// <param name="scale">Beside it.</param>
    /// <param name="lines">What is drawn, first below.</param>
    public static Html Draw(string id, string label, ChartAxis axis, ChartScale scale, IReadOnlyList<ChartLine> lines)
    {
        var svg = new StringBuilder(4096);
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"chart\" viewBox=\"0 0 {Width} {Tall}\" role=\"img\" aria-labelledby=\"{id}\"><title id=\"{id}\">{Html.Escape(label)}</title>");
        Axes(svg, axis, scale);
        double Y(double value) => Height(scale, value);
        double X(double value) => Left + value / axis.Last * (Right - Left);
        foreach (var line in lines)
        {
            var points = Thin(line.Points);
            if (line.Spread == Spread.Band)
            {
                var path = new PathData().Line(points.Select(p => (X(p.X), Y(p.High)))).Line(points.Reverse().Select(p => (X(p.X), Y(p.Low))), join: true).Close();
                svg.Append(CultureInfo.InvariantCulture, $"<path class=\"s{line.Color} band\" d=\"{path}\"/>");
            }
            foreach (var seed in line.Seeds)
                svg.Append(CultureInfo.InvariantCulture, $"<path class=\"s{line.Color} seed\" d=\"{new PathData().Line(Thin(seed).Select(p => (X(p.X), Y(p.Y))))}\"/>");
        }
        foreach (var line in lines)
        {
            var points = Thin(line.Points);
            if (line.Spread == Spread.Whiskers)
            {
                var path = new PathData();
                foreach (var p in points)
                    path.Line([(X(p.X), Y(p.High)), (X(p.X), Y(p.Low))]);
                svg.Append(CultureInfo.InvariantCulture, $"<path class=\"s{line.Color} whisker\" d=\"{path}\"/>");
            }
            var dash = line.Dash.Length == 0 ? "" : $" stroke-dasharray=\"{line.Dash}\"";
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"s{line.Color} mean\"{dash} d=\"{new PathData().Line(points.Select(p => (X(p.X), Y(p.Y))))}\"/>");
            if (line.Spread == Spread.Whiskers || points.Length == 1)
            {
                foreach (var p in points)
                    svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"s{line.Color}\" cx=\"{X(p.X):0.#}\" cy=\"{Y(p.Y):0.#}\" r=\"3.2\"/>");
            }
        }
        return new Html(svg.Append("</svg>").ToString());
    }

    private static double Height(ChartScale scale, double value) => Bottom - (Math.Clamp(value, scale.Low, scale.High) - scale.Low) / (scale.High - scale.Low) * (Bottom - Top);

    private static void Axes(StringBuilder svg, ChartAxis axis, ChartScale scale)
    {
        double[] levels = [.. scale.Levels()];
        svg.Append("<path class=\"gridline\" d=\"");
        foreach (var level in levels[1..])
            svg.Append(CultureInfo.InvariantCulture, $"M{Left} {Height(scale, level):0.##}H{Right}");
        svg.Append("\"/>");
        foreach (var level in levels)
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"level\" x=\"{Left - 6}\" y=\"{Height(scale, level) + 4.5:0.##}\">{scale.Text(level)}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"axis\" d=\"M{Left} {Bottom}H{Right}");
        var ticks = axis.Ticks().Select(t => (At: Left + t / axis.Last * (Right - Left), Text: Format.Whole(t) + axis.Unit)).ToArray();
        foreach (var (at, _) in ticks)
            svg.Append(CultureInfo.InvariantCulture, $"M{at:0.#} {Bottom}v4");
        svg.Append("\"/>");
        foreach (var (at, text) in ticks)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{at:0.#}\" y=\"{Bottom + 20}\">{text}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{(Left + Right) / 2}\" y=\"{Bottom + 39}\">{Html.Escape(axis.Title)}</text>");
    }

    private static ChartPoint[] Thin(IReadOnlyList<ChartPoint> points)
    {
        var step = Math.Max(1, (points.Count + MostPoints - 1) / MostPoints);
        return [.. points.Where((_, i) => i % step == 0 || i == points.Count - 1)];
    }
}

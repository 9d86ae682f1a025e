using System.Globalization;
using System.Text;
using Sat.Records.Figures;

namespace Sat.Reports.Rendering;

/// <summary>Draws bars as inline SVG, each from 0 up or down.</summary>
internal static class BarSvg
{
    private const int Width = 420;
    private const int Tall = 292;
    private const int Left = 50;
    private const int Right = 404;
    private const int Top = 30;
    private const int Bottom = 246;
    private const double LetterWidth = 6.8;
    private const int MostLetters = 16;
    private const int MostOfAxis = 50;

    /// <summary>Of the room that a bar has.</summary>
    private const double Filled = 0.82;

    /// <param name="id">Of its title, unlike any other id of the page.</param>
    /// <param name="label">What it shows, in a sentence: its text alternative.</param>
    /// <param name="figure">The bars.</param>
    /// <param name="scale">Beside them; 0 is on it.</param>
    public static Html Draw(string id, string label, BarFigure figure, ChartScale scale)
    {
        var svg = new StringBuilder(4096);
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg class=\"chart\" viewBox=\"0 0 {Width} {Tall}\" role=\"img\" aria-labelledby=\"{id}\"><title id=\"{id}\">{Html.Escape(label)}</title>"
        );
        double Y(double value) => Bottom - (value - scale.Low) / (scale.High - scale.Low) * (Bottom - Top);
        foreach (var level in scale.Levels())
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"gridline\" d=\"M{Left} {Y(level):0.##}H{Right}\"/>");
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text class=\"level\" x=\"{Left - 6}\" y=\"{Y(level) + 4.5:0.##}\">{scale.Text(level)}</text>"
            );
        }
        var (pitch, free) = ((double)(Right - Left) / figure.Bars.Count, double.NegativeInfinity);
        foreach (var (bar, i) in figure.Bars.Select((b, i) => (b, i)))
        {
            var middle = Left + (i + 0.5) * pitch;
            var (high, low) = (Y(Math.Max(bar.Value, 0)), Y(Math.Min(bar.Value, 0)));
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<rect class=\"s1 bar\" x=\"{middle - pitch * Filled / 2:0.##}\" y=\"{high:0.##}\" width=\"{pitch * Filled:0.##}\" height=\"{low - high:0.##}\"/>"
            );
            var (text, letters) = ShortLabel.Of(bar.Label, MostLetters);
            var half = LetterWidth * letters / 2;
            if (middle - half < free || middle + half > Width)
                continue;
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{middle:0.#}\" y=\"{Bottom + 19}\">{Html.Isolate(bar.Label, Html.Escape(text))}</text>"
            );
            free = middle + half + LetterWidth / 2;
        }
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<path class=\"axis\" d=\"M{Left} {Y(0):0.##}H{Right}\"/><text x=\"{(Left + Right) / 2}\" y=\"{Bottom + 38}\">{Html.Escape(ShortLabel.Of(figure.X, MostOfAxis).Text)}</text>"
        );
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"name\" x=\"2\" y=\"14\">{Html.Escape(scale.Title)}</text>");
        return new Html(svg.Append("</svg>").ToString());
    }
}

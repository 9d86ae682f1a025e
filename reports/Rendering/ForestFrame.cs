using System.Globalization;
using System.Text;

namespace Sat.Reports.Rendering;

/// <summary>What pictures with a row for each value and an axis below have in common.</summary>
internal static class ForestFrame
{
    public const int Top = 8,
        Left = 12,
        Right = 408,
        Pitch = 46;

    private const int Width = 420,
        MostLetters = 52;

    /// <summary>Where a value stands.</summary>
    public static double X(ChartScale scale, double value) => Left + (value - scale.Low) / (scale.High - scale.Low) * (Right - Left);

    /// <summary>Begins the picture: title, what lies below the rows, grid and axis.</summary>
    /// <param name="svg">Receives it.</param>
    /// <param name="id">Of its title.</param>
    /// <param name="label">Its text alternative.</param>
    /// <param name="scale">The axis.</param>
    /// <param name="bottom">Where the rows end.</param>
    /// <param name="below">Markup that lies below the grid; empty: none.</param>
    /// <param name="zero">True to draw a line at zero.</param>
    public static void Begin(StringBuilder svg, string id, string label, ChartScale scale, int bottom, string below = "", bool zero = false)
    {
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg class=\"chart forest\" viewBox=\"0 0 {Width} {bottom + 46}\" role=\"img\" aria-labelledby=\"{id}\"><title id=\"{id}\">{Html.Escape(label)}</title>{below}"
        );
        foreach (var level in scale.Levels())
        {
            var x = X(scale, level);
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"gridline\" d=\"M{x:0.#} {Top}V{bottom}\"/>");
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{Math.Clamp(x, 18, 402):0.#}\" y=\"{bottom + 19}\">{scale.Text(level)}</text>"
            );
        }
        var middle = zero ? string.Create(CultureInfo.InvariantCulture, $"M{X(scale, 0):0.#} {Top}V{bottom}") : "";
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<path class=\"axis\" d=\"M{Left} {bottom}H{Right}{middle}\"/><text x=\"{(Left + Right) / 2}\" y=\"{bottom + 38}\">{Html.Escape(scale.Title)}</text>"
        );
    }

    /// <summary>Writes a row's name above it.</summary>
    public static void Name(StringBuilder svg, string name, int top) =>
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text class=\"name\" x=\"{Left}\" y=\"{top + 14}\">{Html.Isolate(name, Html.Escape(ShortLabel.Of(name, MostLetters).Text))}</text>"
        );
}

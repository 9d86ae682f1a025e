using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Sat.Reports.Rendering;

/// <summary>A line of a chart: a mean over seeds and each seed's own.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Color">Number of its colour, 1 to 5: the style sheet's <c>--series-N</c>.</param>
/// <param name="Style">How its mean is dashed, so that colour is not the only difference.</param>
/// <param name="Mean">Epoch and value.</param>
/// <param name="Seeds">The same of each seed; empty for one seed.</param>
internal sealed record ChartLine(
    string Name, int Color, LineStyle Style, IReadOnlyList<DataPoint> Mean, IReadOnlyList<IReadOnlyList<DataPoint>> Seeds);

/// <summary>Draws percentages over epochs as inline SVG that takes its colours from the page's style sheet.</summary>
internal static partial class LineChart
{
    private const int Width = 420;
    private const int Height = 270;
    private const int MostPoints = 120;

    private static readonly OxyColor Ink = OxyColor.FromRgb(1, 1, 1);
    private static readonly OxyColor Grid = OxyColor.FromRgb(1, 1, 2);
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <param name="id">Makes the ids within it unlike those of any other chart of the page.</param>
    /// <param name="label">What it shows, in a sentence: its text alternative.</param>
    /// <param name="lines">What is drawn, first below.</param>
    public static Html Draw(string id, string label, IReadOnlyList<ChartLine> lines)
    {
        var last = lines.SelectMany(l => l.Seeds.Append(l.Mean)).SelectMany(p => p).Select(p => p.X).DefaultIfEmpty(1).Max();
        var plot = new PlotModel
        {
            Culture = CultureInfo.InvariantCulture,
            DefaultFont = "sans-serif",
            DefaultFontSize = 13,
            TextColor = Ink,
            PlotAreaBorderThickness = new OxyThickness(0, 0, 0, 1),
            PlotAreaBorderColor = Ink,
            Padding = new OxyThickness(14, 8, 14, 4),
        };
        plot.Axes.Add(new LinearAxis
        {
            Position = AxisPosition.Left,
            Minimum = 0,
            Maximum = 100,
            MajorStep = 25,
            MinorTickSize = 0,
            MajorTickSize = 0,
            MajorGridlineStyle = LineStyle.Solid,
            MajorGridlineColor = Grid,
            LabelFormatter = v => v.ToString("0", CultureInfo.InvariantCulture) + "\u00A0%",
        });
        plot.Axes.Add(new LinearAxis
        {
            Position = AxisPosition.Bottom,
            Minimum = 0,
            Maximum = Math.Max(1, last),
            MinimumMajorStep = 1,
            MinorTickSize = 0,
            MajorTickSize = 4,
            TicklineColor = Ink,
            Title = "epoch",
        });
        foreach (var line in lines)
        {
            foreach (var seed in line.Seeds)
                plot.Series.Add(Series(line.Color, LineStyle.Solid, thickness: 1, alpha: 80, seed));
        }
        foreach (var line in lines)
            plot.Series.Add(Series(line.Color, line.Style, thickness: 2.4, alpha: 255, line.Mean));
        var text = new SvgExporter { Width = Width, Height = Height, IsDocument = false }.ExportToString(plot);
        return new Html(Dress(XElement.Parse(text), id, label).ToString(SaveOptions.DisableFormatting));
    }

    private static LineSeries Series(int color, LineStyle style, double thickness, byte alpha, IReadOnlyList<DataPoint> points)
    {
        var series = new LineSeries
        {
            Color = OxyColor.FromArgb(alpha, 2, 1, (byte)color),
            LineStyle = style,
            Dashes = Dashes(style),
            StrokeThickness = thickness,
            LineJoin = LineJoin.Round,
            MarkerType = points.Count == 1 ? MarkerType.Circle : MarkerType.None,
            MarkerSize = 3,
            MarkerFill = OxyColor.FromArgb(alpha, 2, 1, (byte)color),
        };
        series.Points.AddRange(Thin(points));
        return series;
    }

    /// <summary>Lengths of strokes and gaps; null for a solid line.</summary>
    public static double[]? Dashes(LineStyle style) => style switch
    {
        LineStyle.Dash => [10, 5],
        LineStyle.Dot => [2.5, 4],
        _ => null,
    };

    private static IEnumerable<DataPoint> Thin(IReadOnlyList<DataPoint> points)
    {
        var step = Math.Max(1, (points.Count + MostPoints - 1) / MostPoints);
        return points.Where((_, i) => i % step == 0 || i == points.Count - 1);
    }

    /// <summary>No fixed size, no ids that repeat, no colours of its own, and a text alternative.</summary>
    private static XElement Dress(XElement svg, string id, string label)
    {
        svg.SetAttributeValue("width", null);
        svg.SetAttributeValue("height", null);
        svg.SetAttributeValue("version", null);
        svg.Attributes().Where(a => a.IsNamespaceDeclaration && a.Name.LocalName == "xlink").Remove();
        svg.SetAttributeValue("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {Width} {Height}"));
        svg.SetAttributeValue("class", "chart");
        svg.SetAttributeValue("role", "img");
        svg.SetAttributeValue("aria-labelledby", id);
        foreach (var element in svg.Descendants().ToArray())
        {
            foreach (var attribute in element.Attributes().ToArray())
            {
                var value = Round(attribute.Value);
                if (attribute.Name == "id")
                    value = $"{id}-{value}";
                value = value.Replace("url(#", $"url(#{id}-", StringComparison.Ordinal);
                attribute.Value = attribute.Name == "style" ? Colors(value) : value;
            }
            if (element.Name.LocalName == "text")
            {
                // Font and colour are the page's.
                foreach (var name in new[] { "fill", "font-family", "font-weight" })
                    element.SetAttributeValue(name, null);
            }
        }
        svg.AddFirst(new XElement(Svg + "title", new XAttribute("id", id), label));
        return svg;
    }

    private static string Colors(string style) => SeriesColor().Replace(style, "var(--series-${n})")
        .Replace("rgb(1,1,1)", "var(--muted)", StringComparison.Ordinal)
        .Replace("rgb(1,1,2)", "var(--grid)", StringComparison.Ordinal);

    private static string Round(string text) =>
        LongNumber().Replace(text, m => Math.Round(double.Parse(m.Value, CultureInfo.InvariantCulture), 2).ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex(@"rgb\(2,1,(?<n>\d+)\)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SeriesColor();

    [GeneratedRegex(@"\d+\.\d{3,}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LongNumber();
}

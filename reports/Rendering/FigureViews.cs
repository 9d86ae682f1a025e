using System.Globalization;
using System.Text;
using Sat.Records.Figures;
using Sat.Reports.Results;
using Sat.Reports.Text;

namespace Sat.Reports.Rendering;

/// <summary>What methods and evaluations show of their runs, one group for each figure, its charts on one scale.</summary>
internal static class FigureViews
{
    private const int MostCells = 24;
    private const int MostOfAxis = 50;

    /// <param name="anchor">Of the setting; ids begin with it.</param>
    /// <param name="cells">Its cells.</param>
    public static IEnumerable<FigureGroupView> Draw(string anchor, IReadOnlyList<CellResult> cells)
    {
        var figures = cells.SelectMany(c => c.Figures ?? [], (Cell, Own) => (Cell, Own));
        foreach (var (group, i) in figures.GroupBy(f => (f.Own.Name, Kind: f.Own.Figure.GetType())).Select((g, i) => (g.ToArray(), i)))
        {
            var shown = group.Take(MostCells).ToArray();
            var scales = Scales([.. shown.Select(f => f.Own.Figure)]);
            var notes = group.Select(f => f.Own.Figure.Note).Distinct().ToArray() is [{ Length: > 0 } note] ? note.TrimEnd() + " " : "";
            var others = group.Length > shown.Length ? $" The other {group.Length - shown.Length} are in results.json." : "";
            yield return new FigureGroupView(
                group[0].Own.Figure.Title,
                $"{notes}Drawn by the method or the evaluation itself, of the first finished seed of each cell.{others}",
                [.. shown.Select((f, j) => View(FormattableString.Invariant($"{anchor}-figure-{i + 1}-{j + 1}"), f.Cell, f.Own, scales))]
            );
        }
    }

    private static FigureView View(string id, CellResult cell, CellFigure own, (ChartAxis? Axis, ChartScale? Scale) scales)
    {
        var title = $"{cell.Method} {NoiseWords.Under(cell.Noise)}, seed {own.Seed.ToString(CultureInfo.InvariantCulture)}";
        var label = $"{own.Figure.Title}, {title}.";
        return own.Figure switch
        {
            LineFigure lines => new FigureView(title, Lines(id, title, label, lines, scales.Axis!, scales.Scale!), null, null),
            BarFigure bars => new FigureView(title, Bars(id, title, label, bars, scales.Scale!), null, null),
            MatrixFigure matrix => new FigureView(title, null, Matrix(title, matrix), null),
            TableFigure table => new FigureView(title, null, null, new TableView(table.Columns, table.Rows)),
            _ => throw new NotSupportedException($"a figure of the kind {own.Figure.GetType().Name} cannot be drawn"),
        };
    }

    private static (ChartAxis? Axis, ChartScale? Scale) Scales(IReadOnlyList<Figure> figures)
    {
        switch (figures[0])
        {
            case LineFigure first:
                var lines = figures.Cast<LineFigure>().SelectMany(f => f.Lines).ToArray();
                var across = ChartScale.Around(Axis(first.X), lines.SelectMany(l => l.X));
                return (
                    new ChartAxis(across.Title, across.Low, across.High, across.Step),
                    ChartScale.Around(Axis(first.Y), lines.SelectMany(l => l.Y))
                );
            case BarFigure first:
                return (
                    null,
                    ChartScale.Around(Axis(first.Y), figures.Cast<BarFigure>().SelectMany(f => f.Bars.Select(b => b.Value)).Append(0))
                );
            default:
                return (null, null);
        }
    }

    private static string Axis(string title) => ShortLabel.Of(title, MostOfAxis).Text;

    private static ChartView Lines(string id, string title, string label, LineFigure figure, ChartAxis axis, ChartScale scale) =>
        ChartView.From(
            id,
            title,
            label,
            axis,
            scale,
            [
                .. figure.Lines.Select(
                    (line, i) =>
                    {
                        var (color, dash) = ChartLine.Look(i);
                        ChartPoint[] points = [.. line.X.Zip(line.Y, (x, y) => new ChartPoint(x, y)).OrderBy(p => p.X)];
                        return new ChartLine(line.Name, color, dash, points, SpreadMark.None, []);
                    }
                ),
            ],
            []
        );

    private static ChartView Bars(string id, string title, string label, BarFigure figure, ChartScale scale) =>
        new(
            title,
            BarSvg.Draw(id, label, figure, scale),
            [],
            [figure.X, figure.Y],
            [.. figure.Bars.Select(b => (IReadOnlyList<string>)[b.Label, Format.Plain(b.Value)])],
            ""
        );

    private static HeatView Matrix(string title, MatrixFigure figure)
    {
        var (low, high) = (figure.Values.Min(r => r.Min()), figure.Values.Max(r => r.Max()));
        int Heat(double value) => high > low ? (int)Math.Round(100 * (value - low) / (high - low)) : 0;
        return new HeatView(
            title,
            $"From {Format.Plain(low)} to {Format.Plain(high)}; the larger, the darker. Rows: {figure.Down}. Columns: {figure.Across}.",
            "",
            figure.Columns,
            [.. figure.Rows.Select((row, i) => new ConfusionRowView(row, Row(figure.Values[i], Heat)))]
        );
    }

    private static Html Row(IReadOnlyList<double> values, Func<double, int> heat)
    {
        var cells = new StringBuilder();
        foreach (var value in values)
            cells.Append(CultureInfo.InvariantCulture, $"<td style=\"--v:{heat(value)}\">{Format.Short(value)}</td>");
        return new Html(cells.ToString());
    }
}

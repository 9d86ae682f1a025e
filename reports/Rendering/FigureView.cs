namespace Sat.Reports.Rendering;

/// <summary>A figure of a component's own: a chart, a matrix or a table.</summary>
internal sealed record FigureView(string Title, ChartView? Chart, HeatView? Matrix, TableView? Table);

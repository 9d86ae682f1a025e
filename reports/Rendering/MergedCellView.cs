namespace Sat.Reports.Rendering;

/// <summary>A cell.</summary>
internal sealed record MergedCellView(string Title, string Summary, string Metric, Html Svg, IReadOnlyList<MergedRowView> Rows);

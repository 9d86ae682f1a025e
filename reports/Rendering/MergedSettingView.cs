namespace Sat.Reports.Rendering;

/// <summary>Cells of one setting.</summary>
internal sealed record MergedSettingView(string Anchor, string Title, IReadOnlyList<MergedCellView> Cells);

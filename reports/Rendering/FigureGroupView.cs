namespace Sat.Reports.Rendering;

/// <summary>One figure of each of some cells.</summary>
internal sealed record FigureGroupView(string Title, string Note, IReadOnlyList<FigureView> Figures);

namespace Sat.Records.Figures;

/// <summary>A bar of a figure.</summary>
/// <param name="Label">Below it.</param>
/// <param name="Value">How high it is; finite.</param>
public sealed record FigureBar(string Label, double Value);

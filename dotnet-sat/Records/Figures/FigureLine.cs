namespace Sat.Records.Figures;

/// <summary>A line of a figure.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="X">Places on the horizontal axis; finite.</param>
/// <param name="Y">A value for each place; finite.</param>
public sealed record FigureLine(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y);

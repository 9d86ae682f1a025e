namespace Sat.Reports.Rendering;

/// <summary>A vertical line across a chart, where something begins.</summary>
/// <param name="At">Where it stands on the horizontal axis.</param>
/// <param name="Text">What begins there.</param>
internal sealed record ChartRule(double At, string Text);

namespace Sat.Records.Metrics;

/// <summary>A metric that is one point of a curve: the metrics of one curve are drawn as a line, and stand in one table.</summary>
/// <param name="Curve">What the curve shows, such as <c>error among the covered samples</c>.</param>
/// <param name="At">Where on the horizontal axis.</param>
/// <param name="Axis">What that axis measures, with its unit: <c>coverage (%)</c>.</param>
public sealed record MetricPoint(string Curve, double At, string Axis);

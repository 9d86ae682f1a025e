namespace Sat.Reports.Rendering;

/// <summary>A point of a line: a mean, and how far the seeds behind it spread.</summary>
/// <param name="X">Where it stands on the horizontal axis.</param>
/// <param name="Y">How high, on the scale of its chart.</param>
/// <param name="Low">Lower end of the spread; equal to <paramref name="Y"/> without one.</param>
/// <param name="High">Upper end of the spread.</param>
internal readonly record struct ChartPoint(double X, double Y, double Low, double High)
{
    public ChartPoint(double x, double y)
        : this(x, y, y, y) { }
}

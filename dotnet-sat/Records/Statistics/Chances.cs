namespace Sat.Records.Statistics;

/// <summary>How likely a comparison is to end in a verdict, each in [0, 1].</summary>
/// <param name="Equivalent">That the 90 % interval will lie within the margin.</param>
/// <param name="Different">That the 95 % interval will exclude zero, and the difference exceed the margin.</param>
public sealed record Chances(double Equivalent, double Different)
{
    /// <summary>The power that is asked for unless told otherwise.</summary>
    public const double Wanted = 0.8;

    /// <summary>That one of the two will be said.</summary>
    public double Decided => Equivalent + Different;
}

using Sat.Records.Statistics;

namespace Sat.Reports.Comparison;

/// <summary>What can be said of a difference from a published value. Differences are fractions.</summary>
public sealed record DifferenceResult
{
    /// <summary>What the standard error is made of.</summary>
    public required DifferenceMethod Method { get; init; }

    /// <summary>The largest difference that does not matter.</summary>
    public required double Margin { get; init; }

    /// <summary>Standard error of the difference; null: nothing is known of the scatter.</summary>
    public double? StandardError { get; init; }

    /// <summary>Its degrees of freedom.</summary>
    public double? Freedom { get; init; }

    /// <summary>Half of the 90 % interval, by which equivalence is judged.</summary>
    public double? Half90 { get; init; }

    /// <summary>Half of the 95 % interval, by which a difference is judged.</summary>
    public double? Half95 { get; init; }

    /// <summary>The p value of a difference beyond the margin.</summary>
    public double? EquivalenceP { get; init; }

    /// <summary>The p value of no difference.</summary>
    public double? DifferenceP { get; init; }

    /// <summary><see cref="EquivalenceP"/>, corrected for all verdicts of the report; null: it is none of them.</summary>
    public double? AdjustedEquivalenceP { get; init; }

    /// <summary><see cref="DifferenceP"/>, corrected likewise.</summary>
    public double? AdjustedDifferenceP { get; init; }

    /// <summary>How many seeds would decide it with a power of 80 %, if the true difference is the measured one; null: it is decided, or
    /// no number within reach would.</summary>
    public int? SeedsNeeded { get; init; }

    /// <summary>Hours of those that are missing, at the speed of the finished ones; null: not known.</summary>
    public double? HoursNeeded { get; init; }

    /// <summary>All that is known of a difference, but of the family that it belongs to. Where a look spends a part of the error rate
    /// only, intervals are wider, and p values are to be held against the whole rate.</summary>
    /// <param name="difference">The difference.</param>
    /// <param name="margin">The largest one that does not matter.</param>
    /// <param name="share">The part of the error rate that may be spent, in (0, 1].</param>
    public static DifferenceResult From(MeanDifference difference, double margin, double share = 1)
    {
        double? Spent(double? p) => p is { } value ? Math.Min(1, value / share) : null;
        return new()
        {
            Method = difference.Method,
            Margin = margin,
            StandardError = difference.StandardError,
            Freedom = difference.Freedom,
            Half90 = difference.HalfInterval(1 - share * (1 - VerdictPower.EquivalenceConfidence)),
            Half95 = difference.HalfInterval(1 - share * (1 - PairedInterval.Confidence)),
            EquivalenceP = Spent(difference.EquivalenceP(margin)),
            DifferenceP = Spent(difference.DifferenceP),
        };
    }
}

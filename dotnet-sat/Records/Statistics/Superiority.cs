namespace Sat.Records.Statistics;

/// <summary>How often the first of a pair is above the second: the share of pairs, half for ties.</summary>
/// <param name="Above">Pairs in which it is.</param>
/// <param name="Equal">Pairs that are equal.</param>
/// <param name="Below">Pairs in which it is not.</param>
public sealed record Superiority(int Above, int Equal, int Below)
{
    /// <summary>The share, in [0, 1].</summary>
    public double Probability => (Above + Equal / 2.0) / (Above + Equal + Below);

    /// <summary>Clopper and Pearson's interval of the probability (1934); null where pairs are equal, which it does not know.</summary>
    /// <param name="confidence">In (0, 1).</param>
    public (double Low, double High)? Interval(double confidence = PairedInterval.Confidence)
    {
        if (Equal > 0 || Above + Below == 0)
            return null;
        var tail = (1 - confidence) / 2;
        return (Above == 0 ? 0 : Beta.Quantile(tail, Above, Below + 1), Below == 0 ? 1 : Beta.Quantile(1 - tail, Above + 1, Below));
    }

    /// <summary>Counts differences, the first less the second; those within a bound are equal.</summary>
    public static Superiority From(IReadOnlyCollection<double> differences, double bound = 0) =>
        new(differences.Count(d => d > bound), differences.Count(d => Math.Abs(d) <= bound), differences.Count(d => d < -bound));
}

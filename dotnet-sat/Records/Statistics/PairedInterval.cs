namespace Sat.Records.Statistics;

/// <summary>
/// The mean of differences, pair by pair, with Student's confidence interval: mean ± t(n - 1) s / sqrt(n), the pairs taken as independent.
/// The one statistic by which the tool says how far two methods are apart: over seeds, in reports and in <c>runs compare</c>.
/// </summary>
/// <param name="Pairs">How many pairs, at least 1.</param>
/// <param name="Difference">Mean of second minus first.</param>
/// <param name="Low">Lower end of the interval; null for one pair, or pairs that all differ by the same: neither says anything about the
/// spread.</param>
/// <param name="High">Its upper end.</param>
public sealed record PairedInterval(int Pairs, double Difference, double? Low, double? High)
{
    /// <summary>How sure intervals are unless told otherwise.</summary>
    public const double Confidence = 0.95;

    /// <summary>The two-sided p value of no difference; null: there is no interval.</summary>
    public double? P { get; init; }

    /// <summary>In how many pairs the second is above the first.</summary>
    public Superiority? Ahead { get; init; }

    /// <summary>True if all of the interval is on one side of zero, false if zero lies within; null: there is no interval.</summary>
    public bool? ExcludesZero => Low is { } low && High is { } high ? low > 0 || high < 0 : null;

    /// <summary>Over pairs.</summary>
    /// <param name="values">First and second of each, at least one pair.</param>
    /// <param name="confidence">In (0, 1).</param>
    public static PairedInterval From(IReadOnlyList<(double First, double Second)> values, double confidence = Confidence)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfZero(values.Count);
        var scale = values.Max(v => Math.Max(Math.Abs(v.First), Math.Abs(v.Second)));
        double[] differences = [.. values.Select(v => v.Second - v.First).Where(double.IsFinite)];
        var mean = MeanDifference.Paired(differences, scale);
        var half = mean.HalfInterval(confidence);
        return new PairedInterval(differences.Length, mean.Value, mean.Value - half, mean.Value + half)
        {
            P = mean.DifferenceP,
            Ahead = Superiority.From(differences, MeanDifference.NoScatter * scale),
        };
    }

    /// <summary>Over pairs, by the part of the error rate that a look may spend: a wider interval, and a p value to be held against the
    /// whole rate.</summary>
    /// <param name="values">First and second of each, at least one pair.</param>
    /// <param name="looks">The planned looks; null: this is the only one.</param>
    public static PairedInterval From(IReadOnlyList<(double First, double Second)> values, SeedLooks? looks)
    {
        ArgumentNullException.ThrowIfNull(values);
        var share = looks?.Share(values.Count) ?? 1;
        var paired = From(values, 1 - share * (1 - Confidence));
        return paired with { P = paired.P is { } p ? Math.Min(1, p / share) : null };
    }
}

namespace Sat.Records.Statistics;

/// <summary>
/// The mean of differences, pair by pair, with Student's confidence interval: mean ± t(n - 1) s / sqrt(n), the pairs taken as independent.
/// The one statistic by which the tool says how far two methods are apart: over seeds, in reports and in <c>runs compare</c>.
/// </summary>
/// <param name="Pairs">How many pairs, at least 1.</param>
/// <param name="Difference">Mean of second minus first.</param>
/// <param name="Low">Lower end of the interval; null for one pair, which says nothing about the spread.</param>
/// <param name="High">Its upper end.</param>
public sealed record PairedInterval(int Pairs, double Difference, double? Low, double? High)
{
    /// <summary>How sure intervals are unless told otherwise.</summary>
    public const double Confidence = 0.95;

    /// <summary>True if all of the interval is on one side of zero, false if zero lies within; null: one pair says nothing.</summary>
    public bool? ExcludesZero => Low is { } low && High is { } high ? low > 0 || high < 0 : null;

    /// <summary>Over pairs.</summary>
    /// <param name="values">First and second of each, at least one pair.</param>
    /// <param name="confidence">In (0, 1).</param>
    public static PairedInterval From(IReadOnlyList<(double First, double Second)> values, double confidence = Confidence)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfZero(values.Count);
        var differences = Statistic.From(values.Select(v => v.Second - v.First))
            ?? throw new ArgumentException("no pair is finite", nameof(values));
        return new PairedInterval(
            differences.Seeds,
            differences.Mean,
            differences.Mean - differences.HalfInterval(confidence),
            differences.Mean + differences.HalfInterval(confidence)
        );
    }
}

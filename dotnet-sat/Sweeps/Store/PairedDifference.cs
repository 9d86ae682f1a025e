using Sat.Records.Statistics;

namespace Sat.Sweeps.Store;

/// <summary>Differences of a metric over the seeds of one setting.</summary>
/// <param name="Setting">What the pairs have in common and other groups have not, such as <c>noise.rate=0.4</c>.</param>
/// <param name="Pairs">How many pairs.</param>
/// <param name="First">Mean of the first side.</param>
/// <param name="Second">Mean of the second side.</param>
/// <param name="Difference">Mean of second minus first.</param>
/// <param name="Low">Lower end of the confidence interval of the mean difference; null for one pair.</param>
/// <param name="High">Its upper end.</param>
public sealed record PairedDifference(string Setting, int Pairs, double First, double Second, double Difference, double? Low, double? High)
{
    /// <summary>The mean difference and its <see cref="PairedInterval"/>.</summary>
    /// <param name="setting">What they have in common.</param>
    /// <param name="values">First and second of each pair, at least one pair.</param>
    /// <param name="confidence">In (0, 1), such as 0.95.</param>
    public static PairedDifference From(string setting, IReadOnlyList<(double First, double Second)> values, double confidence)
    {
        ArgumentNullException.ThrowIfNull(values);
        var interval = PairedInterval.From(values, confidence);
        return new PairedDifference(
            setting,
            interval.Pairs,
            values.Average(v => v.First),
            values.Average(v => v.Second),
            interval.Difference,
            interval.Low,
            interval.High
        );
    }
}

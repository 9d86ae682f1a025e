namespace Sat.Records.Statistics;

/// <summary>Mean and spread of a metric over seeds.</summary>
/// <param name="Mean">Mean.</param>
/// <param name="Deviation">Sample standard deviation (n - 1); null for one seed.</param>
/// <param name="Seeds">Seeds that it is over.</param>
public sealed record Statistic(double Mean, double? Deviation, int Seeds)
{
    /// <summary>Standard error of the mean; null for one seed.</summary>
    public double? StandardError() => Deviation / Math.Sqrt(Seeds);

    /// <summary>Half of Student's interval of the mean; null for one seed.</summary>
    /// <param name="confidence">In (0, 1).</param>
    public double? HalfInterval(double confidence = PairedInterval.Confidence) =>
        Seeds < 2 ? null : StudentT.TwoSided(confidence, Seeds - 1) * StandardError();

    /// <summary>Over the finite ones of some values; null when there is none.</summary>
    public static Statistic? From(IEnumerable<double> values)
    {
        var finite = values.Where(double.IsFinite).ToArray();
        if (finite.Length == 0)
            return null;
        var mean = finite.Sum() / finite.Length;
        double? deviation = finite.Length < 2 ? null : Math.Sqrt(finite.Sum(v => (v - mean) * (v - mean)) / (finite.Length - 1));
        return new Statistic(mean, deviation, finite.Length);
    }
}

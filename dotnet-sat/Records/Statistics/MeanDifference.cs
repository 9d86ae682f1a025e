namespace Sat.Records.Statistics;

/// <summary>A difference of two means, with what is known of its error.</summary>
/// <param name="Value">The difference.</param>
/// <param name="Method">What the standard error is made of.</param>
/// <param name="StandardError">Standard error; null: not known, or none.</param>
/// <param name="Freedom">Its degrees of freedom; null: as the standard error.</param>
public sealed record MeanDifference(double Value, DifferenceMethod Method, double? StandardError, double? Freedom)
{
    /// <summary>Scatter below this share of the values is what is left of subtracting equal numbers.</summary>
    internal const double NoScatter = 1e-12;

    /// <summary>Our mean less a published one.</summary>
    /// <param name="ours">Ours.</param>
    /// <param name="published">The published mean, in the same unit.</param>
    /// <param name="deviation">Its sample standard deviation; null: not stated. Used with its trials alone.</param>
    /// <param name="trials">How many runs it is the mean of; null: not stated.</param>
    public static MeanDifference From(Statistic ours, double published, double? deviation, int? trials)
    {
        ArgumentNullException.ThrowIfNull(ours);
        var value = ours.Mean - published;
        var scale = Math.Max(Math.Abs(ours.Mean), Math.Abs(published));
        return (ours.Deviation, deviation, trials) switch
        {
            ({ } s, { } sd, >= 2 and var n) => Welch(value, s * s / ours.Seeds, ours.Seeds - 1, sd * sd / n, n - 1, scale),
            ({ } s, _, _) => Of(value, DifferenceMethod.Prediction, s * Math.Sqrt(1 + 1.0 / ours.Seeds), ours.Seeds - 1, scale),
            (null, { } sd, >= 2 and var n) => Of(value, DifferenceMethod.Single, sd * Math.Sqrt(1 + 1.0 / n), n - 1, scale),
            _ => new MeanDifference(value, DifferenceMethod.None, null, null),
        };
    }

    /// <summary>The mean of differences, pair by pair.</summary>
    /// <param name="differences">At least one that is finite.</param>
    /// <param name="scale">The largest of the values that were subtracted.</param>
    public static MeanDifference Paired(IEnumerable<double> differences, double scale)
    {
        var statistic = Statistic.From(differences) ?? throw new ArgumentException("no difference is finite", nameof(differences));
        return statistic.StandardError() is { } error
            ? Of(statistic.Mean, DifferenceMethod.Paired, error, statistic.Seeds - 1, scale)
            : new MeanDifference(statistic.Mean, DifferenceMethod.None, null, null);
    }

    /// <summary>Half of Student's interval; null: there is none.</summary>
    /// <param name="confidence">In (0, 1).</param>
    public double? HalfInterval(double confidence) =>
        StandardError is { } error && Freedom is { } freedom ? error * StudentT.TwoSided(confidence, freedom) : null;

    /// <summary>The two-sided p value of no difference; null: no standard error.</summary>
    public double? DifferenceP => StandardError is { } error ? 2 * StudentT.Above(Math.Abs(Value) / error, Freedom!.Value) : null;

    /// <summary>The p value of a difference beyond a margin, in either direction: the larger of two one-sided tests (Schuirmann, 1987).
    /// Null: no standard error.</summary>
    /// <param name="margin">In the values' unit, above 0.</param>
    public double? EquivalenceP(double margin) =>
        StandardError is { } error ? StudentT.Above((margin - Math.Abs(Value)) / error, Freedom!.Value) : null;

    /// <summary>Welch's standard error, with Satterthwaite's degrees of freedom (Welch, 1947).</summary>
    private static MeanDifference Welch(double value, double ours, int ourFreedom, double published, int publishedFreedom, double scale)
    {
        var sum = ours + published;
        var freedom = sum * sum / (ours * ours / ourFreedom + published * published / publishedFreedom);
        return Of(value, DifferenceMethod.Welch, Math.Sqrt(sum), freedom, scale);
    }

    private static MeanDifference Of(double value, DifferenceMethod method, double error, double freedom, double scale) =>
        error <= NoScatter * scale
            ? new MeanDifference(value, DifferenceMethod.None, null, null)
            : new MeanDifference(value, method, error, freedom);
}

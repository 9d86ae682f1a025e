namespace Sat.Records.Plans;

/// <summary>
/// A claim that a study makes on its own outcome, checked for each seed: the metric of the runs that <see cref="Where"/>
/// selects is at least <see cref="AtLeast"/>, or above that of the run which differs only by <see cref="Above"/>.
/// </summary>
public sealed record Expectation
{
    /// <summary>A metric after the last epoch; see <see cref="Metrics.MetricNames"/>.</summary>
    public required string Metric { get; init; }

    /// <summary>Setting (<c>method.id</c>, <c>noise.rate</c>) to its value as text; a run is meant when all agree.</summary>
    public required IReadOnlyDictionary<string, string> Where { get; init; }

    /// <summary>The least value; a fraction in [0, 1] for accuracies.</summary>
    public double? AtLeast { get; init; }

    /// <summary>Settings of the run to beat, that replace those of <see cref="Where"/>; same seed.</summary>
    public IReadOnlyDictionary<string, string>? Above { get; init; }

    /// <summary>Why the study expects it; null: it does not say.</summary>
    public string? Because { get; init; }
}

namespace Sat.Sdk;

/// <summary>A method with metrics of its own.</summary>
public interface IMethodMetrics
{
    /// <summary>
    /// Metric to value at an epoch's end; names in kebab-case, at most 64 characters, the same at every epoch, and none of
    /// <see cref="Records.Metrics.MetricNames"/>. A value that is not finite is left out, and the run's record says so. Their titles, units
    /// and directions are declared in <see cref="ComponentDetails.Metrics"/>.
    /// </summary>
    IReadOnlyDictionary<string, double> Metrics();
}

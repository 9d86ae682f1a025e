namespace Sat.Records.Runs;

/// <summary>A row of <c>metrics.jsonl</c>: what an epoch gave. Deterministic: no times, no machine.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="Values">Metric to value; see <see cref="Metrics.MetricNames"/>, and the method's own.</param>
public sealed record MetricsRow(int Epoch, IReadOnlyDictionary<string, double> Values);

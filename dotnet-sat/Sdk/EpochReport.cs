using Sat.Records.Runs;

namespace Sat.Sdk;

/// <summary>An epoch that ended.</summary>
/// <param name="Metrics">What was measured; null: the epoch was not evaluated.</param>
/// <param name="Telemetry">What it cost.</param>
public sealed record EpochReport(MetricsRow? Metrics, TelemetryRow Telemetry);

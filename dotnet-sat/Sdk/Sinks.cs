using Sat.Records.Runs;

namespace Sat.Sdk;

/// <summary>How far training is within an epoch.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="Step">Steps made, over all epochs.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="ImagesPerSecond">Training samples a second since the epoch began.</param>
public sealed record RunProgress(int Epoch, long Step, long Steps, double ImagesPerSecond);

/// <summary>An epoch that ended.</summary>
/// <param name="Metrics">What was measured; null: the epoch was not evaluated.</param>
/// <param name="Telemetry">What it cost.</param>
public sealed record EpochReport(MetricsRow? Metrics, TelemetryRow Telemetry);

/// <summary>Receives what a run measures while it trains. The tool's own write <c>metrics.jsonl</c>, <c>telemetry.jsonl</c>,
/// <c>events.jsonl</c> and a TensorBoard file.</summary>
public interface IRunSink : IDisposable
{
    /// <summary>Steps were made; called at most about once a second.</summary>
    void Progress(RunProgress progress) { }

    /// <summary>An epoch ended. A run that resumes from a checkpoint may report an epoch a second time, with the same metrics.</summary>
    void EpochEnded(EpochReport epoch);
}

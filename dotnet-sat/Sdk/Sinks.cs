using Sat.Records.Runs;
using Sat.Records.Specs;

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

/// <summary>The run that a sink is made for.</summary>
/// <param name="Id">The run's id, 64 hexadecimal digits.</param>
/// <param name="Spec">What decides its result.</param>
/// <param name="Folder">Its folder, an absolute path, for files of the sink's own; their names must be none of the tool's.</param>
/// <param name="EpochsDone">Epochs that ended before; above 0 where the run goes on from a checkpoint.</param>
public sealed record SinkContext(string Id, RunSpec Spec, string Folder, int EpochsDone);

/// <summary>Receives what a run measures while it trains. The tool's own write <c>metrics.jsonl</c>, <c>telemetry.jsonl</c>,
/// <c>events.jsonl</c> and a TensorBoard file. One that a plugin brings is a witness: what it throws is a warning of the run, which goes on
/// without it. It is called from the thread that trains, one call at a time, and must not change tensors or draw random numbers.</summary>
public interface IRunSink : IDisposable
{
    /// <summary>Steps were made; called at most about once a second.</summary>
    void Progress(RunProgress progress) { }

    /// <summary>An epoch ended. A run that resumes from a checkpoint may report an epoch a second time, with the same metrics.</summary>
    void EpochEnded(EpochReport epoch);

    /// <summary>Training ended, failed or was interrupted. Does nothing unless a sink says otherwise.</summary>
    void IDisposable.Dispose() => GC.SuppressFinalize(this);
}

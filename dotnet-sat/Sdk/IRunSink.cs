namespace Sat.Sdk;

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

using Sat.Records.Runs;
using Sat.Sdk;

namespace Sat.Engine.Sinks;

/// <summary>Several sinks as one, told in their order, as long as the run is this worker's.</summary>
/// <param name="lease">The right to write.</param>
/// <param name="sinks">The sinks; whoever made them disposes them.</param>
public sealed class RunSinks(RunLease lease, params IReadOnlyList<IRunSink> sinks) : IRunSink
{
    /// <inheritdoc/>
    public void Progress(RunProgress progress)
    {
        foreach (var sink in sinks)
            sink.Progress(progress);
    }

    /// <inheritdoc/>
    /// <exception cref="LeaseLostException">Another worker has the run.</exception>
    public void EpochEnded(EpochReport epoch)
    {
        lease.Require();
        foreach (var sink in sinks)
            sink.EpochEnded(epoch);
    }

    /// <inheritdoc/>
    public void Dispose() { }
}

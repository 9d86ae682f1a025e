using Sat.Records.Runs;
using Sat.Sdk;

namespace Sat.Engine.Sinks;

/// <summary>All sinks of a run as one, told in their order, as long as the run is this worker's.</summary>
/// <param name="lease">The right to write.</param>
/// <param name="owned">Those that end with the training, and are disposed with this.</param>
/// <param name="events">Told last; it lives as long as the run.</param>
public sealed class RunSinks(RunLease lease, IReadOnlyList<IRunSink> owned, IRunSink events) : IRunSink
{
    /// <inheritdoc/>
    public void Progress(RunProgress progress)
    {
        foreach (var sink in owned)
            sink.Progress(progress);
        events.Progress(progress);
    }

    /// <inheritdoc/>
    /// <exception cref="LeaseLostException">Another worker has the run.</exception>
    public void EpochEnded(EpochReport epoch)
    {
        lease.Require();
        foreach (var sink in owned)
            sink.EpochEnded(epoch);
        events.EpochEnded(epoch);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var sink in owned)
            sink.Dispose();
    }
}

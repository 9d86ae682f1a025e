using Sat.Records.Plans;
using Sat.Records.Runs;

namespace Sat.Sweeps.Execution;

/// <summary>Tells several listeners, one call at a time, and keeps what they throw.</summary>
public sealed class SafeListener(IReadOnlyList<ISweepListener> listeners) : ISweepListener
{
    private readonly Lock _lock = new();
    private readonly List<Exception> _errors = [];

    /// <summary>What listeners threw.</summary>
    public IReadOnlyList<Exception> Errors
    {
        get
        {
            lock (_lock)
                return [.. _errors];
        }
    }

    /// <inheritdoc/>
    public void RunStarted(PlannedRun run, RunFolder folder, string? device) => Tell(l => l.RunStarted(run, folder, device));

    /// <inheritdoc/>
    public void RunEvent(PlannedRun run, RunEvent progress) => Tell(l => l.RunEvent(run, progress));

    /// <inheritdoc/>
    public void RunPostponed(PlannedRun run, RunRecord record) => Tell(l => l.RunPostponed(run, record));

    /// <inheritdoc/>
    public void RunDamaged(PlannedRun run, string damage) => Tell(l => l.RunDamaged(run, damage));

    /// <inheritdoc/>
    public void RunEnded(PlannedRun run, RunRecord record) => Tell(l => l.RunEnded(run, record));

    /// <inheritdoc/>
    public void RunSkipped(PlannedRun run, SkipReason reason) => Tell(l => l.RunSkipped(run, reason));

    /// <inheritdoc/>
    public void RunsWatched(int runs) => Tell(l => l.RunsWatched(runs));

    private void Tell(Action<ISweepListener> tell)
    {
        lock (_lock)
        {
            foreach (var listener in listeners)
            {
                try
                {
                    tell(listener);
                }
#pragma warning disable CA1031 // Whatever a listener throws, the runs matter more.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    _errors.Add(e);
                }
            }
        }
    }
}

using Sat.Records.Plans;
using Sat.Records.Runs;

namespace Sat.Sweeps.Execution;

/// <summary>Why a run is not started.</summary>
public enum SkipReason
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>It failed before, and is not to be tried again.</summary>
    FailedBefore,

    /// <summary>Another sweep's worker holds it.</summary>
    Elsewhere,
}

/// <summary>Watches a sweep. Calls come one at a time; what a listener throws does not reach the sweep.</summary>
public interface ISweepListener
{
    /// <summary>A worker is about to start.</summary>
    /// <param name="run">The run.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="device">Where it is made; null: there is no other device.</param>
    void RunStarted(PlannedRun run, RunFolder folder, string? device);

    /// <summary>A worker told of its progress.</summary>
    void RunEvent(PlannedRun run, RunEvent progress);

    /// <summary>A run ran out of memory beside others, and will be started again when it can be alone.</summary>
    void RunPostponed(PlannedRun run, RunRecord record);

    /// <summary>What there is of a run is damaged, and the run is made again.</summary>
    /// <param name="run">The run.</param>
    /// <param name="damage">What is damaged: a sentence, or several.</param>
    void RunDamaged(PlannedRun run, string damage);

    /// <summary>A run ended, well or not.</summary>
    void RunEnded(PlannedRun run, RunRecord record);

    /// <summary>A run is not started.</summary>
    void RunSkipped(PlannedRun run, SkipReason reason);

    /// <summary>Nothing is left but runs that others hold, and of some it is not known yet whether their workers live: these are
    /// watched.</summary>
    /// <param name="runs">How many.</param>
    void RunsWatched(int runs);
}

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

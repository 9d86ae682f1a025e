using Sat.Records.Plans;
using Sat.Records.Runs;

namespace Sat.Sweeps.Execution;

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

using Sat.Records;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Sweeps.Execution;

namespace Sat.Tool.Sweeping;

/// <summary>Gathers what workers warn of, each sentence once, without those that planning gave already.</summary>
internal sealed class RunWarnings(Plan plan) : ISweepListener
{
    private readonly Dictionary<string, int> _counts = [];

    /// <summary>The warnings, with the number of runs that gave them where there were several.</summary>
    public IEnumerable<string> Sentences => _counts.Select(c => c.Value == 1 ? c.Key : $"{c.Key} ({Count.Of(c.Value, "run")})");

    public void RunEnded(PlannedRun run, RunRecord record)
    {
        foreach (var warning in record.Warnings.Except(plan.Notes))
            _counts[warning] = _counts.GetValueOrDefault(warning) + 1;
    }

    public void RunStarted(PlannedRun run, RunFolder folder, string? device)
    {
        // It warns in its record.
    }

    public void RunEvent(PlannedRun run, RunEvent progress)
    {
        // It warns in its record.
    }

    public void RunDamaged(PlannedRun run, string damage)
    {
        // It will be made again.
    }

    public void RunsWatched(int runs)
    {
        // They are others' runs.
    }

    public void RunPostponed(PlannedRun run, RunRecord record)
    {
        // It will be made again.
    }

    public void RunSkipped(PlannedRun run, SkipReason reason)
    {
        // It warned when it was made, and the report says so.
    }
}

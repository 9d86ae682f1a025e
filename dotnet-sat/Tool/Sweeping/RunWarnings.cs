using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Sweeps.Execution;

namespace Sat.Tool.Sweeping;

/// <summary>Tells what workers warn of as they do, each sentence once, without those that planning gave already.</summary>
/// <param name="plan">What is carried out.</param>
/// <param name="tell">Shows a sentence.</param>
internal sealed class RunWarnings(Plan plan, Action<string> tell) : ISweepListener
{
    private readonly HashSet<string> _told = [.. plan.Notes, .. plan.Warnings];

    public void RunEvent(PlannedRun run, RunEvent progress)
    {
        if (progress.Warning is { } warning)
            Tell(warning);
    }

    /// <summary>Its record has what no event told: its worker was killed in mid-line, say.</summary>
    public void RunEnded(PlannedRun run, RunRecord record)
    {
        foreach (var warning in record.Warnings)
            Tell(warning);
    }

    private void Tell(string warning)
    {
        if (_told.Add(warning))
            tell(warning);
    }

    public void RunStarted(PlannedRun run, RunFolder folder, string? device)
    {
        // It has not looked at anything yet.
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

using Sat.Records.Plans;
using Sat.Records.Runs;

namespace Sat.Sweeps.Execution;

/// <summary>Where a planned run stands.</summary>
/// <param name="Run">The run.</param>
/// <param name="Folder">Its folder, which need not exist.</param>
/// <param name="Summary">What its record says; null: there is none yet.</param>
/// <param name="IsHeld">True while a worker holds its lease.</param>
public sealed record RunState(PlannedRun Run, RunFolder Folder, RunSummary? Summary, bool IsHeld)
{
    /// <summary>True if its metrics are final.</summary>
    public bool IsDone => Summary?.Status == RunStatus.Done;

    /// <summary>True if a sweep would start it.</summary>
    public bool IsFree => !IsDone && !IsHeld;

    /// <summary>Looks at a run of an output folder.</summary>
    /// <exception cref="Sat.Records.SatException">Its record is damaged or of another run, or its folder cannot be written (exit code 5).</exception>
    public static RunState Of(string outputFolder, PlannedRun run)
    {
        var folder = RunFolder.Of(outputFolder, run.Id);
        var summary = folder.ReadSummary(run.Id);
        return new RunState(run, folder, summary, summary?.Status != RunStatus.Done && RunLease.IsHeld(folder));
    }
}

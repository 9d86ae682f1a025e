using Sat.Records;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Records.Specs;

namespace Sat.Sweeps.Store;

/// <summary>Where a planned run stands.</summary>
/// <param name="Run">The run.</param>
/// <param name="Folder">Its folder, which need not exist.</param>
/// <param name="Summary">What its record says; null: there is none yet, or it is not to be believed.</param>
/// <param name="IsHeld">True while a worker holds its lease.</param>
public sealed record RunState(PlannedRun Run, RunFolder Folder, RunSummary? Summary, bool IsHeld)
{
    /// <summary>What is wrong with its record or its metrics; null: nothing. A sweep makes it again.</summary>
    public SatException? Damage { get; init; }

    /// <summary>What of its code is not what is installed here, a sentence; null: it is, or nobody asked.</summary>
    public string? OtherCode { get; init; }

    /// <summary>Where it stands.</summary>
    public RunStanding Standing =>
        Damage is not null && !IsHeld ? RunStanding.Damaged
        : OtherCode is not null ? RunStanding.Stale
        : RunStandings.From(Summary?.Status, () => IsHeld);

    /// <summary>True if its metrics are final.</summary>
    public bool IsDone => Summary?.Status == RunStatus.Done;

    /// <summary>True if a sweep would start it. Of a run that is not identified nobody can say, and it is false.</summary>
    public bool IsFree => !IsDone && !IsHeld && Run.IsIdentified;

    /// <summary>Looks at a run of an output folder.</summary>
    /// <param name="outputFolder">The output folder.</param>
    /// <param name="run">The run.</param>
    /// <param name="installed">The code that the run would be made with here, as <see cref="RunEnvironment.Plugins"/>; null: not
    /// asked.</param>
    public static RunState Read(string outputFolder, PlannedRun run, Func<RunSpec, IReadOnlyDictionary<string, string>>? installed = null)
    {
        var folder = RunFolder.For(outputFolder, run.Id);
        if (!run.IsIdentified)
            return new RunState(run, folder, null, false);
        try
        {
            var (summary, isHeld) = RunStandings.Look(() => folder.ReadSummary(run.Id), s => s?.Status, () => RunLease.IsHeld(folder));
            var other =
                summary?.Status == RunStatus.Done && installed is not null
                    ? PluginCode.Difference(summary.Environment?.Plugins ?? new Dictionary<string, string>(), installed(run.Request.Spec))
                    : null;
            return new RunState(run, folder, summary, isHeld) { OtherCode = other };
        }
        catch (SatException e)
        {
            // One that cannot be read hides no other.
            return new RunState(run, folder, null, RunLease.IsHeld(folder)) { Damage = e };
        }
    }
}

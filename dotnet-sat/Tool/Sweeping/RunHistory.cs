using Sat.Records;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Sweeps.Execution;
using Sat.Sweeps.Planning;

namespace Sat.Tool.Sweeping;

/// <summary>
/// Remembers how fast runs were on this machine, so that <c>plan</c> can estimate, and how much memory of a graphics card they took, so
/// that runs can be put beside each other.
/// </summary>
internal sealed class RunHistory : ISweepListener
{
    private readonly SatHome _home;

    /// <exception cref="SatException">A history file is damaged (exit code 5).</exception>
    public RunHistory(SatHome home)
    {
        _home = home;
        Footprints = new Footprints(Footprint.Read(MemoryFile(home)));
    }

    /// <summary>What runs will take of a graphics card's memory.</summary>
    public Footprints Footprints { get; }

    /// <summary>Where speeds are kept.</summary>
    public static string SpeedFile(SatHome home) => Path.Combine(home.Root, "speed.jsonl");

    /// <summary>Where amounts of memory are kept.</summary>
    public static string MemoryFile(SatHome home) => Path.Combine(home.Root, "memory.jsonl");

    public void RunEnded(PlannedRun run, RunRecord record)
    {
        Footprints.Note(record);
        if (Speed.From(record) is { } speed)
            Append(SpeedFile(_home), speed.Append, "record how fast runs are in");
        if (Footprint.From(record) is { } footprint)
            Append(MemoryFile(_home), footprint.Append, "record how much memory runs need in");
    }

    public void RunDamaged(PlannedRun run, string damage)
    {
        // It is known at a run's end.
    }

    public void RunPostponed(PlannedRun run, RunRecord record) => Footprints.Note(record);

    public void RunStarted(PlannedRun run, RunFolder folder, string? device)
    {
        // It is known at a run's end.
    }

    public void RunEvent(PlannedRun run, RunEvent progress)
    {
        // It is known at a run's end.
    }

    public void RunsWatched(int runs) { }

    public void RunSkipped(PlannedRun run, SkipReason reason)
    {
        // It is known at a run's end.
    }

    private void Append(string file, Action<string> append, string doing)
    {
        try
        {
            Directory.CreateDirectory(_home.Root);
            append(file);
        }
        catch (Exception e) when (WriteError.Is(e) || e is SatException)
        {
            var cause = e is SatException { InnerException: { } inner } ? inner : e;
            throw WriteError.Explain(file, cause, doing, "Set SAT_HOME to a folder of your own");
        }
    }
}

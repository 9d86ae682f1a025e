using Sat.Records;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Sweeps.Execution;
using Sat.Sweeps.Planning;

namespace Sat.Tool;

/// <summary>Remembers how fast runs were on this machine, so that <c>plan</c> can estimate.</summary>
internal sealed class SpeedHistory(SatHome home) : ISweepListener
{
    /// <summary>Where it is kept.</summary>
    public static string File(SatHome home) => Path.Combine(home.Root, "speed.jsonl");

    public void RunEnded(PlannedRun run, RunRecord record)
    {
        if (Speed.Of(record) is not { } speed)
            return;
        try
        {
            Directory.CreateDirectory(home.Root);
            speed.Append(File(home));
        }
        catch (Exception e) when (WriteError.Is(e) || e is SatException)
        {
            var cause = e is SatException { InnerException: { } inner } ? inner : e;
            throw WriteError.Of(File(home), cause, "note how fast runs are in", "Set SAT_HOME to a folder of yours");
        }
    }

    public void RunStarted(PlannedRun run, RunFolder folder)
    {
        // Speed is known at a run's end.
    }

    public void RunEvent(PlannedRun run, RunEvent progress)
    {
        // Speed is known at a run's end.
    }

    public void RunSkipped(PlannedRun run, SkipReason reason)
    {
        // Speed is known at a run's end.
    }
}

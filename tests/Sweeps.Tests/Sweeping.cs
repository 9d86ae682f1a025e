using System.Collections.Concurrent;
using System.Diagnostics;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Sweeps.Execution;

namespace Sat.Sweeps.Tests;

/// <summary>Sweeps with real worker processes.</summary>
static class Sweeping
{
    public static LocalExecutor Executor { get; } =
        new(
            new WorkerProgram(
                Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
                [Path.Combine(AppContext.BaseDirectory, "Sat.Sweeps.Tests.Worker.dll")]
            )
        );

    public static Task<SweepResult> SweepAsync(
        Plan plan,
        TemporaryFolder folder,
        SweepOptions? options = null,
        CancellationToken stop = default,
        CancellationToken kill = default,
        params ISweepListener[] listeners
    ) =>
        new SweepRunner(Executor, Placement.On("cpu"), options ?? new SweepOptions { Jobs = 2 }, listeners).RunAsync(
            plan,
            folder.Path,
            stop,
            kill
        );

    public static string BehaviourOf(this PlannedRun run) => run.Request.Spec.Method.OptionText("behaviour")!;

    public static RunRecord RecordOf(this Plan plan, TemporaryFolder folder, string behaviour) =>
        RunFolder.For(folder.Path, plan.Runs.First(r => r.BehaviourOf() == behaviour).Id).ReadRecord()!;

    public static void KillNine(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill();
    }
}

/// <summary>Notes what it is told, and acts when a worker has begun.</summary>
sealed class Watcher(Action<PlannedRun, int>? begun = null) : ISweepListener
{
    public ConcurrentQueue<string> Seen { get; } = [];

    public void RunStarted(PlannedRun run, RunFolder folder, string? device) => Seen.Enqueue($"started {run.BehaviourOf()}");

    public void RunEvent(PlannedRun run, RunEvent progress)
    {
        Seen.Enqueue($"event {run.BehaviourOf()} {progress.Kind}");
        begun?.Invoke(run, (int)progress.Metrics!["pid"]);
    }

    public void RunDamaged(PlannedRun run, string damage) => Seen.Enqueue($"damaged {run.BehaviourOf()} {damage}");

    public void RunPostponed(PlannedRun run, RunRecord record) => Seen.Enqueue($"postponed {run.BehaviourOf()} {record.Failure}");

    public void RunEnded(PlannedRun run, RunRecord record) => Seen.Enqueue($"ended {run.BehaviourOf()} {record.Status}");

    public void RunsWatched(int runs) => Seen.Enqueue($"watched {runs}");

    public void RunSkipped(PlannedRun run, SkipReason reason) => Seen.Enqueue($"skipped {run.BehaviourOf()} {reason}");
}

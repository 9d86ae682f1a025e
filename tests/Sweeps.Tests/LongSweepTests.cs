using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Sweeps.Execution;

namespace Sat.Sweeps.Tests;

[TestClass]
public sealed class LongSweepTests
{
    private const int Runs = 120;

    [TestMethod]
    public async Task Memory_and_open_files_of_a_sweep_stay_as_they_are_over_120_runs()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Inconclusive("open files are counted in Linux's /proc");
        using var folder = new TemporaryFolder();
        var plan = Studying.Plan(
            $"matrix: {{ method: {{ id: plain, behaviour: finish }}, seed: [{string.Join(", ", Enumerable.Range(1, Runs))}] }}"
        );
        var held = new List<(int Files, long Bytes)>();
        var watcher = new Counting(() =>
        {
            var files = Directory.GetFiles("/proc/self/fd").Length;
            GC.Collect();
            GC.WaitForPendingFinalizers();
            held.Add((files, GC.GetTotalMemory(forceFullCollection: true)));
        });

        var result = await Sweeping.SweepAsync(plan, folder, listeners: watcher);

        Assert.HasCount(Runs, held);
        Assert.IsTrue(plan.Runs.All(r => RunFolder.For(folder.Path, r.Id).ReadRecord()!.Status == RunStatus.Done), result.ToString());
        // From the twentieth on: by then every pool and cache has been filled once.
        var (early, late) = (held[20..40], held[^20..]);
        // Other tests of this process open some too; a run that left one behind would add sixty and more.
        Assert.IsLessThanOrEqualTo(
            early.Max(h => h.Files) + 20,
            late.Max(h => h.Files),
            $"open files: {string.Join(' ', held.Select(h => h.Files))}"
        );
        Assert.IsLessThanOrEqualTo(
            early.Max(h => h.Bytes) + (256 << 10),
            late.Max(h => h.Bytes),
            $"KiB: {string.Join(' ', held.Select(h => h.Bytes >> 10))}"
        );
    }

    /// <summary>The runner tells of one thing at a time.</summary>
    private sealed class Counting(Action count) : ISweepListener
    {
        public void RunStarted(PlannedRun run, RunFolder folder, string? device) { }

        public void RunEvent(PlannedRun run, RunEvent progress) { }

        public void RunDamaged(PlannedRun run, string damage) { }

        public void RunPostponed(PlannedRun run, RunRecord record) { }

        public void RunEnded(PlannedRun run, RunRecord record) => count();

        public void RunsWatched(int runs) { }

        public void RunSkipped(PlannedRun run, SkipReason reason) { }
    }
}

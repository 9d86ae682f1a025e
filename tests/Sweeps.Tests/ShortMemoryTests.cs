using Sat.Records;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Sweeps.Execution;

namespace Sat.Sweeps.Tests;

/// <summary>Real workers that run out of memory, or lose their device.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public class ShortMemoryTests
{
    private static Plan Behaving(params string[] behaviours) =>
        Studying.Plan($"matrix: {{ method: {{ id: plain, behaviour: [{string.Join(", ", behaviours)}] }} }}");

    [TestMethod]
    public async Task A_run_that_ran_out_of_memory_beside_another_is_made_alone_once_that_has_ended()
    {
        using var folder = new TemporaryFolder();
        var plan = Behaving("hold-until-another-ran-out", "run-out-beside-others", "finish");
        var watcher = new Watcher();

        var result = await Sweeping.SweepAsync(plan, folder, listeners: watcher);

        Assert.AreEqual((3, 0, ExitCode.Fine), (result.Done, result.Failed, result.ExitCode));
        string[] seen = [.. watcher.Seen];
        Assert.Contains("postponed run-out-beside-others OutOfMemory", seen);
        Assert.AreEqual(2, seen.Count(s => s == "started run-out-beside-others"));
        var again = Array.LastIndexOf(seen, "started run-out-beside-others");
        Assert.IsGreaterThan(Array.IndexOf(seen, "ended hold-until-another-ran-out Done"), again);
        Assert.IsGreaterThan(Array.IndexOf(seen, "ended finish Done"), again);
    }

    [TestMethod]
    public async Task One_that_runs_out_of_memory_alone_too_is_reported_and_the_others_are_done()
    {
        using var folder = new TemporaryFolder();
        var plan = Behaving("hold-until-another-ran-out", "run-out-always", "finish");

        var result = await Sweeping.SweepAsync(plan, folder);

        Assert.AreEqual((2, 1, ExitCode.RunFailed), (result.Done, result.Failed, result.ExitCode));
        Assert.AreEqual("even alone: the machine ran out of memory", plan.RecordOf(folder, "run-out-always").Error);
    }

    [TestMethod]
    public async Task One_that_was_alone_from_the_beginning_is_not_tried_again()
    {
        using var folder = new TemporaryFolder();
        var plan = Behaving("run-out", "finish");
        var watcher = new Watcher();

        var result = await Sweeping.SweepAsync(plan, folder, new SweepOptions { Jobs = 1 }, listeners: watcher);

        Assert.AreEqual((1, 1), (result.Done, result.Failed));
        Assert.AreEqual(1, watcher.Seen.Count(s => s == "started run-out"));
        Assert.AreEqual("the machine ran out of memory", plan.RecordOf(folder, "run-out").Error);
    }

    [TestMethod]
    [DataRow("low 0\nhigh 12\nmax 340\noom 1\noom_kill 4\noom_group_kill 0\n", "oom_kill 4", "oom_kill 5", RunFailureKind.OutOfMemory)]
    [DataRow("oom_kill_disable 0\nunder_oom 0\noom_kill 0\n", "oom_kill 0", "oom_kill 1", RunFailureKind.OutOfMemory)]
    [DataRow("oom_kill 7\npgfault 1\n", "pgfault 1", "pgfault 99", RunFailureKind.Killed)]
    public async Task A_killed_worker_ran_out_of_memory_where_the_kernel_counts_it(
        string counters,
        string was,
        string becomes,
        RunFailureKind expected
    )
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "counters");
        await File.WriteAllTextAsync(file, counters);
        var plan = Behaving("hang");

        await Sweeping.SweepAsync(
            plan,
            folder,
            new SweepOptions { Jobs = 1, MemoryKills = new MemoryKills([file, Path.Combine(folder.Path, "none")]) },
            listeners: new Watcher(
                (_, pid) =>
                {
                    File.WriteAllText(file, counters.Replace(was, becomes, StringComparison.Ordinal));
                    Sweeping.KillNine(pid);
                }
            )
        );

        var record = plan.RecordOf(folder, "hang");
        Assert.AreEqual(expected, record.Failure);
        Assert.AreEqual(
            expected == RunFailureKind.OutOfMemory,
            record.Error!.Contains("ran out of memory", StringComparison.Ordinal),
            record.Error
        );
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void Linux_counts_them() => Assert.IsTrue(MemoryKills.OfThisMachine.IsKnown);

    [TestMethod]
    public async Task A_lost_device_that_was_the_only_one_stops_the_sweep_and_the_same_command_goes_on()
    {
        using var folder = new TemporaryFolder();
        var plan = Behaving("lose-the-device", "finish", "finish-too");

        var result = await Sweeping.SweepAsync(plan, folder, new SweepOptions { Jobs = 1 });

        Assert.AreEqual((1, 2, ExitCode.Environment), (result.Failed, result.NotStarted, result.ExitCode));
        Assert.AreEqual("the card was lost", result.Obstacle!.Message);
        Assert.AreEqual(RunStatus.Failed, plan.RecordOf(folder, "lose-the-device").Status);
        var rest = await Sweeping.SweepAsync(Behaving("finish", "finish-too"), folder);
        Assert.AreEqual(2, rest.Done);
    }
}

using Sat.Records;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Sweeps.Execution;
using Sat.Sweeps.Planning;
using Sat.Sweeps.Store;

namespace Sat.Sweeps.Tests;

[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public class SweepTests
{
    public required TestContext TestContext { get; init; }

    private static Plan Behaving(params string[] behaviours) =>
        Studying.Plan($"matrix: {{ method: {{ id: plain, behaviour: [{string.Join(", ", behaviours)}] }} }}");

    [TestMethod]
    public async Task Killing_one_worker_leaves_the_sweep_going_and_names_the_signal()
    {
        using var folder = new TemporaryFolder();
        var plan = Behaving("hang", "finish", "finish-too");
        var result = await Sweeping.SweepAsync(
            plan,
            folder,
            listeners: new Watcher(
                (run, pid) =>
                {
                    if (run.BehaviourOf() == "hang")
                        Sweeping.KillNine(pid);
                }
            )
        );

        Assert.AreEqual(ExitCode.RunFailed, result.ExitCode);
        Assert.AreEqual(2, result.Done);
        Assert.AreEqual(1, result.Failed);
        var record = plan.RecordOf(folder, "hang");
        Assert.AreEqual(RunStatus.Failed, record.Status);
        Assert.Contains("killed by SIGKILL (9)", record.Error!);
        Assert.Contains("behaving: hang", record.Error!);
        Assert.AreEqual(RunFailureKind.Killed, record.Failure);
        Assert.DoesNotContain("memory", record.Error!, "nobody said so");
        Assert.IsNotNull(record.Ended);
        Assert.AreEqual(RunStatus.Done, plan.RecordOf(folder, "finish-too").Status);
    }

    [TestMethod]
    public async Task A_crash_an_odd_exit_a_failure_and_a_divergence_are_told_apart()
    {
        using var folder = new TemporaryFolder();
        var plan = Behaving("crash", "exit", "fail", "diverge", "finish");
        var watcher = new Watcher();
        var result = await Sweeping.SweepAsync(plan, folder, listeners: watcher);

        Assert.AreEqual(ExitCode.RunFailed, result.ExitCode);
        Assert.AreEqual((1, 3, 1), (result.Done, result.Failed, result.Diverged));
        Assert.Contains("killed by SIGABRT (6)", plan.RecordOf(folder, "crash").Error!);
        Assert.Contains("the library crashed", plan.RecordOf(folder, "crash").Error!);
        Assert.Contains("ended with exit code 7", plan.RecordOf(folder, "exit").Error!);
        Assert.AreEqual("no luck", plan.RecordOf(folder, "fail").Error);
        Assert.Contains("event finish Started", watcher.Seen);
        Assert.Contains("ended finish Done", watcher.Seen);
    }

    [TestMethod]
    [DataRow("lack-data", ExitCode.Environment)]
    [DataRow("exit-without-environment", ExitCode.Environment)]
    [DataRow("misplanned", ExitCode.Planning)]
    public async Task The_worst_failure_gives_the_exit_code_and_the_other_runs_go_on(string behaviour, int exitCode)
    {
        using var folder = new TemporaryFolder();
        var plan = Behaving("fail", behaviour, "diverge", "finish");
        var result = await Sweeping.SweepAsync(plan, folder);
        Assert.AreEqual((1, 2, 1, exitCode), (result.Done, result.Failed, result.Diverged, result.ExitCode));
        Assert.AreEqual(exitCode, plan.RecordOf(folder, behaviour).ExitCode);

        var untried = await Sweeping.SweepAsync(plan, folder, new SweepOptions { RetryFailed = false });
        Assert.AreEqual((2, exitCode), (untried.Failed, untried.ExitCode), "as it failed before");
    }

    [TestMethod]
    public async Task Workers_keep_freed_memory_for_the_next_step()
    {
        using var folder = new TemporaryFolder();
        var plan = Behaving("finish");
        await Sweeping.SweepAsync(plan, folder);
        Assert.Contains("allocator: 2147483647 2147483647\n", File.ReadAllText(RunFolder.For(folder.Path, plan.Runs[0].Id).LogFile));
    }

    [TestMethod]
    public async Task Both_outputs_of_a_worker_are_appended_to_its_log()
    {
        using var folder = new TemporaryFolder();
        var plan = Behaving("fail-once");
        await Sweeping.SweepAsync(plan, folder);
        await Sweeping.SweepAsync(plan, folder);
        var log = File.ReadAllText(RunFolder.For(folder.Path, plan.Runs[0].Id).LogFile);
        Assert.Contains("behaving: fail\n", log);
        Assert.Contains("behaving: finish\n", log);
        Assert.Contains("and on standard error\n", log);
    }

    [TestMethod]
    public async Task Done_runs_are_skipped_failed_ones_are_tried_again_and_a_changed_option_makes_a_new_run()
    {
        using var folder = new TemporaryFolder();
        var plan = Behaving("finish", "fail-once");
        var first = await Sweeping.SweepAsync(plan, folder);
        Assert.AreEqual((1, 1), (first.Done, first.Failed));

        var untried = await Sweeping.SweepAsync(plan, folder, new SweepOptions { RetryFailed = false });
        Assert.AreEqual((0, 1, 1, ExitCode.RunFailed), (untried.Done, untried.DoneBefore, untried.Failed, untried.ExitCode));

        var second = await Sweeping.SweepAsync(plan, folder);
        Assert.AreEqual((1, 1, 0, ExitCode.Fine), (second.Done, second.DoneBefore, second.Failed, second.ExitCode));

        var watcher = new Watcher();
        var changed = await Sweeping.SweepAsync(Behaving("finish", "finish-otherwise"), folder, listeners: watcher);
        Assert.AreEqual((1, 1), (changed.Done, changed.DoneBefore));
        Assert.Contains("skipped finish Done", watcher.Seen);
        Assert.Contains("started finish-otherwise", watcher.Seen);
        Assert.HasCount(3, Directory.GetDirectories(folder.Path));
    }

    [TestMethod]
    public async Task A_second_sweep_on_the_same_folder_takes_the_free_runs()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var plan = Behaving("hang", "finish", "finish-too");
        var held = new TaskCompletionSource();
        var first = Sweeping.SweepAsync(
            plan,
            folder,
            new SweepOptions { Jobs = 1 },
            stop.Token,
            listeners: new Watcher((_, _) => held.TrySetResult())
        );
        await held.Task.WaitAsync(TestContext.CancellationToken);

        var second = await Sweeping.SweepAsync(plan, folder);
        Assert.AreEqual((2, 1, ExitCode.Fine), (second.Done, second.Elsewhere, second.ExitCode));

        await stop.CancelAsync();
        var stopped = await first;
        Assert.AreEqual((1, 2, ExitCode.Interrupted), (stopped.Interrupted, stopped.DoneBefore, stopped.ExitCode));
        Assert.AreEqual("stopped", plan.RecordOf(folder, "hang").Error);
    }

    [TestMethod]
    public async Task A_worker_that_finds_the_lease_held_is_counted_as_elsewhere()
    {
        using var folder = new TemporaryFolder();
        var plan = Behaving("finish");
        using var lease = new LeaseOnStart();
        var result = await Sweeping.SweepAsync(plan, folder, listeners: lease);
        Assert.AreEqual((0, 1, 0, ExitCode.Fine), (result.Done, result.Elsewhere, result.Failed, result.ExitCode));
        Assert.IsNull(RunFolder.For(folder.Path, plan.Runs[0].Id).ReadRecord());
    }

    [TestMethod]
    public async Task A_worker_deaf_to_the_first_request_is_killed_by_the_second()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        using var kill = new CancellationTokenSource();
        var plan = Behaving("deaf", "finish");
        var begun = new TaskCompletionSource();
        var sweep = Sweeping.SweepAsync(
            plan,
            folder,
            new SweepOptions { Jobs = 1 },
            stop.Token,
            kill.Token,
            new Watcher((_, _) => begun.TrySetResult())
        );
        await begun.Task.WaitAsync(TestContext.CancellationToken);
        await stop.CancelAsync();
        Assert.IsFalse(sweep.IsCompleted);
        await kill.CancelAsync();
        var result = await sweep;
        Assert.AreEqual((1, 1, ExitCode.Interrupted), (result.Interrupted, result.NotStarted, result.ExitCode));
        Assert.AreEqual(RunStatus.Interrupted, plan.RecordOf(folder, "deaf").Status);
    }

    [TestMethod]
    public async Task Fail_fast_starts_nothing_after_a_failure()
    {
        using var folder = new TemporaryFolder();
        var result = await Sweeping.SweepAsync(
            Behaving("fail", "finish", "finish-too"),
            folder,
            new SweepOptions { Jobs = 1, FailFast = true }
        );
        Assert.AreEqual((0, 1, 2), (result.Done, result.Failed, result.NotStarted));
    }

    [TestMethod]
    public async Task A_listener_that_throws_does_not_stop_the_sweep()
    {
        using var folder = new TemporaryFolder();
        var watcher = new Watcher();
        var result = await Sweeping.SweepAsync(
            Behaving("finish"),
            folder,
            listeners: [new Watcher((_, _) => throw new InvalidOperationException("a broken bar")), watcher]
        );
        Assert.AreEqual(1, result.Done);
        Assert.AreEqual("a broken bar", result.ListenerErrors.Single().Message);
        Assert.Contains("ended finish Done", watcher.Seen);
    }

    [TestMethod]
    public async Task A_worker_program_that_does_not_exist_is_an_obstacle_to_every_run()
    {
        using var folder = new TemporaryFolder();
        var runner = new SweepRunner(
            new LocalExecutor(new WorkerProgram("/nowhere/worker", [])),
            Placement.On("cpu"),
            new SweepOptions(),
            []
        );
        var result = await runner.RunAsync(Behaving("finish", "fail"), folder.Path);
        Assert.AreEqual((2, ExitCode.Environment), (result.NotStarted, result.ExitCode));
        Assert.Contains("/nowhere/worker", result.Obstacle!.Message);
    }

    [TestMethod]
    public async Task What_no_other_run_would_survive_starts_no_more_and_leaves_the_run_untouched()
    {
        using var folder = new TemporaryFolder();
        var plan = Behaving("finish", "find-no-device", "finish-too");
        var result = await Sweeping.SweepAsync(plan, folder, new SweepOptions { Jobs = 1 });
        Assert.AreEqual((1, 2, 0, ExitCode.Environment), (result.Done, result.NotStarted, result.Failed, result.ExitCode));
        Assert.AreEqual("there is no such device", result.Obstacle!.Message);
        Assert.IsNull(RunFolder.For(folder.Path, plan.Runs[1].Id).ReadRecord());
    }

    [TestMethod]
    public async Task A_run_that_fails_of_what_no_other_would_survive_is_the_last_one()
    {
        using var folder = new TemporaryFolder();
        var plan = Behaving("find-the-disk-full", "finish");
        var result = await Sweeping.SweepAsync(plan, folder, new SweepOptions { Jobs = 1 });
        Assert.AreEqual((1, 1, ExitCode.Environment), (result.Failed, result.NotStarted, result.ExitCode));
        Assert.AreEqual("the disk is full", result.Obstacle!.Message);
        Assert.AreEqual(RunStatus.Failed, plan.RecordOf(folder, "find-the-disk-full").Status);
    }

    [TestMethod]
    public void Events_are_followed_across_half_lines_damage_and_truncation()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("events.jsonl", """{"kind":"started","time":"2026-01-01T00:00:00Z"}""" + "\n");
        var tail = new EventTail(path);
        Assert.IsEmpty(tail.Read());
        File.AppendAllText(path, """{"kind":"progress","time":"2026-""");
        Assert.IsEmpty(tail.Read());
        File.AppendAllText(
            path,
            """01-01T00:00:00Z","step":7}""" + "\nrubbish\n" + """{"kind":"epoch","time":"2026-01-01T00:00:00Z","epoch":1}""" + "\n"
        );
        var events = tail.Read();
        Assert.HasCount(2, events);
        Assert.AreEqual(7, events[0].Step);
        Assert.AreEqual(RunEventKind.Epoch, events[1].Kind);
        File.WriteAllText(path, """{"kind":"ended","time":"2026-01-01T00:00:00Z"}""" + "\n");
        Assert.AreEqual(RunEventKind.Ended, tail.Read().Single().Kind);
    }

    [TestMethod]
    public void The_cost_of_free_runs_comes_from_finished_ones()
    {
        using var folder = new TemporaryFolder();
        var plan = Studying.Plan("matrix: { seed: [1, 2, 3], training.epochs: 10 }");
        CostEstimate Estimate() => CostEstimate.From([.. plan.Runs.Select(r => RunState.Read(folder.Path, r))], []);
        Assert.AreEqual(new CostEstimate(3, 3, null), Estimate() with { ToTry = [] });
        CollectionAssert.AreEqual(plan.Runs.ToArray(), Estimate().ToTry.ToArray());

        var done = plan.Runs[0];
        Directory.CreateDirectory(RunFolder.For(folder.Path, done.Id).Path);
        var record = new RunRecord
        {
            Id = done.Id,
            Spec = done.Request.Spec,
            Status = RunStatus.Done,
            ImagesPerSecond = 50,
            Data = new RunData
            {
                Classes = [],
                ImageShape = [],
                Train = 1000,
                Validation = 0,
                Test = 0,
            },
        };
        RunFolder.For(folder.Path, done.Id).WriteRecord(record);
        // 2 runs x 10 epochs x 1,000 samples at 50 a second.
        var expected = new CostEstimate(2, 0, TimeSpan.FromSeconds(400)) { KnownWork = TimeSpan.FromSeconds(400) };
        Assert.AreEqual(expected, Estimate() with { ToTry = [] });
        // A trial counts only where no finished run tells.
        var trial = Speed.From(record)! with { ImagesPerSecond = 1 };
        Assert.AreEqual(Estimate().Work, CostEstimate.From([.. plan.Runs.Select(r => RunState.Read(folder.Path, r))], [], [trial]).Work);

        // A run on some of the samples shows how fast, and not how many there are.
        var some = Speed.For(done.Request.Spec with { Training = done.Request.Spec.Training with { Samples = 10 } }, 10, 50);
        Assert.AreEqual(0, some.Samples);
        Assert.IsNull(CostEstimate.From([RunState.Read(folder.Path, plan.Runs[1])], [some]).Work);
        Assert.IsNotNull(CostEstimate.From([RunState.Read(folder.Path, plan.Runs[1])], [some], [trial]).Work, "the trial shows how many");
        Assert.AreEqual(
            TimeSpan.FromSeconds(200),
            CostEstimate.From([RunState.Read(folder.Path, plan.Runs[1])], [some, Speed.From(record)!]).Work
        );

        Speed.From(record)!.Append(folder.At("history.jsonl"));
        Assert.AreEqual(Speed.From(record), Speed.Read(folder.At("history.jsonl")).Single());
    }

    [TestMethod]
    [DataRow("run.json", "\"seed\": 2", "\"seed\": 3")]
    [DataRow("run.json", "\"status\": \"done\"", "\"status\": \"gone\"")]
    [DataRow("metrics.jsonl", "", "")]
    public async Task A_damaged_run_is_planned_anew_named_and_made_again_and_hides_no_other(string file, string was, string becomes)
    {
        using var folder = new TemporaryFolder();
        var plan = Studying.Plan("matrix: { method: { id: plain, behaviour: measure }, seed: [1, 2, 3] }");
        Assert.AreEqual(3, (await Sweeping.SweepAsync(plan, folder)).Done);
        var damaged = RunFolder.For(folder.Path, plan.Runs[1].Id);
        var before = await File.ReadAllTextAsync(damaged.File(file));
        await File.WriteAllTextAsync(damaged.File(file), was.Length == 0 ? "" : before.Replace(was, becomes, StringComparison.Ordinal));

        RunState[] states = [.. plan.Runs.Select(r => RunState.Read(folder.Path, r))];
        CollectionAssert.AreEqual(new[] { true, false, true }, states.Select(s => s.IsDone).ToArray());
        Assert.Contains(damaged.File(file), states[1].Damage!.Message);
        Assert.IsTrue(states[1].IsFree);
        Assert.AreEqual(StoredRun.Damaged, new RunStore(folder.Path).Read().Single(r => r.Folder.Name == damaged.Name).Status);

        var watcher = new Watcher();
        var result = await Sweeping.SweepAsync(plan, folder, listeners: watcher);
        Assert.AreEqual((1, 2, 0), (result.Done, result.DoneBefore, result.Failed));
        Assert.HasCount(
            1,
            watcher.Seen.Where(s =>
                s.StartsWith("damaged ", StringComparison.Ordinal) && s.Contains(damaged.File(file), StringComparison.Ordinal)
            )
        );
        Assert.IsTrue(RunState.Read(folder.Path, plan.Runs[1]).IsDone);
    }

    /// <summary>One version of a plugin, built twice.</summary>
    [TestMethod]
    public async Task Runs_by_another_build_of_a_plugin_are_told_apart_and_made_again_when_asked()
    {
        using var folder = new TemporaryFolder();
        var plan = Studying.Plan("matrix: { method: { id: plain, behaviour: measure }, seed: [1, 2] }");
        await Sweeping.SweepAsync(plan, folder);
        static Dictionary<string, string> Build(char hash) => new() { ["stranger"] = $"1.0 sha256:{new string(hash, 64)}" };
        foreach (var (run, hash) in plan.Runs.Zip("ab"))
        {
            var at = RunFolder.For(folder.Path, run.Id);
            at.WriteRecord(
                at.ReadRecord()! with
                {
                    Started = DateTimeOffset.UnixEpoch.AddDays(hash),
                    Environment = new RunEnvironment
                    {
                        Tool = "1",
                        DotNet = "10",
                        TorchSharp = "0",
                        Os = "x",
                        Device = "cpu",
                        Threads = 1,
                        Plugins = Build(hash),
                    },
                }
            );
        }

        var states = plan.Runs.Select(r => RunState.Read(folder.Path, r, _ => Build('b'))).ToArray();
        Assert.AreEqual("stranger 1.0 was another build (aaaaaaaaaaaa, not bbbbbbbbbbbb)", states[0].OtherCode);
        Assert.IsNull(states[1].OtherCode);
        CollectionAssert.AreEqual(
            new[] { StoredRun.Stale, "done" },
            plan.Runs.Select(r => new RunStore(folder.Path).Read().Single(s => s.Id == r.Id).Status).ToArray(),
            "so that nothing that takes runs which are done mixes them"
        );

        var options = new SweepOptions { Installed = _ => Build('b') };
        var kept = await Sweeping.SweepAsync(plan, folder, options);
        Assert.AreEqual((0, 2, 1), (kept.Done, kept.DoneBefore, kept.ByOtherCode), "a rebuilt plugin throws nothing away by itself");
        var remade = await Sweeping.SweepAsync(plan, folder, options with { RemakeStale = true });
        Assert.AreEqual((1, 1, 0), (remade.Done, remade.DoneBefore, remade.ByOtherCode));
    }

    /// <summary>Another process's hold on the run, taken just before the worker starts.</summary>
    private sealed class LeaseOnStart : ISweepListener, IDisposable
    {
        private RunLease? _lease;

        public void RunStarted(PlannedRun run, RunFolder folder, string? device) => _lease ??= RunLease.TryTake(folder);

        public void RunEvent(PlannedRun run, RunEvent progress) { }

        public void RunDamaged(PlannedRun run, string damage) { }

        public void RunPostponed(PlannedRun run, RunRecord record) { }

        public void RunEnded(PlannedRun run, RunRecord record) { }

        public void RunsWatched(int runs) { }

        public void RunSkipped(PlannedRun run, SkipReason reason) { }

        public void Dispose() => _lease?.Dispose();
    }
}

using System.Diagnostics;
using Sat.Records;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Sweeps.Execution;

namespace Sat.Sweeps.Tests;

/// <summary>What a sweep does about workers that do not get on, and about folders that are gone.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class PatienceTests
{
    private static Plan Behaving(params string[] behaviours) =>
        Studying.Plan($"matrix: {{ method: {{ id: plain, behaviour: [{string.Join(", ", behaviours)}] }} }}");

    [TestMethod]
    public async Task A_worker_that_makes_no_step_is_ended_where_that_was_asked_for_and_the_others_are_made()
    {
        using var folder = new TemporaryFolder();
        var plan = Behaving("deaf", "finish");
        var result = await Sweeping.SweepAsync(plan, folder, new SweepOptions { Jobs = 1, StallAfter = TimeSpan.FromSeconds(1) });
        Assert.AreEqual((1, 1, ExitCode.RunFailed), (result.Done, result.Failed, result.ExitCode));
        var record = plan.RecordOf(folder, "deaf");
        Assert.AreEqual(RunStatus.Failed, record.Status);
        Assert.StartsWith("its worker made no step for 1 s (method 'plain'", record.Error!);
        Assert.IsNull(record.Failure, "it did not run out of memory");
    }

    [TestMethod]
    public async Task A_worker_deaf_to_the_first_request_is_ended_when_it_shows_no_sign_of_work()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var plan = Behaving("deaf", "finish");
        var result = await Sweeping.SweepAsync(
            plan,
            folder,
            new SweepOptions { Jobs = 1, Patience = TimeSpan.FromMilliseconds(300) },
            stop.Token,
            listeners: new Watcher((_, _) => stop.Cancel())
        );
        Assert.AreEqual((1, 1, ExitCode.Interrupted), (result.Interrupted, result.NotStarted, result.ExitCode));
        var record = plan.RecordOf(folder, "deaf");
        Assert.AreEqual(RunStatus.Interrupted, record.Status);
        Assert.StartsWith("it was asked to stop, but its worker showed no sign of work for ", record.Error!);
    }

    [TestMethod]
    public void Steps_checkpoints_and_outcomes_are_signs_of_work_and_the_renewing_of_a_lease_is_none()
    {
        using var folder = new TemporaryFolder();
        var run = RunFolder.For(folder.Path, new string('a', 64));
        Directory.CreateDirectory(run.File("lease-1"));
        var clock = new Clock();
        var pulse = new WorkerPulse(run, clock);
        pulse.Look(trains: true);
        TimeSpan After(int seconds, string name)
        {
            clock.Now += seconds;
            Directory.CreateDirectory(Path.GetDirectoryName(run.File(name))!);
            File.AppendAllText(run.File(name), "x");
            pulse.Look(trains: true);
            return pulse.Still;
        }
        Assert.AreEqual(TimeSpan.Zero, After(30, "events.jsonl"));
        Assert.AreEqual(TimeSpan.Zero, After(5, Path.Combine("lease-1", "work", "checkpoint.1.tmp")), "a checkpoint that is being written");
        Assert.AreEqual(TimeSpan.Zero, After(5, Path.Combine("checkpoints", "000000000001-aa.safetensors")));
        Assert.AreEqual(TimeSpan.FromSeconds(5), After(5, Path.Combine("lease-1", "renewed")));
        Assert.AreEqual(TimeSpan.FromSeconds(10), After(5, "log.txt"), "printing is no work");
        Assert.AreEqual(TimeSpan.FromSeconds(30), pulse.Longest);
    }

    [TestMethod]
    public async Task A_worker_that_stays_after_its_run_has_ended_is_ended_and_the_run_is_done()
    {
        using var folder = new TemporaryFolder();
        var plan = Behaving("linger", "finish");
        var result = await Sweeping.SweepAsync(plan, folder, new SweepOptions { Jobs = 1, Patience = TimeSpan.FromMilliseconds(300) });
        Assert.AreEqual((2, ExitCode.Fine), (result.Done, result.ExitCode));
        Assert.AreEqual(RunStatus.Done, plan.RecordOf(folder, "linger").Status);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task An_output_folder_that_is_renamed_or_removed_ends_the_sweep_and_its_workers_and_is_not_made_anew(bool renamed)
    {
        using var folder = new TemporaryFolder();
        var output = folder.At("out");
        var worker = 0;
        var watcher = new Watcher(
            (_, pid) =>
            {
                worker = pid;
                if (renamed)
                    Directory.Move(output, folder.At("elsewhere"));
                else
                    Directory.Delete(output, recursive: true);
            }
        );
        var result = await new SweepRunner(Sweeping.Executor, Placement.On("cpu"), new SweepOptions { Jobs = 1 }, [watcher]).RunAsync(
            Behaving("deaf", "finish"),
            output
        );
        Assert.AreEqual((2, ExitCode.Environment), (result.NotStarted, result.ExitCode));
        Assert.StartsWith($"the output folder {output} is gone: it was renamed or removed", result.Obstacle!.Message);
        Assert.IsFalse(Directory.Exists(output));
        Assert.ThrowsExactly<ArgumentException>(() => Process.GetProcessById(worker));
    }

    [TestMethod]
    public async Task A_native_crash_is_reported_by_what_it_said_first_and_not_by_the_end_of_its_trace()
    {
        using var folder = new TemporaryFolder();
        var plan = Behaving("crash-in-libtorch", "crash");
        await Sweeping.SweepAsync(plan, folder);
        var error = plan.RecordOf(folder, "crash-in-libtorch").Error!;
        Assert.StartsWith(
            "the worker was killed by SIGABRT (6) before the run had ended: Expected all tensors to be on the same device\n",
            error
        );
        Assert.Contains("terminate called after throwing an instance of 'c10::Error'", error);
        Assert.DoesNotContain("frame #", error);
        Assert.Contains("frame #199", File.ReadAllText(RunFolder.For(folder.Path, plan.Runs[0].Id).LogFile), "the log has it all");
        Assert.Contains("before the run had ended: Process terminated", plan.RecordOf(folder, "crash").Error!);
    }

    [TestMethod]
    public async Task A_run_whose_holder_on_another_machine_is_dead_is_made_once_that_is_known_and_one_that_lives_is_left()
    {
        using var folder = new TemporaryFolder();
        using var over = new CancellationTokenSource();
        var plan = Behaving("finish", "finish-too");
        string Lease(int run)
        {
            var path = folder.At(RunFolder.For(folder.Path, plan.Runs[run].Id).Name, "lease-3");
            Directory.CreateDirectory(path);
            File.WriteAllText(
                Path.Combine(path, "holder.json"),
                """{"machine":"elsewhere","process":7,"started":"2026-01-01T00:00:00Z","seconds":1}"""
            );
            File.WriteAllText(Path.Combine(path, "renewed"), ".");
            return path;
        }
        Lease(0);
        var alive = Path.Combine(Lease(1), "renewed");
        // Its clock is an hour slow: nothing may come of that.
        var renewing = Task.Run(() =>
        {
            while (!over.IsCancellationRequested)
            {
                File.AppendAllText(alive, ".");
                File.SetLastWriteTimeUtc(alive, DateTime.UtcNow.AddHours(-1));
                Thread.Yield();
            }
        });
        var watcher = new Watcher();
        var result = await Sweeping.SweepAsync(plan, folder, listeners: watcher);
        await over.CancelAsync();
        await renewing;
        Assert.AreEqual((1, 1), (result.Done, result.Elsewhere), string.Join(", ", watcher.Seen));
        Assert.Contains(s => s.StartsWith("watched ", StringComparison.Ordinal), watcher.Seen);
        Assert.IsTrue(File.Exists(alive));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux, IgnoreMessage = "open files are counted in Linux's /proc")]
    public async Task No_run_leaves_a_pipe_open()
    {
        using var folder = new TemporaryFolder();
        var plan = Studying.Plan(
            $"matrix: {{ method: {{ id: plain, behaviour: finish }}, seed: [{string.Join(", ", Enumerable.Range(1, 12))}] }}"
        );
        var pipes = new List<int>();
        // No collection may close by chance what was left open.
        Assert.IsTrue(GC.TryStartNoGCRegion(64 << 20));
        try
        {
            foreach (var run in plan.Runs)
            {
                var made = RunFolder.For(folder.Path, run.Id);
                Directory.CreateDirectory(made.Path);
                AtomicFile.WriteText(made.RequestFile, Records.Json.SatJson.WriteIndented(run.Request));
                Assert.AreEqual(0, (await Sweeping.Executor.RunAsync(made, "cpu", default, default)).Code);
                pipes.Add(
                    new DirectoryInfo("/proc/self/fd")
                        .GetFileSystemInfos()
                        .Count(f => f.LinkTarget?.StartsWith("pipe:", StringComparison.Ordinal) == true)
                );
            }
        }
        finally
        {
            if (System.Runtime.GCSettings.LatencyMode == System.Runtime.GCLatencyMode.NoGCRegion)
                GC.EndNoGCRegion();
        }
        // Other tests of this process start workers at the same time, two at most each.
        Assert.IsLessThan(pipes[0] + plan.Runs.Count, pipes[^1], string.Join(' ', pipes));
    }

    private sealed class Clock : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Now;
    }
}

using System.Diagnostics;
using Sat.Records;
using Sat.Records.Runs;

namespace Sat.Tool.Tests;

[TestClass]
public sealed class SweepTests
{
    [TestMethod]
    public async Task Finished_runs_are_skipped_and_a_changed_option_makes_a_new_run()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1, 2]");
        var first = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        Assert.AreEqual(ExitCode.Fine, first.ExitCode, first.Error);
        Assert.Contains("runs: 2 done", first.Error);

        var again = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        Assert.Contains("runs: 2 done before", again.Error);

        var changed = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--set", "training.batch-size=16");
        Assert.Contains("runs: 2 done\n", changed.Error + "\n");
        Assert.HasCount(4, Directory.GetDirectories(Path.Combine(workshop.Folder, "runs", "tiny")));

        var plan = await workshop.Sat("plan", "tiny.yaml");
        Assert.Contains("2 runs, 2 done, 0 to do", plan.Out);
    }

    [TestMethod]
    public async Task The_same_noise_is_drawn_for_every_method_of_a_seed_and_another_for_another_seed()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("noise: [ { id: symmetric, rate: 0.4 } ]\nmethod: [ { id: erm }, { id: sat, start-epoch: 0 } ]\nseed: [1, 2]");
        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);

        var hashes = workshop
            .Plan("runs/tiny")
            .Runs.Select(r => workshop.Run("runs/tiny", r.Id).ReadRecord()!)
            .ToLookup(r => r.Spec.Seed, r => r.Data!.NoiseHash);
        Assert.HasCount(1, hashes[1].Distinct());
        Assert.HasCount(1, hashes[2].Distinct());
        Assert.AreNotEqual(hashes[1].First(), hashes[2].First());
    }

    [TestMethod]
    public async Task A_worker_that_is_killed_leaves_the_sweep_going_and_the_signal_named()
    {
        if (OperatingSystem.IsWindows())
            Assert.Inconclusive("signals are a matter of Unix");
        using var workshop = new Workshop();
        workshop.WriteStudy("training.epochs: [100000, 1]");
        using var sweep = workshop.Start("sweep", "tiny.yaml", "--threads", "1");
        var outcome = Workshop.End(sweep);
        await Wait.Until(() => Trains(workshop, 0));

        Process.GetProcessById(WorkerOf(sweep)).Kill();
        var ended = await outcome;

        Assert.AreEqual(ExitCode.RunFailed, ended.ExitCode, ended.Error);
        var runs = workshop.Plan("runs/tiny").Runs.Select(r => workshop.Run("runs/tiny", r.Id).ReadRecord()!).ToArray();
        Assert.AreEqual(RunStatus.Failed, runs[0].Status);
        Assert.Contains("SIGKILL", runs[0].Error!);
        Assert.AreEqual(RunStatus.Done, runs[1].Status);
        Assert.Contains("SIGKILL", ended.Error);
        Assert.Contains("SIGKILL", await File.ReadAllTextAsync(ended.LastLine));
    }

    [TestMethod]
    public async Task A_second_sweep_takes_the_free_runs_and_SIGTERM_ends_the_first_in_order()
    {
        if (OperatingSystem.IsWindows())
            Assert.Inconclusive("signals are a matter of Unix");
        using var workshop = new Workshop();
        workshop.WriteStudy("training.epochs: [100000, 1, 2]");
        using var first = workshop.Start("sweep", "tiny.yaml", "--threads", "1");
        var firstEnd = Workshop.End(first);
        await Wait.Until(() => Trains(workshop, 0));

        var second = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        Assert.AreEqual(ExitCode.Fine, second.ExitCode, second.Error);
        Assert.Contains("2 done, 1 running elsewhere", second.Error);

        Process.Start("kill", ["-TERM", first.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).WaitForExit();
        var ended = await firstEnd;
        Assert.AreEqual(ExitCode.Terminated, ended.ExitCode, ended.Error);
        var runs = workshop.Plan("runs/tiny").Runs.Select(r => workshop.Run("runs/tiny", r.Id).ReadRecord()!.Status).ToArray();
        CollectionAssert.AreEqual(new[] { RunStatus.Interrupted, RunStatus.Done, RunStatus.Done }, runs);
    }

    [TestMethod]
    public async Task A_worker_ends_when_its_sweep_is_killed()
    {
        if (OperatingSystem.IsWindows())
            Assert.Inconclusive("signals are a matter of Unix");
        using var workshop = new Workshop();
        workshop.WriteStudy("training.epochs: [100000]");
        using var sweep = workshop.Start("sweep", "tiny.yaml", "--threads", "1");
        await Wait.Until(() => Trains(workshop, 0));
        using var worker = Process.GetProcessById(WorkerOf(sweep));

        sweep.Kill();
        await worker.WaitForExitAsync();

        Assert.AreEqual(RunStatus.Interrupted, workshop.Run("runs/tiny", workshop.Plan("runs/tiny").Runs[0].Id).ReadRecord()!.Status);
    }

    [TestMethod]
    public async Task Progress_in_a_pipe_is_plain_lines_without_escapes()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1]");
        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        Assert.DoesNotContain("\u001b", sweep.Error + sweep.Out);
        Assert.Contains("epoch 1/1 loss ", sweep.Error);
        Assert.Contains("images/s", sweep.Error);
    }

    [TestMethod]
    public async Task A_run_that_must_be_deterministic_trains_and_is_another_run()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("deterministic: [true, false]");
        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);
        Assert.Contains("runs: 2 done", sweep.Error);
    }

    [TestMethod]
    public async Task A_run_repeated_from_its_request_gives_the_same_metrics_to_the_byte()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy(
            "method: [ { id: sat, start-epoch: 1 } ]\nnoise: [ { id: symmetric, rate: 0.4 } ]",
            training: "epochs: 3, batch-size: 32, augmentation: { id: crop-flip }"
        );
        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        var run = workshop.Run("runs/tiny", workshop.Plan("runs/tiny").Runs[0].Id);
        Assert.MatchesRegex($"[0-9]+ suspected wrong labels?: {run.LabelsFile}\n", sweep.Error);

        var repeat = await workshop.Sat("run", "--spec", run.RequestFile, "--out", "again", "--threads", "1");
        Assert.AreEqual(ExitCode.Fine, repeat.ExitCode, repeat.Error);
        var again = new RunFolder(repeat.LastLine);
        foreach (var file in new[] { "metrics.jsonl", "noise.npy", "soft-targets.npy", "test-logits.npy", "confusion.npy", "labels.csv" })
            CollectionAssert.AreEqual(await File.ReadAllBytesAsync(run.File(file)), await File.ReadAllBytesAsync(again.File(file)), file);
    }

    /// <summary>True once a run of the tiny study has made an epoch.</summary>
    private static bool Trains(Workshop workshop, int index) =>
        Records.Plans.Plan.Read(Path.Combine(workshop.Folder, "runs", "tiny")) is { } plan
        && workshop.Run("runs/tiny", plan.Runs[index].Id).ReadMetrics().Count > 0;

    private static int WorkerOf(Process sweep) =>
        Directory
            .GetDirectories("/proc")
            .Select(d => int.TryParse(Path.GetFileName(d), System.Globalization.CultureInfo.InvariantCulture, out var id) ? id : 0)
            .First(id => id > 0 && ParentOf(id) == sweep.Id);

    private static int ParentOf(int process)
    {
        try
        {
            // The name, in parentheses, can hold anything; the parent is the second field after it.
            var fields = File.ReadAllText($"/proc/{process}/stat");
            return int.Parse(fields[(fields.LastIndexOf(')') + 2)..].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}

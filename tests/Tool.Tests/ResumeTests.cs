using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Sat.Records;
using Sat.Records.Runs;

namespace Sat.Tool.Tests;

/// <summary>Real training processes, ended at any moment, and started again.</summary>
[TestClass]
public sealed partial class ResumeTests
{
    private const int LeaseHeld = 75;

    /// <summary>What must be equal, to the bit, at the end.</summary>
    private static readonly string[] Outcome =
    [
        "weights.safetensors",
        "soft-targets.npy",
        "metrics.jsonl",
        "test-logits.npy",
        "confusion.npy",
        "labels.csv",
        "noise.npy",
    ];

    private static readonly string[] Plugin = ["--plugin", Places.Bin("Remembering")];

    [TestMethod]
    public async Task A_run_killed_at_thirty_moments_ends_with_the_bits_of_one_that_was_never_killed()
    {
        using var workshop = new Workshop();
        var random = new Random(20261125);
        var whole = await Whole(workshop, "remembering", epochs: 12);

        var killed = await Begun(workshop, "remembering", epochs: 12);
        int inEpoch = 0,
            inWrite = 0,
            finished = 0;
        for (var kill = 0; kill < 30; kill++)
        {
            var before = Latest(killed);
            using var worker = Worker(workshop, killed, "--checkpoint-every", "1");
            // From before the first step to some steps on; every third time in the midst of writing.
            var steps = random.Next(0, 4);
            var look = new SpinWait();
            while (!worker.HasExited && (Latest(killed) < before + steps || (kill % 3 == 0 && !Writing(killed))))
                look.SpinOnce();
            worker.Kill();
            await worker.WaitForExitAsync();
            if (killed.ReadRecord() is { Status: RunStatus.Done })
                finished++;
            inWrite += Writing(killed) ? 1 : 0;
            inEpoch += Latest(killed) % 8 != 0 ? 1 : 0;
        }
        Assert.AreEqual(0, finished, "the run was too short to be killed thirty times");
        Assert.IsGreaterThan(2, inWrite, "some kills are to fall into the writing of a checkpoint");
        Assert.IsGreaterThan(10, inEpoch, "some kills are to fall into an epoch");

        using var last = Worker(workshop, killed);
        Assert.AreEqual(ExitCode.Fine, (await Workshop.End(last)).ExitCode);
        AssertSame(whole, killed);
        Assert.IsFalse(Directory.Exists(killed.File("checkpoints")), "a run that is done needs none");
        Assert.IsGreaterThan(20, killed.ReadRecord()!.Resumed.Count);
        Assert.IsTrue(killed.ReadRecord()!.Resumed.All(r => r.Changed.Count == 0));
    }

    /// <summary>What methods keep and draw beyond their networks: targets, momentum encoders, starts of attacks.</summary>
    [TestMethod]
    [DataRow(
        "{ id: shapes, train-samples: 56, test-samples: 32 }",
        "optimizer: { id: lars, lr: 0.5 }, schedule: { id: warmup-cosine, warmup-epochs: 1 }, augmentation: byol-views, probe: { id: knn, k: 5 }, probe-every: 2",
        "{ id: byol-sat, projector-hidden: 16, predictor-hidden: 16, projection-dimension: 8 }; { id: sat-ssl, projector-hidden: 16, predictor-hidden: 16, projection-dimension: 8 }; { id: simsiam, projector-hidden: 16, predictor-hidden: 8, projection-dimension: 8 }",
        DisplayName = "self-supervised"
    )]
    [DataRow(
        "{ id: shapes, train-samples: 56, test-samples: 32, normalize: false }",
        "augmentation: crop-flip",
        "{ id: pgd-at, steps: 3 }; { id: trades, steps: 3 }; { id: trades-sat, steps: 3, start-epoch: 1 }",
        DisplayName = "adversarial"
    )]
    [DataRow(
        "{ id: shapes, train-samples: 56, test-samples: 32 }",
        "optimizer: { id: sgd, lr: 0.05 }, augmentation: crop-flip",
        "{ id: sat-selective, start-epoch: 1, alpha: 0.7 }; { id: deep-gamblers, start-epoch: 1 }; { id: selectivenet, selection-hidden: 8 }",
        DisplayName = "selective"
    )]
    public async Task Runs_that_are_killed_end_with_the_bits_of_ones_that_were_not(string dataset, string training, string methods)
    {
        using var workshop = new Workshop();
        var random = new Random(20261126);
        workshop.Write(
            "tiny.yaml",
            $$"""
            name: tiny
            defaults:
              dataset: {{dataset}}
              model: { id: small-conv, width: 4 }
              training: { epochs: 4, batch-size: 8, {{training}} }
            matrix:
              method:
            {{string.Join('\n', methods.Split("; ").Select(m => "    - " + m))}}
            """
        );
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--out", "whole")).ExitCode);

        foreach (var planned in workshop.Plan("whole").Runs)
        {
            var killed = workshop.Run("killed", planned.Id);
            Directory.CreateDirectory(killed.Path);
            File.Copy(workshop.Run("whole", planned.Id).RequestFile, killed.RequestFile);
            var inEpoch = 0;
            for (var kill = 0; kill < 3; kill++)
            {
                var before = Latest(killed);
                using var worker = Worker(workshop, killed, "--checkpoint-every", "1");
                var steps = random.Next(2, 6);
                await Wait.Until(() => worker.HasExited || Latest(killed) >= before + steps);
                worker.Kill();
                await worker.WaitForExitAsync();
                inEpoch += Latest(killed) % 7 != 0 ? 1 : 0;
            }
            Assert.AreNotEqual(RunStatus.Done, killed.ReadRecord()!.Status, "the run was too short to be killed");
            Assert.IsGreaterThan(0, inEpoch, "some kills are to fall into an epoch");

            using var last = Worker(workshop, killed);
            Assert.AreEqual(ExitCode.Fine, (await Workshop.End(last)).ExitCode);
            var whole = workshop.Run("whole", planned.Id);
            foreach (var file in whole.ReadRecord()!.Outputs.Keys)
                Assert.AreEqual(
                    Hash(whole.File(file)),
                    Hash(killed.File(file)),
                    $"{planned.Request.Spec.Method.Id} {file}\n{File.ReadAllText(whole.MetricsFile)}{File.ReadAllText(killed.MetricsFile)}"
                );
            Assert.IsTrue(killed.ReadRecord()!.Resumed.Count >= 3 && killed.ReadRecord()!.Resumed.All(r => r.Changed.Count == 0));
        }
    }

    [TestMethod]
    [DataRow(
        "sat",
        "sgd",
        "crop-flip",
        "fp32",
        2 /* SIGINT */
        ,
        ExitCode.Interrupted
    )]
    [DataRow(
        "sat",
        "adam",
        "none",
        "fp32",
        15 /* SIGTERM */
        ,
        ExitCode.Terminated
    )]
    // With it, the scale of the loss.
    [DataRow(
        "sat",
        "sgd",
        "none",
        "fp16",
        15 /* SIGTERM */
        ,
        ExitCode.Terminated
    )]
    [DataRow(
        "sat",
        "adam",
        "none",
        "fp16",
        15 /* SIGTERM */
        ,
        ExitCode.Terminated
    )]
    public async Task A_sweep_that_is_stopped_leaves_a_checkpoint_and_goes_on_from_it(
        string method,
        string optimizer,
        string augmentation,
        string precision,
        int signal,
        int exitCode
    )
    {
        using var workshop = new Workshop().HearingSignals();
        workshop.WriteStudy(
            $"method: [ {{ id: {method}{(method == "sat" ? ", start-epoch: 5" : "")} }} ]\nnoise: [ {{ id: symmetric, rate: 0.4 }} ]\nprecision: [{precision}]",
            training: $"epochs: 40, batch-size: 8, evaluate-every: 10, optimizer: {{ id: {optimizer} }}, augmentation: {{ id: {augmentation} }}"
        );
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--out", "whole")).ExitCode);
        var id = workshop.Plan("whole").Runs[0].Id;

        using var sweep = workshop.Start("sweep", "tiny.yaml", "--threads", "1", "--checkpoint-every", "5");
        var run = workshop.Run("runs/tiny", id);
        await Wait.Until(() => Latest(run) >= 40 || sweep.HasExited);
        Assert.AreEqual(0, Kill(sweep.Id, signal));
        Assert.AreEqual(exitCode, (await Workshop.End(sweep)).ExitCode);
        Assert.AreEqual(RunStatus.Interrupted, run.ReadRecord()!.Status);
        var step = Latest(run);
        Assert.IsGreaterThanOrEqualTo(40, step);

        var again = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        Assert.AreEqual(ExitCode.Fine, again.ExitCode, again.Error);
        Assert.Contains($"resumed after step {step}, in epoch {step / 8 + 1}/40", again.Error);
        AssertSame(workshop.Run("whole", id), run);
        var times = TensorBoard.ReadTimes(run.TensorBoardFile);
        CollectionAssert.AreEqual(new[] { 10, 20, 30, 40 }, times.Keys.ToArray(), "each epoch once");
        CollectionAssert.AreEqual(times.Values.Order().ToArray(), times.Values.ToArray(), "when it was");
    }

    [TestMethod]
    public async Task Threads_are_kept_when_a_run_is_resumed_and_other_ones_are_recorded()
    {
        using var workshop = new Workshop();
        var run = await Begun(workshop, "remembering", epochs: 3);
        using (var worker = Worker(workshop, run, "--checkpoint-every", "1"))
        {
            await Wait.Until(() => Latest(run) > 2 || worker.HasExited);
            worker.Kill();
            await worker.WaitForExitAsync();
        }
        using (var worker = workshop.Start(["worker", "--folder", run.Path, .. Plugin, "--checkpoint-every", "1"]))
        {
            var step = Latest(run);
            await Wait.Until(() => Latest(run) > step || worker.HasExited);
            worker.Kill();
            await worker.WaitForExitAsync();
        }
        Assert.AreEqual(1, run.ReadRecord()!.Environment!.Threads);
        Assert.IsEmpty(run.ReadRecord()!.Resumed[^1].Changed);

        using var last = workshop.Start(["worker", "--folder", run.Path, .. Plugin, "--threads", "2"]);
        Assert.AreEqual(ExitCode.Fine, (await Workshop.End(last)).ExitCode);
        CollectionAssert.AreEqual(new[] { "threads: 2, before 1" }, run.ReadRecord()!.Resumed[^1].Changed.ToArray());
    }

    [TestMethod]
    public async Task The_memory_format_is_kept_when_a_run_is_resumed_and_another_one_is_recorded()
    {
        using var workshop = new Workshop();
        workshop.Variables["SAT_MEMORY_FORMAT"] = "contiguous";
        var run = await Begun(workshop, "remembering", epochs: 3);
        using (var worker = Worker(workshop, run, "--checkpoint-every", "1"))
        {
            await Wait.Until(() => Latest(run) > 2 || worker.HasExited);
            worker.Kill();
            await worker.WaitForExitAsync();
        }
        workshop.Variables.Remove("SAT_MEMORY_FORMAT");
        using (var worker = Worker(workshop, run, "--checkpoint-every", "1"))
        {
            var step = Latest(run);
            await Wait.Until(() => Latest(run) > step || worker.HasExited);
            worker.Kill();
            await worker.WaitForExitAsync();
        }
        Assert.AreEqual("contiguous", run.ReadRecord()!.Environment!.MemoryFormat);
        Assert.IsEmpty(run.ReadRecord()!.Resumed[^1].Changed);

        workshop.Variables["SAT_MEMORY_FORMAT"] = "channels-last";
        using var last = Worker(workshop, run);
        Assert.AreEqual(ExitCode.Fine, (await Workshop.End(last)).ExitCode);
        CollectionAssert.AreEqual(
            new[] { "memory-format: channels-last, before contiguous" },
            run.ReadRecord()!.Resumed[^1].Changed.ToArray()
        );
    }

    [TestMethod]
    public async Task A_damaged_checkpoint_is_reported_and_the_one_before_it_is_used()
    {
        using var workshop = new Workshop();
        var whole = await Whole(workshop, "remembering", epochs: 4);
        var run = await Begun(workshop, "remembering", epochs: 4);
        using (var worker = Worker(workshop, run, "--checkpoint-every", "3"))
        {
            await Wait.Until(() => new CheckpointFolder(run).All().Count == 2 && Latest(run) > 6 || worker.HasExited);
            worker.Kill();
            await worker.WaitForExitAsync();
        }
        var checkpoints = new CheckpointFolder(run).All();
        var bytes = await File.ReadAllBytesAsync(checkpoints[0].Path);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(checkpoints[0].Path, bytes);

        using var last = Worker(workshop, run);
        var outcome = await Workshop.End(last);
        Assert.AreEqual(ExitCode.Fine, outcome.ExitCode, outcome.Error);
        Assert.Contains("its checksum is not the one in its name; an earlier one is used", outcome.Error);
        var resumption = run.ReadRecord()!.Resumed[^1];
        Assert.AreEqual(checkpoints[1].Step, resumption.Step);
        Assert.Contains(Path.GetFileName(checkpoints[0].Path), resumption.Damaged.Single());
        AssertSame(whole, run);
    }

    [TestMethod]
    public async Task A_stopped_owner_whose_run_was_taken_over_leaves_without_writing()
    {
        using var workshop = new Workshop();
        workshop.Variables["SAT_LEASE_SECONDS"] = "1";
        var run = await Begun(workshop, "remembering", epochs: 6);
        using var first = Worker(workshop, run, "--checkpoint-every", "1");
        await Wait.Until(() => Latest(run) > 2 || first.HasExited);
        Assert.AreEqual(
            0,
            Kill(
                first.Id,
                19 /* SIGSTOP */
            )
        );

        // Until the lease has run out, others find it held.
        Outcome second;
        do
        {
            using var worker = Worker(workshop, run, "--checkpoint-every", "1");
            second = await Workshop.End(worker);
        } while (second.ExitCode == LeaseHeld);
        Assert.AreEqual(ExitCode.Fine, second.ExitCode, second.Error);
        var before = Contents(run);

        Assert.AreEqual(
            0,
            Kill(
                first.Id,
                18 /* SIGCONT */
            )
        );
        var left = await Workshop.End(first);
        Assert.AreEqual(LeaseHeld, left.ExitCode, left.Error);
        Assert.Contains("another worker has taken over the run", left.Error);
        CollectionAssert.AreEqual(before, Contents(run));
    }

    [TestMethod]
    public async Task A_checkpoint_is_written_flushed_renamed_and_its_folder_flushed_in_that_order()
    {
        if (!File.Exists("/usr/bin/strace"))
            Assert.Inconclusive("needs strace, which this machine does not have");
        using var workshop = new Workshop();
        var run = await Begun(workshop, "remembering", epochs: 1);
        var trace = Path.Combine(workshop.Folder, "trace");
        using var worker = workshop.Start(
            [
                "strace",
                "-f",
                "-y",
                "-e",
                "trace=openat,write,pwrite64,fsync,rename,renameat,renameat2",
                "-o",
                trace,
                .. workshop.Program,
                "worker",
                "--folder",
                run.Path,
                "--threads",
                "1",
                .. Plugin,
                "--checkpoint-every",
                "4",
            ],
            workshop.Folder
        );
        var outcome = await Workshop.End(worker);
        Assert.AreEqual(ExitCode.Fine, outcome.ExitCode, outcome.Error);

        // A call of one thread can be split into two lines by another's; each begins with its name and arguments.
        var calls = (await File.ReadAllLinesAsync(trace))
            .Where(l => l.Contains("checkpoint", StringComparison.Ordinal))
            .Select(l => CallName().Match(l).Groups["name"].Value + " " + l)
            .ToList();
        var written = calls.FindLastIndex(c =>
            c.StartsWith("pwrite64", StringComparison.Ordinal) || c.StartsWith("write ", StringComparison.Ordinal)
        );
        var flushed = calls.FindLastIndex(c =>
            c.StartsWith("fsync", StringComparison.Ordinal) && c.Contains(".tmp", StringComparison.Ordinal)
        );
        var renamed = calls.FindLastIndex(c =>
            c.StartsWith("rename", StringComparison.Ordinal) && c.Contains(".safetensors", StringComparison.Ordinal)
        );
        var folder = calls.FindLastIndex(c =>
            c.StartsWith("fsync", StringComparison.Ordinal) && c.Contains("checkpoints>", StringComparison.Ordinal)
        );
        var all = string.Join('\n', calls.TakeLast(12));
        Assert.IsTrue(
            0 <= written && written < flushed && flushed < renamed && renamed < folder,
            $"write {written}, fsync {flushed}, rename {renamed}, fsync of the folder {folder}\n{all}"
        );
    }

    /// <summary>A run that nobody disturbed.</summary>
    private static async Task<RunFolder> Whole(Workshop workshop, string method, int epochs)
    {
        var run = await Begun(workshop, method, epochs, "whole");
        using var worker = Worker(workshop, run);
        var outcome = await Workshop.End(worker);
        Assert.AreEqual(ExitCode.Fine, outcome.ExitCode, outcome.Error);
        return run;
    }

    /// <summary>A run's folder with its request, and no more.</summary>
    private static async Task<RunFolder> Begun(Workshop workshop, string method, int epochs, string output = "run")
    {
        workshop.WriteStudy(
            $"method: [ {{ id: {method} }} ]\nnoise: [ {{ id: symmetric, rate: 0.4 }} ]",
            training: $"epochs: {epochs}, batch-size: 8, evaluate-every: 2, optimizer: {{ id: sgd, lr: 0.02 }}, augmentation: {{ id: crop-flip }}"
        );
        var plan = await workshop.Sat(["plan", "tiny.yaml", "--json", .. Plugin]);
        Assert.AreEqual(ExitCode.Fine, plan.ExitCode, plan.Error);
        var spec = System.Text.Json.Nodes.JsonNode.Parse(plan.Out)!["runs"]![0]!;
        var run = workshop.Run(output, (string)spec["id"]!);
        Directory.CreateDirectory(run.Path);
        await File.WriteAllTextAsync(run.RequestFile, $$"""{ "spec": {{spec["spec"]!.ToJsonString()}}, "locations": {} }""");
        return run;
    }

    private static Process Worker(Workshop workshop, RunFolder run, params string[] arguments) =>
        workshop.Start(["worker", "--folder", run.Path, "--threads", "1", .. Plugin, .. arguments]);

    /// <summary>The step of the latest checkpoint; 0 where there is none.</summary>
    private static long Latest(RunFolder run) => new CheckpointFolder(run).All() is [var latest, ..] ? latest.Step : 0;

    /// <summary>True while a checkpoint is being written, or was when its writer died.</summary>
    private static bool Writing(RunFolder run)
    {
        try
        {
            return Directory
                .EnumerateDirectories(run.Path, "lease-*")
                .Any(l => Directory.EnumerateFiles(l, "checkpoint.*.tmp", SearchOption.AllDirectories).Any());
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static void AssertSame(RunFolder expected, RunFolder actual)
    {
        foreach (var file in Outcome)
            Assert.AreEqual(
                Hash(expected.File(file)),
                Hash(actual.File(file)),
                file.EndsWith("jsonl", StringComparison.Ordinal)
                    ? $"{file}\n{File.ReadAllText(expected.File(file))}{File.ReadAllText(actual.File(file))}"
                    : file
            );
        CollectionAssert.AreEqual(expected.ReadRecord()!.Final!.ToArray(), actual.ReadRecord()!.Final!.ToArray());
    }

    private static string Hash(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));

    private static string[] Contents(RunFolder run) =>
        [
            .. Directory
                .EnumerateFiles(run.Path, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(f => $"{Path.GetRelativePath(run.Path, f)} {Hash(f)}"),
        ];

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);

    [GeneratedRegex(@"^\d+ +(<\.\.\. )?(?<name>\w+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CallName();
}

using System.Security.Cryptography;
using System.Text;
using Sat.Engine.Checkpoints;
using Sat.Engine.Weights;
using Sat.Records;
using Sat.Records.Runs;

namespace Sat.Fuzz.Tests;

/// <summary>A real checkpoint of a real run, damaged: with its old name, which tells, and with a name that fits the damage.</summary>
[TestClass]
public sealed class CheckpointFuzzTests
{
    private static TemporaryFolder? _folder;
    private static RunFolder? _run;
    private static byte[] _checkpoint = [];
    private static string _name = "";

    [ClassInitialize]
    public static void Interrupt(TestContext context)
    {
        _folder = new TemporaryFolder();
        _folder.Write(
            "study.yaml",
            Encoding.UTF8.GetBytes(
                """
                name: once
                defaults:
                  dataset: { id: shapes, train-samples: 64, test-samples: 32 }
                  model: { id: small-conv, width: 2 }
                  method: { id: sat, start-epoch: 0 }
                  noise: { id: symmetric, rate: 0.4 }
                  training: { epochs: 2, batch-size: 16, augmentation: { id: crop-flip } }
                """
            )
        );
        // A checkpoint after each step; the run is done, so the last is kept from being cleared by a copy.
        var (code, _, error) = Fuzzing.Sat(_folder, "whole", "sweep", "study.yaml", "--threads", "1");
        Assert.AreEqual(ExitCode.Fine, code, error);
        _run = new RunFolder(Directory.GetDirectories(_folder.At("runs", "once"))[0]);
        File.Delete(_run.RecordFile);
        var begun = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo(
                "dotnet",
                [Places.Tool, "worker", "--folder", _run.Path, "--threads", "1", "--checkpoint-every", "1"]
            )
            {
                UseShellExecute = false,
            }
        )!;
        var folder = new CheckpointFolder(_run);
        while (!begun.HasExited && (folder.All() is not [{ Step: >= 3 }, ..]))
            Thread.Yield();
        begun.Kill();
        begun.WaitForExit();
        begun.Dispose();
        var latest = folder.All()[0];
        _checkpoint = File.ReadAllBytes(latest.Path);
        _name = Path.GetFileName(latest.Path);
        ClearCheckpoints();
    }

    private static void ClearCheckpoints()
    {
        using var lease = RunLease.TryTake(_run!)!;
        new CheckpointFolder(_run!).Clear(lease);
    }

    [ClassCleanup]
    public static void Remove() => _folder!.Dispose();

    [TestMethod]
    [Timeout(300_000)]
    public void A_damaged_checkpoint_is_passed_over_or_reads_without_harm()
    {
        var id = _run!.ReadRequest()!.Spec.Id();
        var folder = Path.Combine(_run.Path, "checkpoints");
        var passedOver = 0;
        Fuzzing.Each(_checkpoint, (bytes, seed) =>
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            Directory.CreateDirectory(folder);
            var name = seed % 3 == 0 ? _name : $"{_name[..12]}-{Convert.ToHexStringLower(SHA256.HashData(bytes))}.safetensors";
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
            var (found, damaged) = FoundCheckpoint.Latest(_run, id);
            Assert.AreEqual(found is null ? 1 : 0, damaged.Count);
            passedOver += damaged.Count;
            if (found is null)
                return;
            using var file = new TensorFile(found.File.Path);
            foreach (var tensor in file.Names)
                file.Read(tensor).Dispose();
        });
        Directory.Delete(folder, recursive: true);
        Assert.IsGreaterThan(Fuzzing.InProcess / 3, passedOver);
    }

    [TestMethod]
    [Timeout(600_000)]
    public void A_run_with_a_damaged_checkpoint_begins_anew_or_fails_in_a_sentence()
    {
        var done = 0;
        for (var seed = 0; seed < Fuzzing.ThroughTool; seed++)
        {
            ClearCheckpoints();
            File.Delete(_run!.RecordFile);
            var bytes = Mutation.Of(_checkpoint, new Random(3000 + seed));
            var name = seed % 2 == 0 ? _name : $"{_name[..12]}-{Convert.ToHexStringLower(SHA256.HashData(bytes))}.safetensors";
            _folder!.Write(Path.Combine("runs", "once", _run.Name, "checkpoints", name), bytes);
            var (code, _, error) = Fuzzing.Sat(_folder, $"seed {3000 + seed}", "worker", "--folder", _run.Path, "--threads", "1");
            var record = _run.ReadRecord()!;
            if (seed % 2 == 0)
            {
                Assert.AreEqual(RunStatus.Done, record.Status, $"seed {3000 + seed}: {record.Error}");
                Assert.Contains("its checksum is not the one in its name", error);
            }
            done += record.Status == RunStatus.Done ? 1 : 0;
            Assert.AreEqual(code == ExitCode.Fine, record.Status == RunStatus.Done);
            if (record.Status != RunStatus.Done)
                Assert.IsNotEmpty(record.Error!);
        }
        Assert.IsGreaterThanOrEqualTo(Fuzzing.ThroughTool / 2, done);
    }
}

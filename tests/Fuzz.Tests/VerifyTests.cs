using System.Text;
using Sat.Records;
using Sat.Records.Runs;
using Sat.Sweeps.Store;

namespace Sat.Fuzz.Tests;

/// <summary>What <c>runs verify</c> finds in the folder of a real sweep.</summary>
[TestClass]
public sealed class VerifyTests
{
    /// <summary>A seeded property: of every file of a swept folder, any one byte.</summary>
    [TestMethod]
    public void Verify_finds_any_changed_byte_of_any_file()
    {
        using var place = new TemporaryFolder();
        place.Write(
            "study.yaml",
            Encoding.UTF8.GetBytes(
                """
                name: once
                defaults:
                  dataset: { id: shapes, train-samples: 64, test-samples: 32 }
                  model: { id: small-conv, width: 2 }
                  method: { id: sat, start-epoch: 0 }
                  noise: { id: symmetric, rate: 0.4 }
                  training: { epochs: 2, batch-size: 16 }
                """
            )
        );
        var (code, _, error) = Fuzzing.Sat(place, "whole", "sweep", "study.yaml", "--threads", "1");
        Assert.AreEqual(ExitCode.Fine, code, error);
        var folder = place.At("runs", "once");
        var one = new RunFolder(Directory.GetDirectories(folder)[0]);
        string[] files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => new FileInfo(f).Length > 0)];
        foreach (var name in new[] { "plan.json", "results.json", "report.html", "report.md", "report.csv", "cells.csv" })
            Assert.Contains(Path.Combine(folder, name), files);
        foreach (
            var name in new[]
            {
                "run.json",
                "request.json",
                "metrics.jsonl",
                "telemetry.jsonl",
                "events.jsonl",
                "weights.safetensors",
                "SHA256SUMS",
            }
        )
            Assert.Contains(one.File(name), files);
        Assert.IsTrue(Verification.Run(new RunStore(folder)).IsWhole);
        var random = new Random(20261128);
        foreach (var file in files)
        {
            var whole = File.ReadAllBytes(file);
            for (var trial = 0; trial < 12; trial++)
            {
                var bytes = (byte[])whole.Clone();
                // The ends of files are where checksums and line breaks are.
                var at = trial switch
                {
                    0 => 0,
                    1 => bytes.Length - 1,
                    2 => Math.Max(0, bytes.Length - 3),
                    _ => random.Next(bytes.Length),
                };
                bytes[at] ^= (byte)(1 << random.Next(8));
                File.WriteAllBytes(file, bytes);
                Assert.IsFalse(
                    Verification.Run(new RunStore(folder)).IsWhole,
                    $"{Path.GetRelativePath(folder, file)}, byte {at} of {whole.Length}: 0x{whole[at]:x2} became 0x{bytes[at]:x2}"
                );
            }
            File.WriteAllBytes(file, whole);
            // Without the list of what was rendered, nobody knows that anything was.
            if (file == Path.Combine(folder, "SHA256SUMS"))
                continue;
            File.Move(file, file + ".away");
            Assert.IsFalse(Verification.Run(new RunStore(folder)).IsWhole, $"{Path.GetRelativePath(folder, file)} is missing");
            File.Move(file + ".away", file);
        }
        Assert.IsTrue(Verification.Run(new RunStore(folder)).IsWhole);
    }
}

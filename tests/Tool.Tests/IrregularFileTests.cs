using System.Diagnostics;
using Sat.Records;

namespace Sat.Tool.Tests;

/// <summary>Pipes, devices and links that lead round where a file is wanted: a sentence at once. Opening them would wait for ever, or fill
/// the disk.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows, IgnoreMessage = "Windows has no pipes or devices among its files")]
public sealed class IrregularFileTests
{
    [TestMethod]
    [Timeout(240_000)]
    public async Task No_command_waits_for_what_is_no_file()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1]");
        string At(params string[] parts) => Path.Combine([workshop.Folder, .. parts]);
        foreach (var folder in new[] { "planned", "plugin", "runs/one/0123456789ab", "runs/one/0123456789ac", "data/cifar10" })
            Directory.CreateDirectory(At(folder));
        foreach (
            var pipe in new[]
            {
                "pipe.yaml",
                "planned/plan.json",
                "plugin/sat-plugin.json",
                "runs/one/0123456789ab/run.json",
                "runs/one/0123456789ac/run.json",
                "data/cifar10/data_batch_1.bin",
            }
        )
            Process.Start("mkfifo", [At(pipe)])!.WaitForExit();
        File.CreateSymbolicLink(At("round.yaml"), "round.yaml");
        workshop.Write(
            "baselines.yaml",
            "name: x\nbaselines: [./pipe.yaml]\ndefaults: { dataset: shapes, model: small-conv, method: erm, training: { epochs: 1, batch-size: 32 } }\n"
        );
        (string[] Command, string Says)[] cases =
        [
            (["plan", "pipe.yaml"], "is a named pipe"),
            (["plan", "/dev/zero"], "is a device"),
            (["plan", "round.yaml"], "Too many levels of symbolic links"),
            (["plan", "baselines.yaml"], "is a named pipe"),
            (["report", "planned"], "is a named pipe"),
            (["runs", "list"], "0123456789ab"),
            (["runs", "show", "0123456789ab"], "is a named pipe"),
            (["runs", "diff", "0123456789ab", "0123456789ac"], "is a named pipe"),
            (["run", "--spec", "pipe.yaml"], "is a named pipe"),
            (["plugin", "add", "plugin"], "is a named pipe"),
            (["plugin", "list", "--plugin", "plugin"], "is a named pipe"),
            (["data", "import", "cifar10", "/dev/zero"], "is a device"),
            (["data", "import", "cifar10", "pipe.yaml"], "is a named pipe"),
            (["data", "verify", "--data", "data"], "data_batch"),
        ];
        await Task.WhenAll(
            cases
                .Chunk(7)
                .Select(async some =>
                {
                    foreach (var (command, says) in some)
                    {
                        var outcome = await workshop.Sat(command);
                        Assert.Contains(says, outcome.Out + outcome.Error, string.Join(' ', command));
                        Assert.DoesNotContain("defect of the tool", outcome.Error);
                        Assert.AreNotEqual(ExitCode.Unexpected, outcome.ExitCode);
                    }
                })
        );
    }

    [TestMethod]
    public async Task A_value_that_is_empty_is_told_by_its_name()
    {
        using var workshop = new Workshop();
        Told.InOneSentence(await workshop.Sat("plan", ""), ExitCode.Planning, "STUDY is empty");
        Told.InOneSentence(await workshop.Sat("runs", "list", "--in", ""), ExitCode.Planning, "--in is empty");
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("complete", "--", "")).ExitCode, "the word to complete may be");
    }
}

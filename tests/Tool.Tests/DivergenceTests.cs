using Sat.Records;
using Sat.Records.Runs;

namespace Sat.Tool.Tests;

[TestClass]
public sealed class DivergenceTests
{
    [TestMethod]
    public async Task A_loss_that_becomes_NaN_makes_the_run_diverged_and_the_sweep_goes_on()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("training.optimizer.lr: [1e6, 0.05]", training: "epochs: 40, batch-size: 16");
        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");

        Assert.AreEqual(ExitCode.RunFailed, sweep.ExitCode, sweep.Error);
        Assert.Contains("runs: 1 done, 1 diverged", sweep.Error);
        Assert.DoesNotContain("   at ", sweep.Error);
        var runs = workshop.Plan("runs/tiny").Runs.Select(r => workshop.Run("runs/tiny", r.Id)).ToArray();
        var diverged = runs[0].ReadRecord()!;
        Assert.AreEqual(RunStatus.Diverged, diverged.Status);
        Assert.IsNull(diverged.Final);
        var epoch = runs[0].ReadMetrics().Count + 1;
        Assert.Contains($"not a number in epoch {epoch}.", diverged.Error!);
        Assert.Contains("lower learning rate", diverged.Error!);
        Assert.IsGreaterThan(1, epoch, "the epochs before are kept");
        Assert.AreEqual(RunStatus.Done, runs[1].ReadRecord()!.Status);

        var html = await File.ReadAllTextAsync(sweep.LastLine);
        Assert.Contains($"not a number in epoch {epoch}.", html);
        Assert.Contains("1 of 2 runs are done; 1 diverged", await File.ReadAllTextAsync(Path.ChangeExtension(sweep.LastLine, "md")));
        Assert.Contains("diverged", (await workshop.Sat("plan", "tiny.yaml")).Out);
    }
}

using Sat.Records;

namespace Sat.Tool.Tests;

/// <summary>A stranger's sink, asked for by a study.</summary>
[TestClass]
public sealed class SinkTests
{
    [TestMethod]
    public async Task A_plugins_sink_writes_what_the_metrics_file_has_into_the_runs_folder()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("method: [ { id: erm } ]", training: "epochs: 2, batch-size: 32");
        File.AppendAllText(Path.Combine(workshop.Folder, "tiny.yaml"), "\nsinks: [{ id: csv, separator: ';' }]\n");
        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--plugin", Places.Bin("Ledger"));
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);

        var run = workshop.Run("runs/tiny", workshop.Plan("runs/tiny").Runs[0].Id);
        var table = File.ReadAllLines(Path.Combine(run.Path, "metrics.csv"));
        var metrics = run.ReadMetrics();
        Assert.AreEqual("epoch;" + string.Join(';', metrics[0].Values.Keys), table[0]);
        CollectionAssert.AreEqual(
            metrics
                .Select(m =>
                    FormattableString.Invariant(
                        $"{m.Epoch};{string.Join(';', m.Values.Values.Select(v => FormattableString.Invariant($"{v}")))}"
                    )
                )
                .ToArray(),
            table[1..]
        );
        var verified = await workshop.Sat("runs", "verify", "--in", "runs/tiny");
        Assert.AreEqual(ExitCode.Fine, verified.ExitCode, verified.Out + verified.Error);
    }
}

using Sat.Records;
using Sat.Records.Runs;

namespace Sat.Tool.Tests;

/// <summary>
/// A half-done sweep with a run of every kind and standing, made at commit 7b6f136 (tool 0.1.0, records of schema 2): what this and every
/// later version must list, report, resume and reproduce.
/// </summary>
[TestClass]
public sealed class EveryKindOfRunTests
{
    private const string Finished = "6286a36acda2";
    private const string SelfSupervised = "daeb533951ac";
    private const string Evaluated = "bca31e356aa7";
    private const string Interrupted = "fd2bc7b54239";
    private const string Planned = "759e242d2eb7";
    private static readonly string Earlier = Path.Combine(Places.Repository, "tests", "Tool.Tests", "Earlier", "every-kind");

    private static readonly Dictionary<string, string> Standings = new()
    {
        [Finished] = "done",
        [SelfSupervised] = "done",
        ["4de38ef04dd0"] = "diverged",
        ["82c6d7299fc6"] = "failed",
        [Interrupted] = "interrupted",
        ["01bd244eabc6"] = "done",
        [Evaluated] = "done",
        ["c4c1a24eb112"] = "failed",
        ["3fea9c102fbc"] = "failed",
        [Planned] = "to do",
    };

    [TestMethod]
    public async Task They_are_listed_planned_verified_and_reported_as_what_they_are()
    {
        using var workshop = new Workshop();
        Folders.Copy(Earlier, workshop.Folder);

        var plan = await workshop.Sat("plan", "study.yaml", "--out", "out");
        Assert.AreEqual(ExitCode.Fine, plan.ExitCode, plan.Error);
        // Between two releases the plugins of one version are built again and again: their runs are shown as stale.
        foreach (var (id, standing) in Standings)
            Assert.Contains(
                Row(plan.Out, id)[^1].Replace("stale", "done", StringComparison.Ordinal),
                standing,
                "the same study gives the same ids"
            );
        var list = await workshop.Sat("runs", "list", "--in", "out", "--columns", "status");
        foreach (var (id, standing) in Standings.Where(s => s.Key != Planned))
            Assert.AreEqual(standing, Row(list.Out, id)[^1]);
        var verify = await workshop.Sat("runs", "verify", "--in", "out");
        Assert.AreEqual(ExitCode.Fine, verify.ExitCode, verify.Out + verify.Error);
        var report = await workshop.Sat("report", "out");
        Assert.AreEqual(ExitCode.Fine, report.ExitCode, report.Error);
        var page = await File.ReadAllTextAsync(Path.Combine(workshop.Folder, "out", "report.md"));
        Assert.Contains("train/cat/2.png", page, "why a run failed");
    }

    [TestMethod]
    public async Task What_is_left_of_them_is_made_and_what_is_done_stays()
    {
        using var workshop = new Workshop();
        Folders.Copy(Earlier, workshop.Folder);
        var done = Told.Contents(Path.Combine(workshop.Folder, "out", Finished));

        var sweep = await workshop.Sat("sweep", "study.yaml", "--out", "out");

        Assert.AreEqual(ExitCode.Environment, sweep.ExitCode, "the image is still cut off");
        Assert.Contains("runs: 2 done, 4 done before, 3 failed, 1 diverged", sweep.Error);
        var resumed = workshop.Run("out", Interrupted).ReadRecord()!;
        Assert.AreEqual(RunStatus.Done, resumed.Status);
        Assert.AreEqual(162, resumed.Resumed.Single().Step, "it goes on from its checkpoint");
        Told.Untouched(done, Path.Combine(workshop.Folder, "out", Finished));
    }

    /// <summary>To the bit where the processor has the same vector instructions; else the command says which condition differs.</summary>
    [TestMethod]
    [DataRow(SelfSupervised)]
    [DataRow(Evaluated)]
    public async Task They_are_reproduced(string id)
    {
        using var workshop = new Workshop();
        Folders.Copy(Earlier, workshop.Folder);
        var again = await workshop.Sat("reproduce", id, "--in", "out");
        if (again.Out.StartsWith("identical", StringComparison.Ordinal))
            Assert.AreEqual(ExitCode.Fine, again.ExitCode, again.Error);
        else
            Assert.MatchesRegex("cpu|convolution-kernels", again.Out, "nothing but the processor, and what is allowed of it, can differ");
    }

    private static string[] Row(string table, string id) =>
        table.Split('\n').Single(l => l.StartsWith(id, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

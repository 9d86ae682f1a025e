using Sat.Records;
using Sat.Records.Runs;
using Sat.Sweeps.Store;

namespace Sat.Sweeps.Tests;

/// <summary>Which run an id means.</summary>
[TestClass]
public sealed class RunStoreTests
{
    private static readonly string Id = Studying.Plan("matrix: { method: { id: plain, behaviour: finish } }").Runs[0].Id;

    [TestMethod]
    public void A_repetition_does_not_make_an_id_ambiguous()
    {
        using var folder = new TemporaryFolder();
        // The study was made again after its run had been repeated.
        Lay(folder, "reproduced", began: 1);
        var meant = Lay(folder, "study", began: 2);
        Assert.AreEqual(meant, RunStore.Find(folder.Path, Id[..6]).Path);

        var first = Lay(folder, "earlier", began: 0);
        Assert.AreEqual(first, RunStore.Find(folder.Path, Id[..6]).Path, "of several outputs the one that began first");

        File.WriteAllText(Path.Combine(first, "run.json"), "{");
        Assert.AreEqual(meant, RunStore.Find(folder.Path, Id[..6]).Path, "a damaged record hides no other");
    }

    [TestMethod]
    public void Two_runs_of_one_beginning_are_named()
    {
        using var folder = new TemporaryFolder();
        Lay(folder, "study", began: 0);
        Directory.CreateDirectory(folder.At("study", Id[..6] + "000000"));
        var error = Assert.ThrowsExactly<SatException>(() => RunStore.Find(folder.Path, Id[..6]));
        Assert.AreEqual(ExitCode.Planning, error.ExitCode);
        Assert.Contains("matches 2 runs", error.Message);
    }

    private static string Lay(TemporaryFolder folder, string output, int began)
    {
        var plan = Studying.Plan("matrix: { method: { id: plain, behaviour: finish } }");
        var run = RunFolder.For(folder.At(output), plan.Runs[0].Id);
        Directory.CreateDirectory(run.Path);
        plan.Write(folder.At(output));
        run.WriteRecord(
            new RunRecord
            {
                Id = plan.Runs[0].Id,
                Spec = plan.Runs[0].Request.Spec,
                Status = RunStatus.Interrupted,
                Started = DateTimeOffset.UnixEpoch.AddDays(began),
            }
        );
        return run.Path;
    }
}

using Sat.Records.Runs;

namespace Sat.Records.Tests;

[TestClass]
public class RunLeaseTests
{
    [TestMethod]
    public void While_another_process_holds_it_nobody_gets_it()
    {
        using var folder = new Folder();
        var run = RunFolder.Of(folder.Path, new string('a', 64));
        Assert.IsFalse(RunLease.IsHeld(run));
        using (var child = new ChildProcess("hold", run.Path))
        {
            Assert.AreEqual("held", child.Said);
            Assert.IsTrue(RunLease.IsHeld(run));
            Assert.IsNull(RunLease.TryTake(run));
            using var second = new ChildProcess("hold", run.Path);
            Assert.AreEqual("refused", second.Said);
            child.LetEnd();
        }
        Assert.IsFalse(RunLease.IsHeld(run));
        using var mine = RunLease.TryTake(run);
        Assert.IsNotNull(mine);
        using var third = new ChildProcess("hold", run.Path);
        Assert.AreEqual("refused", third.Said);
    }

    [TestMethod]
    public void A_killed_holder_gives_it_back()
    {
        using var folder = new Folder();
        var run = RunFolder.Of(folder.Path, new string('a', 64));
        using var child = new ChildProcess("hold", run.Path);
        Assert.AreEqual("held", child.Said);
        child.Kill();
        Assert.IsFalse(RunLease.IsHeld(run));
        using var mine = RunLease.TryTake(run);
        Assert.IsNotNull(mine);
    }

    [TestMethod]
    public void Asking_whether_it_is_held_takes_it_from_nobody()
    {
        using var folder = new Folder();
        var run = RunFolder.Of(folder.Path, new string('a', 64));
        RunLease.TryTake(run)!.Dispose();
        using var over = new CancellationTokenSource();
        var asking = Task.Run(() =>
        {
            while (!over.IsCancellationRequested)
                RunLease.IsHeld(run);
        });
        for (var i = 0; i < 200; i++)
        {
            using var lease = RunLease.TryTake(run);
            Assert.IsNotNull(lease);
        }
        over.Cancel();
        asking.Wait();
    }

    [TestMethod]
    public void A_place_that_cannot_hold_a_folder_is_told_in_a_sentence()
    {
        using var folder = new Folder();
        folder.Write("", "file");
        Assert.StartsWith("cannot write ", Refused.With(ExitCode.Environment, () => RunLease.TryTake(RunFolder.Of(folder.At("file"), new string('a', 64)))));
    }
}

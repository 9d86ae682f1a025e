using System.Diagnostics;
using Sat.Records.Runs;

namespace Sat.Records.Tests;

[TestClass]
public class AtomicFileTests
{
    [TestMethod]
    public void A_file_is_replaced_whole_and_nothing_is_left_beside_it()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.WriteText(folder.At("run.json"), "first");
        AtomicFile.WriteText(folder.At("run.json"), "é");
        CollectionAssert.AreEqual("é"u8.ToArray(), File.ReadAllBytes(folder.At("run.json")));
        Assert.HasCount(1, Directory.GetFiles(folder.Path));
    }

    [TestMethod]
    public void A_writer_that_fails_half_way_leaves_the_old_file()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("run.json", "old");
        Assert.ThrowsExactly<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
            {
                stream.Write(new byte[100_000]);
                throw new InvalidOperationException("half way");
            }));
        Assert.AreEqual("old", File.ReadAllText(path));
        Assert.HasCount(1, Directory.GetFiles(folder.Path));
    }

    [TestMethod]
    public void A_killed_writer_leaves_a_whole_file()
    {
        using var folder = new TemporaryFolder();
        for (var i = 0; i < 5; i++)
        {
            using var child = new ChildProcess("rewrite", folder.At("file"));
            Assert.AreEqual("written", child.Said);
            child.Kill();
            var text = File.ReadAllText(folder.At("file"));
            Assert.HasCount(1 << 20, text);
            Assert.HasCount(1, text.Distinct());
        }
    }

    [TestMethod]
    public void Writers_at_once_each_leave_a_whole_file()
    {
        using var folder = new TemporaryFolder();
        Parallel.For(0, 200, i => AtomicFile.WriteText(folder.At("file"), new string((char)('a' + i % 26), 50_000)));
        Assert.HasCount(1, File.ReadAllText(folder.At("file")).Distinct());
        Assert.HasCount(1, Directory.GetFiles(folder.Path));
    }

    [TestMethod]
    public void A_folder_that_cannot_be_written_is_told_in_a_sentence()
    {
        using var folder = new TemporaryFolder();
        folder.Write("file", "");
        foreach (var path in new[] { folder.At("file", "run.json"), folder.At("missing", "run.json") })
            Assert.StartsWith($"cannot write {path}: ", Refused.With(ExitCode.Environment, () => AtomicFile.WriteText(path, "x")));
    }

    [TestMethod]
    public void A_read_only_medium_is_told_in_a_sentence_and_its_leases_can_be_asked()
    {
        using var folder = new TemporaryFolder();
        var run = RunFolder.For(folder.Path, new string('a', 64));
        RunLease.TryTake(run)!.Dispose();
        if (!Mount("--bind", folder.Path, folder.Path))
            Assert.Inconclusive("needs the right to mount, which this process does not have");
        try
        {
            if (!Mount("-o", "remount,ro,bind", folder.Path))
                Assert.Inconclusive("needs the right to mount read-only, which this process does not have");
            Assert.StartsWith("cannot write ", Refused.With(ExitCode.Environment, () => AtomicFile.WriteText(run.RecordFile, "x")));
            Assert.StartsWith("cannot write ", Refused.With(ExitCode.Environment, () => RunLease.TryTake(run)));
            Assert.StartsWith(
                "cannot write ",
                Refused.With(ExitCode.Environment, () => RunLease.TryTake(RunFolder.For(folder.Path, new string('b', 64))))
            );
            Assert.IsFalse(RunLease.IsHeld(run));
        }
        finally
        {
            Run("umount", folder.Path);
        }
    }

    private static bool Mount(params string[] arguments) => OperatingSystem.IsLinux() && Run("mount", arguments);

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false }
            )!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}

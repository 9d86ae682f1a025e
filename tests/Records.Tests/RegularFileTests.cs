using System.Diagnostics;
using System.Net.Sockets;
using Sat.Records.Data;
using Sat.Records.Files;
using Sat.Records.Plans;
using Sat.Records.Runs;

namespace Sat.Records.Tests;

/// <summary>What is no file is refused at once: opening it would wait for ever, or read without end.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows, IgnoreMessage = "Windows has no pipes, devices or sockets among its files")]
public sealed class RegularFileTests
{
    [TestMethod]
    [Timeout(60_000)]
    [DataRow("pipe", "a named pipe")]
    [DataRow("device", "a device")]
    [DataRow("socket", "a socket")]
    [DataRow("folder", "a folder")]
    [DataRow("link to a pipe", "a named pipe")]
    public void Every_reader_of_files_refuses_what_is_none(string what, string kind)
    {
        using var folder = new TemporaryFolder();
        var run = new RunFolder(folder.At("run"));
        Directory.CreateDirectory(run.Path);
        foreach (var name in new[] { "x", "run/run.json", "run/metrics.jsonl", "run/weights.safetensors", "plan.json" })
            Make(what, folder.At(name));

        AssertTold(() => RegularFile.OpenRead(folder.At("x")));
        AssertTold(() => RegularFile.ReadAllBytes(folder.At("x")));
        AssertTold(() => RegularFile.ReadAllText(folder.At("x")));
        AssertTold(() => run.ReadRecord());
        AssertTold(() => Plan.Read(folder.Path));
        if (what != "folder")
        {
            AssertTold(() => DataFiles.At("dataset 'mine'", folder.Path).Checksums());
            AssertTold(() => run.ReadMetrics());
            AssertTold(() => new JsonLinesWriter(run.MetricsFile).Dispose());
        }
        AssertTold(() => EvaluatedRun.RequireWeights(run, null!, run.WeightsFile));

        void AssertTold(Action act)
        {
            try
            {
                act();
            }
            catch (Exception e) when (e is IOException or SatException)
            {
                Assert.Contains($" is {kind}, not a regular file", e.Message);
                return;
            }
            Assert.Fail("it was read");
        }
    }

    [TestMethod]
    public void A_file_is_read_to_its_end_through_links_and_no_further_than_it_may()
    {
        using var folder = new TemporaryFolder();
        folder.Write("file", "Grüße");
        File.CreateSymbolicLink(folder.At("link"), "file");
        Assert.AreEqual("Grüße", RegularFile.ReadAllText(folder.At("link")));
        Assert.AreEqual(7, RegularFile.ReadAllBytes(folder.At("file")).Length);
        Assert.Contains(
            "has 7 bytes, but at most 6 are read",
            Assert.ThrowsExactly<IOException>(() => RegularFile.ReadAllBytes(folder.At("file"), most: 6)).Message
        );
        Assert.Contains("it contains the character NUL", Assert.ThrowsExactly<IOException>(() => RegularFile.OpenRead("a\0b")).Message);
        Assert.ThrowsExactly<FileNotFoundException>(() => RegularFile.OpenRead(folder.At("nowhere")));
    }

    [TestMethod]
    [Timeout(60_000)]
    public void Links_that_lead_round_end_and_other_links_are_followed()
    {
        using var folder = new TemporaryFolder();
        folder.Write("data/train/cat/1.png", "1");
        folder.Write("elsewhere/dog/2.png", "2");
        File.CreateSymbolicLink(folder.At("data", "train", "dog"), folder.At("elsewhere", "dog"));
        // Several of them: a walk that only ends where names become too long takes two to the power of their depth.
        foreach (var name in new[] { "up", "round", "again" })
            Directory.CreateSymbolicLink(folder.At("data", "train", "cat", name), folder.At("data"));
        Directory.CreateSymbolicLink(folder.At("data", "self"), "self");

        var files = FolderTree
            .Files(folder.At("data"))
            .Select(f => f.Name)
            .Where(f => f.EndsWith(".png", StringComparison.Ordinal))
            .Order()
            .ToArray();
        CollectionAssert.AreEqual(new[] { "train/cat/1.png", "train/dog/2.png" }, files);
        CollectionAssert.AreEqual(new[] { folder.At("data", "train", "cat", "1.png") }, FolderTree.OwnFiles(folder.At("data")).ToArray());
    }

    [TestMethod]
    [DataRow("own/file", true)]
    [DataRow("own", true)]
    [DataRow("own/inward", true)]
    [DataRow("own/outward", false)]
    [DataRow("own/folder/file", false)]
    [DataRow("own/relative", false)]
    [DataRow("owner", false)]
    public void What_lies_in_a_folder_is_told_with_all_links_followed(string path, bool holds)
    {
        using var folder = new TemporaryFolder();
        folder.Write("own/file", "1");
        folder.Write("owner", "1");
        folder.Write("other/file", "1");
        File.CreateSymbolicLink(folder.At("own", "inward"), "file");
        File.CreateSymbolicLink(folder.At("own", "outward"), folder.At("other", "file"));
        Directory.CreateSymbolicLink(folder.At("own", "folder"), folder.At("other"));
        File.CreateSymbolicLink(folder.At("own", "relative"), "../own/../other/file");
        Directory.CreateSymbolicLink(folder.At("alias"), folder.At("own"));
        Assert.AreEqual(holds, FolderTree.Holds(folder.At("own"), folder.At(path)));
        Assert.AreEqual(holds, FolderTree.Holds(folder.At("alias"), folder.At(path)), "the folder may be named by a link");
    }

    [TestMethod]
    [DataRow("https://user:secret@host/data/", "https://user:***@host/data/")]
    [DataRow("https://user:se@cret@host:8080/?a=b@c", "https://user:***@host:8080/?a=b@c")]
    [DataRow("https://token@host/", "https://***@host/")]
    [DataRow("no connection to http://u:p@proxy, nor to ftp://u:p@x", "no connection to http://u:***@proxy, nor to ftp://u:***@x")]
    [DataRow("https://host/a@b and mail@host", "https://host/a@b and mail@host")]
    public void Passwords_in_addresses_are_neither_shown_nor_kept(string text, string shown)
    {
        Assert.AreEqual(shown, Secrets.Hide(text));
        Assert.AreEqual(shown, VisibleText.Escape(text));
        if (Uri.TryCreate(text, UriKind.Absolute, out var address))
            Assert.AreEqual(shown, Secrets.Hide(address).OriginalString);
    }

    private static readonly List<Socket> Sockets = [];

    private static void Make(string what, string path)
    {
        switch (what)
        {
            case "pipe":
                Process.Start("mkfifo", [path])!.WaitForExit();
                break;
            case "link to a pipe":
                Process.Start("mkfifo", [path + ".pipe"])!.WaitForExit();
                File.CreateSymbolicLink(path, path + ".pipe");
                break;
            case "device":
                File.CreateSymbolicLink(path, "/dev/zero");
                break;
            case "socket":
                // Its file is gone with it.
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                socket.Bind(new UnixDomainSocketEndPoint(path));
                Sockets.Add(socket);
                break;
            default:
                Directory.CreateDirectory(path);
                break;
        }
    }
}

using System.Diagnostics;
using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sat.Records;

namespace Sat.Tool.Tests;

/// <summary>Data as people get them: the real tool, a real server, a plugin of a stranger's with the archive that it names.</summary>
[TestClass]
public sealed class DataTests
{
    private static readonly string Plugin = Places.Bin("Pebbles");

    private static readonly byte[] Archive = File.ReadAllBytes(Path.Combine(Plugin, "pebbles.tar.gz"));

    [TestMethod]
    public async Task Data_are_got_trained_on_found_wrong_and_got_again()
    {
        using var workshop = new Workshop();
        using var server = new StandIn(asked => Answer.File(asked, Archive));
        var folder = Path.Combine(workshop.Home, "data", "pebbles");
        var get = await Sat(workshop, "get", "pebbles", "--mirror", server.Address);
        Assert.AreEqual(ExitCode.Fine, get.ExitCode, get.Error);
        Assert.AreEqual(Path.Combine(folder, "pebbles-bin"), get.LastLine);
        Assert.Contains("Terms: Free for all.", get.Error);
        Assert.Contains("pebbles.tar.gz: 100 % of 17.5 kB", get.Error);
        Assert.DoesNotContain("\u001b", get.Error + get.Out, "in a pipe progress is plain lines");
        Assert.StartsWith("dotnet-sat/", server.Requests.Single().Headers["User-Agent"]);

        var run = await workshop.Sat(
            "run",
            "--dataset",
            "pebbles",
            "--model",
            "small-conv",
            "--set",
            "model.width=4",
            "--method",
            "erm",
            "--epochs",
            "1",
            "--set",
            "training.batch-size=16",
            "--threads",
            "1",
            "--plugin",
            Plugin
        );
        Assert.AreEqual(ExitCode.Fine, run.ExitCode, run.Error);
        Assert.AreEqual("published", new Records.Runs.RunFolder(run.LastLine).ReadRecord()!.Spec.Dataset.Variant);

        var file = Path.Combine(folder, "pebbles-bin", "test.bin");
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[100]++;
        await File.WriteAllBytesAsync(file, bytes);
        var verify = await Sat(workshop, "verify");
        Assert.AreEqual(ExitCode.Environment, verify.ExitCode);
        Assert.Contains(
            "pebbles: test.bin has a different checksum than when it was stored. 'dotnet sat data get pebbles' downloads it again.",
            verify.Out
        );
        Assert.AreEqual(ExitCode.Fine, (await Sat(workshop, "get", "pebbles", "--mirror", server.Address)).ExitCode);
        var again = await Sat(workshop, "verify", "pebbles", "--json");
        Assert.AreEqual(ExitCode.Fine, again.ExitCode, again.Error);
        Assert.AreEqual("complete", (string?)JsonNode.Parse(again.Out)!["datasets"]![0]!["status"]);
    }

    [TestMethod]
    public async Task Of_ones_own_files_verify_says_that_nothing_was_checked()
    {
        using var workshop = new Workshop();

        var verify = await workshop.Sat("data", "verify", "image-folder");

        Assert.AreEqual(ExitCode.Environment, verify.ExitCode);
        Assert.AreEqual(
            "nothing was checked: dataset 'image-folder' reads your own files, whose checksums only runs record.\n",
            verify.Error
        );
    }

    [TestMethod]
    public async Task The_list_has_a_line_for_each_dataset_and_a_sentence_for_those_that_can_be_got()
    {
        using var workshop = new Workshop();

        var list = await workshop.Sat("data", "list");

        Assert.AreEqual(ExitCode.Fine, list.ExitCode, list.Error);
        Assert.HasCount(1, list.Out.Split('\n').Where(l => l.Contains("data get", StringComparison.Ordinal)).ToArray());
        Assert.Contains("'dotnet sat data get ID' downloads cifar10, cifar10-c, cifar100, ", list.Out);
        Assert.DoesNotContain("By hand", list.Out);
    }

    [TestMethod]
    public async Task A_broken_connection_is_taken_up()
    {
        using var workshop = new Workshop();
        using var server = new StandIn(asked => Answer.File(asked, Archive) with { CutAt = 5000 }, asked => Answer.File(asked, Archive));
        var get = await Sat(workshop, "get", "pebbles", "--mirror", server.Address);
        Assert.AreEqual(ExitCode.Fine, get.ExitCode, get.Error);
        Assert.AreEqual(5000, server.Requests[1].From);
        Assert.Contains("the connection ended early. Trying again in 1 s.", get.Error);
    }

    [TestMethod]
    public async Task A_stalled_server_is_given_up_after_the_time_that_was_allowed()
    {
        using var workshop = new Workshop();
        using var server = new StandIn(asked => Answer.File(asked, Archive) with { StallAt = 5000 });
        var get = await Sat(workshop, "get", "pebbles", "--mirror", server.Address, "--timeout", "1", "--tries", "1");
        Assert.AreEqual(ExitCode.Environment, get.ExitCode);
        Assert.Contains(
            $"error: {server.Address}pebbles.tar.gz could not be downloaded: no data for 1 s. What was downloaded (5,000 bytes) is kept",
            get.Error
        );
    }

    [TestMethod]
    public async Task Ctrl_C_keeps_what_has_come_and_the_same_command_goes_on()
    {
        if (OperatingSystem.IsWindows())
            Assert.Inconclusive("signals are a matter of Unix");
        using var workshop = new Workshop().HearingSignals();
        using var server = new StandIn(asked => Answer.File(asked, Archive) with { StallAt = 5000 }, asked => Answer.File(asked, Archive));
        var partial = Path.Combine(workshop.Home, "data", ".partial", "pebbles", "pebbles.tar.gz");
        using (var get = workshop.Start(Command("get", "pebbles", "--mirror", server.Address)))
        {
            await Wait.Until(() => new FileInfo(partial) is { Exists: true, Length: 5000 });
            Workers.Signal(get, "INT");
            var outcome = await Workshop.End(get);
            Assert.AreEqual(ExitCode.Interrupted, outcome.ExitCode, outcome.Error);
            Assert.EndsWith("Stopped. What was downloaded is kept, and the same command resumes from there.\n", outcome.Error);
        }
        Assert.AreEqual(ExitCode.Fine, (await Sat(workshop, "get", "pebbles", "--mirror", server.Address)).ExitCode);
        Assert.AreEqual(5000, server.Requests[1].From);
    }

    [TestMethod]
    public async Task Killed_at_any_moment_it_leaves_nothing_or_all_and_goes_on()
    {
        using var workshop = new Workshop();
        var (plugin, archive) = Boulders(workshop);
        using var server = new StandIn(
            asked => Answer.File(asked, archive) with { StallAt = archive.Length / 3 },
            asked => Answer.File(asked, archive)
        );
        var data = Path.Combine(workshop.Folder, "data");
        var work = Path.Combine(data, ".partial", "pebbles");
        string[] command = ["data", "get", "pebbles", "--plugin", plugin, "--data", data, "--mirror", server.Address];
        var target = Path.Combine(data, "pebbles");
        // Each is the sign of a moment; where exactly the process then dies is left to chance, and must not matter.
        Func<bool>[] moments =
        [
            () => new FileInfo(Path.Combine(work, "pebbles.tar")) is { Exists: true, Length: > 0 },
            () => new FileInfo(Path.Combine(work, "pebbles.tar")) is { Exists: true } file && file.Length == archive.Length,
            () => Directory.Exists(Path.Combine(work, "unpacked")),
            () => File.Exists(Path.Combine(work, "unpacked", "pebbles-bin", "test.bin")),
            () => File.Exists(Path.Combine(work, "unpacked", "sat-data.json")),
        ];
        foreach (var moment in moments)
        {
            using var get = workshop.Start(command);
            await SpinUntil(() => moment() || get.HasExited || Directory.Exists(target));
            get.Kill();
            await get.WaitForExitAsync();
            if (Directory.Exists(target))
                AssertWhole(target);
        }
        var last = await workshop.Sat(command);
        Assert.AreEqual(ExitCode.Fine, last.ExitCode, last.Error);
        AssertWhole(target);
        Assert.IsGreaterThan(0L, server.Requests[1].From!.Value, "what the killed process had is not asked for again");

        void AssertWhole(string folder)
        {
            foreach (var name in new[] { "train.bin", "test.bin" })
                Assert.AreEqual(Sum(Stone(name)), Sum(File.ReadAllBytes(Path.Combine(folder, "pebbles-bin", name))));
            Assert.IsTrue(File.Exists(Path.Combine(folder, "sat-data.json")));
        }
    }

    [TestMethod]
    public async Task Two_at_once_download_once()
    {
        using var workshop = new Workshop();
        using var gate = new ManualResetEventSlim();
        using var server = new StandIn(asked =>
        {
            gate.Wait();
            return Answer.File(asked, Archive);
        });
        using var first = workshop.Start(Command("get", "pebbles", "--mirror", server.Address));
        await Wait.Until(() => server.Requests.Count == 1);
        using var second = workshop.Start(Command("get", "pebbles", "--mirror", server.Address));
        Assert.Contains("Terms:", (await second.StandardError.ReadLineAsync())!);
        Assert.StartsWith("Another process is working on dataset 'pebbles'", (await second.StandardError.ReadLineAsync())!);
        gate.Set();
        Assert.AreEqual(ExitCode.Fine, (await Workshop.End(first)).ExitCode);
        Assert.AreEqual(ExitCode.Fine, (await Workshop.End(second)).ExitCode);
        Assert.HasCount(1, server.Requests);
    }

    [TestMethod]
    public async Task What_cannot_be_had_ends_with_code_5_and_says_what_to_do()
    {
        using var workshop = new Workshop();
        using var server = new StandIn(_ => Answer.Error("404 Not Found"));
        var missing = await Sat(workshop, "get", "pebbles", "--mirror", server.Address);
        Assert.AreEqual(ExitCode.Environment, missing.ExitCode);
        Assert.EndsWith(
            $"error: {server.Address}pebbles.tar.gz answers 404 (Not Found). Try again later, name another server with --mirror URL, "
                + "or get it some other way and use 'dotnet sat data import pebbles PATH'.\n",
            missing.Error
        );

        var forbidden = await Sat(workshop, "get", "amber");
        Assert.AreEqual(ExitCode.Environment, forbidden.ExitCode);
        Assert.Contains(
            "error: dataset 'amber' cannot be downloaded by the tool. Ask the museum for pebbles.tar.gz: its licence forbids that others pass it on. "
                + $"Then 'dotnet sat data import amber PATH' checks it and copies it to {Path.Combine(workshop.Home, "data", "amber")}",
            forbidden.Error
        );
        Assert.AreEqual(ExitCode.Environment, (await Sat(workshop, "verify", "amber")).ExitCode, "asked for by name, it is missing");
        var none = await Sat(workshop, "verify");
        Assert.AreEqual(ExitCode.Environment, none.ExitCode, "nothing is here");
        Assert.Contains("nothing was checked: no dataset is in ", none.Error);
        var import = await Sat(workshop, "import", "amber", Path.Combine(Plugin, "pebbles.tar.gz"));
        Assert.AreEqual(ExitCode.Fine, import.ExitCode, import.Error);
        Assert.AreEqual(ExitCode.Fine, (await Sat(workshop, "verify")).ExitCode);
    }

    [TestMethod]
    public async Task Datasets_that_no_server_has_say_so()
    {
        using var workshop = new Workshop();
        var own = await workshop.Sat("data", "get", "npz");
        Assert.AreEqual(ExitCode.Planning, own.ExitCode);
        Assert.Contains(
            "It reads your own files: say where with '--set dataset.path=PATH' or in the study. 'dotnet sat plugin show npz' describes them.",
            own.Error
        );
        var registered = await workshop.Sat("data", "get", "imagenet");
        Assert.AreEqual(ExitCode.Environment, registered.ExitCode);
        foreach (var text in new[] { "https://image-net.org/download", "ILSVRC2012_img_train.tar" })
            Assert.Contains(text, registered.Error, "the page to go to, and the layout to make");
        var none = await workshop.Sat("data", "get", "shapes");
        Assert.AreEqual(ExitCode.Fine, none.ExitCode);
        Assert.Contains("It needs no files", none.Error);
        var unknown = await workshop.Sat("data", "get", "cifar1");
        Assert.AreEqual(ExitCode.Planning, unknown.ExitCode);
        Assert.Contains("Did you mean 'cifar10'?", unknown.Error);
        Assert.AreEqual(ExitCode.Planning, (await workshop.Sat("data", "get", "cifar10", "--mirror", "ftp://mirror")).ExitCode);
    }

    [TestMethod]
    public async Task The_list_tells_what_is_here_and_where_it_would_come_from()
    {
        using var workshop = new Workshop();
        workshop.Variables["SAT_DATA"] = Path.Combine(workshop.Folder, "scratch");
        Assert.AreEqual(Path.Combine(workshop.Folder, "scratch"), (await workshop.Sat("data", "where")).LastLine);
        Assert.AreEqual(Path.Combine(workshop.Folder, "scratch", "cifar10"), (await workshop.Sat("data", "where", "cifar10")).LastLine);
        Assert.AreEqual(
            Path.Combine(workshop.Folder, "other", "cifar10"),
            (await workshop.Sat("data", "where", "cifar10", "--data", "other")).LastLine
        );

        var list = JsonNode.Parse((await workshop.Sat("data", "list", "--json")).Out)!;
        Assert.AreEqual(Path.Combine(workshop.Folder, "scratch"), (string?)list["folder"]);
        var cifar = list["datasets"]!.AsArray().Single(d => (string?)d!["id"] == "cifar10")!;
        Assert.AreEqual("missing", (string?)cifar["status"]);
        Assert.AreEqual("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz", (string?)cifar["sources"]![0]!["address"]);
        Assert.AreEqual("c32a1d4ab5d03f1284b67883e8d87530", (string?)cifar["sources"]![0]!["md5"]);
        Assert.AreEqual("own-files", (string?)list["datasets"]!.AsArray().Single(d => (string?)d!["id"] == "npz")!["status"]);
    }

    [TestMethod]
    public async Task A_proxy_of_the_environment_is_used()
    {
        using var workshop = new Workshop();
        using var proxy = new StandIn(asked => Answer.File(asked, Archive));
        workshop.Variables["http_proxy"] = proxy.Address;
        var get = await Sat(workshop, "get", "pebbles", "--mirror", "http://beach.invalid/");
        Assert.AreEqual(ExitCode.Fine, get.ExitCode, get.Error);
        Assert.AreEqual("http://beach.invalid/pebbles.tar.gz", proxy.Requests.Single().Target);
    }

    [TestMethod]
    public async Task On_a_terminal_progress_is_a_bar()
    {
        using var workshop = new Workshop();
        using var server = new StandIn(asked => Answer.File(asked, Archive) with { CutAt = 5000 }, asked => Answer.File(asked, Archive));
        var typed = workshop.Write("typescript", "");
        var command = string.Join(' ', [.. workshop.Program, .. Command("get", "pebbles", "--mirror", server.Address)]);
        workshop.Variables["TERM"] = "xterm";
        Process script;
        try
        {
            script = workshop.Start(["script", "-qec", command, typed], workshop.Folder);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Inconclusive("a terminal for a program is made by 'script' of util-linux, which is not here");
            return;
        }
        using (script)
            Assert.AreEqual(ExitCode.Fine, (await Workshop.End(script)).ExitCode);
        var text = await File.ReadAllTextAsync(typed);
        Assert.Contains("\u001b[", text);
        Assert.Contains("pebbles.tar.gz downloading", text);
        Assert.Contains("the connection ended early. Trying again", text);
        Assert.DoesNotContain("100 % of", text, "no lines where a bar is");
    }

    private static string[] Command(params string[] arguments) => ["data", .. arguments, "--plugin", Plugin];

    private static Task<Outcome> Sat(Workshop workshop, params string[] arguments) => workshop.Sat(Command(arguments));

    /// <summary>The plugin with an archive so large that unpacking it takes a while.</summary>
    private static (string Plugin, byte[] Archive) Boulders(Workshop workshop)
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, leaveOpen: true))
        {
            foreach (var name in new[] { "train.bin", "test.bin" })
                writer.WriteEntry(
                    new PaxTarEntry(TarEntryType.RegularFile, $"pebbles-bin/{name}") { DataStream = new MemoryStream(Stone(name)) }
                );
        }
        var archive = tar.ToArray();
        var folder = Directory.CreateDirectory(Path.Combine(workshop.Folder, "boulders")).FullName;
        foreach (var file in Directory.GetFiles(Plugin))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        var path = Path.Combine(folder, "sat-plugin.json");
        var manifest = JsonNode.Parse(File.ReadAllText(path))!;
        var data = manifest["components"]!.AsArray().Single(c => (string?)c!["id"] == "pebbles")!["data"]!;
        data["sources"] = new JsonArray(
            new JsonObject
            {
                ["name"] = "pebbles.tar",
                ["address"] = "https://beach.invalid/pebbles.tar",
                ["format"] = "tar",
                ["bytes"] = archive.Length,
                ["sha256"] = Sum(archive),
            }
        );
        data["variants"]![0]!["files"] = new JsonObject { ["train.bin"] = Sum(Stone("train.bin")), ["test.bin"] = Sum(Stone("test.bin")) };
        File.WriteAllText(path, manifest.ToJsonString());
        return (folder, archive);
    }

    private static byte[] Stone(string name)
    {
        var bytes = new byte[name == "train.bin" ? 30_000_000 : 10_000_000];
#pragma warning disable CA5394 // Any bytes, the same each time.
        new Random(name.Length).NextBytes(bytes);
#pragma warning restore CA5394
        return bytes;
    }

    private static string Sum(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Looks as often as it can: the moments are short.</summary>
    private static Task SpinUntil(Func<bool> condition) => Task.Run(() => SpinWait.SpinUntil(condition));
}

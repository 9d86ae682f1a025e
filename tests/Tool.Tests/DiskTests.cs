using System.Globalization;
using System.Runtime.Versioning;
using Sat.Records;
using Sat.Records.Runs;

namespace Sat.Tool.Tests;

/// <summary>Folders that cannot be written: read-only, another user's, full.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux, IgnoreMessage = "mount and setpriv are Linux's")]
[SupportedOSPlatform("linux")]
public sealed class DiskTests
{
    [TestMethod]
    public async Task On_a_read_only_file_system_every_command_says_so_and_what_is_there_stays_readable()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1]");
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--out", "ro/done")).ExitCode);
        var folder = Path.Combine(workshop.Folder, "ro");
        var before = Told.Contents(folder);
        using var mount = Mount.ReadOnly(folder);

        foreach (var command in Writing("ro/done", "ro/new", "ro/study.yaml"))
            Told.InOneSentence(
                await workshop.Sat(command),
                ExitCode.Environment,
                "cannot ",
                folder,
                "the file system is read-only",
                "another folder"
            );
        Assert.Contains("1 run, 1 done, 0 to do", (await workshop.Sat("plan", "tiny.yaml", "--out", "ro/done")).Out);
        Told.Untouched(before, folder);
    }

    [TestMethod]
    public async Task In_another_users_folder_every_command_says_so()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1]");
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--out", "theirs/done")).ExitCode);
        var folder = Path.Combine(workshop.Folder, "theirs");
        var before = Told.Contents(folder);
        await AsNobody(workshop);

        foreach (var command in Writing("theirs/done", "theirs/new", "theirs/study.yaml"))
            Told.InOneSentence(await workshop.Sat(command), ExitCode.Environment, "cannot ", folder, "permission denied", "another folder");
        Told.InOneSentence(
            await workshop.Sat("plugin", "add", Places.Bin("Stranger")),
            ExitCode.Environment,
            "cannot install",
            workshop.Home,
            "permission denied",
            "SAT_HOME"
        );
        Told.Untouched(before, folder);

        File.SetUnixFileMode(workshop.Run("theirs/done", workshop.Plan("theirs/done").Runs[0].Id).RecordFile, UnixFileMode.UserRead);
        var unreadable = await workshop.Sat("plan", "tiny.yaml", "--out", "theirs/done");
        Assert.AreEqual(ExitCode.Fine, unreadable.ExitCode, "it hides no other run");
        Assert.Contains("unreadable", unreadable.Out);
        Assert.MatchesRegex("warning: .*run.json cannot be read: .*denied", unreadable.Error);
        Assert.DoesNotContain("Remove its folder", unreadable.Error, "it is not damaged");
    }

    [TestMethod]
    public async Task A_read_only_state_folder_refuses_plugins_and_lets_runs_be_made()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1, 2]");
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("plugin", "add", Places.Bin("Stranger"))).ExitCode);
        using var mount = Mount.ReadOnly(workshop.Home);

        Told.InOneSentence(
            await workshop.Sat("plugin", "add", Places.Bin("Stranger")),
            ExitCode.Environment,
            "cannot install",
            workshop.Home,
            "read-only",
            "SAT_HOME"
        );
        Told.InOneSentence(
            await workshop.Sat("plugin", "remove", "stranger.smoothing"),
            ExitCode.Environment,
            "cannot remove",
            workshop.Home,
            "read-only",
            "SAT_HOME"
        );
        Assert.Contains("label-smoothing", (await workshop.Sat("plugin", "list")).Out);

        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);
        var warning = sweep.Error.Split('\n').Single(l => l.StartsWith("warning: ", StringComparison.Ordinal));
        Assert.Contains("cannot record how fast runs are", warning);
        Assert.Contains("SAT_HOME", warning);
    }

    [TestMethod]
    public async Task A_plugin_that_does_not_fit_on_the_disk_is_not_half_added()
    {
        using var workshop = new Workshop();
        using var mount = Mount.Disk(workshop.Home, 8);
        Told.InOneSentence(
            await workshop.Sat("plugin", "add", Places.Bin("Stranger")),
            ExitCode.Environment,
            "cannot install",
            workshop.Home,
            "the disk is full"
        );
        var list = await workshop.Sat("plugin", "list");
        Assert.AreEqual((ExitCode.Fine, ""), (list.ExitCode, list.Error));
        Assert.DoesNotContain("label-smoothing", list.Out);

        mount.Resize(1024);
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("plugin", "add", Places.Bin("Stranger"))).ExitCode);
        Assert.Contains("label-smoothing", (await workshop.Sat("plugin", "list")).Out);
    }

    /// <summary>The disk grows a little each time, so that it is full in turn when the plan, a run's files and the report are
    /// written.</summary>
    [TestMethod]
    public async Task A_disk_that_is_full_again_and_again_keeps_what_is_done_and_the_sweep_completes_when_there_is_room()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy(
            "method: [ { id: sat, start-epoch: 1 } ]\nnoise: [ { id: symmetric, rate: 0.4 } ]\nseed: [1, 2]",
            training: "epochs: 2, batch-size: 32"
        );
        Assert.AreEqual(ExitCode.Fine, (await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--out", "roomy")).ExitCode);
        var size = 4;
        using var mount = Mount.Disk(Path.Combine(workshop.Folder, "small"), size);

        var refused = new HashSet<string>();
        var done = new Dictionary<string, Dictionary<string, string>>();
        while (true)
        {
            var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--out", "small/out");
            foreach (var (run, files) in done)
                Told.Untouched(files, run);
            if (sweep.ExitCode == ExitCode.Fine)
                break;
            Told.InOneSentence(sweep, ExitCode.Environment, Path.Combine(workshop.Folder, "small", "out"), "the disk is full", "Make room");
            refused.Add(Path.GetFileName(sweep.Error.Split("cannot write ")[^1].Split(": the disk")[0]));
            Assert.IsEmpty(Directory.GetFiles(Path.Combine(workshop.Folder, "small"), "*.tmp", SearchOption.AllDirectories));

            foreach (var run in Records.Plans.Plan.Read(Path.Combine(workshop.Folder, "small", "out"))?.Runs ?? [])
            {
                var folder = workshop.Run("small/out", run.Id);
                if (folder.ReadRecord() is { Status: RunStatus.Done })
                    done[folder.Path] = Told.Contents(folder.Path);
            }
            var plan = await workshop.Sat("plan", "tiny.yaml", "--out", "small/out");
            Assert.AreEqual(ExitCode.Fine, plan.ExitCode, plan.Error);
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"2 runs, {done.Count} done"), plan.Out);
            mount.Resize(size += Math.Max(12, size / 4));
        }

        Assert.Contains("plan.json", refused);
        Assert.Contains("report.html", refused);
        Assert.IsNotEmpty(
            refused.Except(["plan.json", "results.json", "report.csv", "cells.csv", "report.md", "report.html"]),
            "a run's own files were refused too"
        );
        foreach (var run in workshop.Plan("roomy").Runs)
        {
            foreach (var file in new[] { "metrics.jsonl", "noise.npy", "soft-targets.npy", "test-logits.npy", "labels.csv" })
                CollectionAssert.AreEqual(
                    await File.ReadAllBytesAsync(workshop.Run("roomy", run.Id).File(file)),
                    await File.ReadAllBytesAsync(workshop.Run("small/out", run.Id).File(file)),
                    file
                );
        }
    }

    [TestMethod]
    public async Task A_run_whose_results_do_not_fit_on_the_disk_has_failed_with_a_sentence_and_no_other_is_started()
    {
        using var workshop = new Workshop();
        workshop.WriteStudy("seed: [1, 2]\ndataset.test-samples: [3000]");
        // 3,000 rows of eight float32 logits are more than all else together.
        using var mount = Mount.Disk(Path.Combine(workshop.Folder, "small"), 100);

        var sweep = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--out", "small/out");

        var folder = workshop.Run("small/out", workshop.Plan("small/out").Runs[0].Id);
        Told.InOneSentence(sweep, ExitCode.Environment, folder.TestLogitsFile, "the disk is full");
        Assert.Contains("runs: 1 failed, 1 not started", sweep.Error);
        var record = folder.ReadRecord()!;
        Assert.AreEqual((RunStatus.Failed, ExitCode.Environment), (record.Status, record.ExitCode));
        Assert.Contains("the disk is full", record.Error!);
        Assert.IsFalse(File.Exists(folder.TestLogitsFile));

        mount.Resize(1024);
        var again = await workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--out", "small/out");
        Assert.AreEqual(ExitCode.Fine, again.ExitCode, again.Error);
        Assert.Contains("runs: 2 done", again.Error);
    }

    /// <summary>A call of every command that writes, into a folder with a finished sweep and two places with nothing.</summary>
    private static string[][] Writing(string finished, string nothing, string file) =>
        [
            ["sweep", "tiny.yaml", "--out", nothing],
            ["sweep", "tiny.yaml", "--out", finished],
            ["run", "--dataset", "shapes", "--model", "small-conv", "--method", "erm", "--out", nothing],
            ["report", finished],
            ["init", file],
        ];

    /// <summary>From here on the tool is started as a user who owns nothing.</summary>
    private static async Task AsNobody(Workshop workshop)
    {
        var open =
            UnixFileMode.UserRead
            | UnixFileMode.UserWrite
            | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead
            | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead
            | UnixFileMode.OtherExecute;
        for (var folder = workshop.Folder; folder != Path.GetTempPath().TrimEnd('/'); folder = Path.GetDirectoryName(folder)!)
            File.SetUnixFileMode(folder, open);
        workshop.Program = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", .. workshop.Program];
        Outcome version;
        try
        {
            version = await workshop.Sat("--version");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            Assert.Inconclusive($"the tool cannot be started as another user here: {e.Message}");
            return;
        }
        if (version.ExitCode != 0)
            Assert.Inconclusive($"the tool cannot be started as another user here: {version.Error}");
    }
}

using Sat.Records;
using Sat.Records.Runs;

namespace Sat.Tool.Tests;

/// <summary>Output folders whose files were damaged since: reported on, and swept on.</summary>
[TestClass]
public sealed class BadOutputFolderTests
{
    private static Workshop _workshop = null!;

    /// <summary>Two of three runs are done; each test damages a copy.</summary>
    [ClassInitialize]
    public static async Task Sweep(TestContext context)
    {
        _workshop = new Workshop();
        _workshop.WriteStudy("seed: [1, 2]");
        var sweep = await _workshop.Sat("sweep", "tiny.yaml", "--threads", "1");
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);
        _workshop.WriteStudy("seed: [1, 2, 3]");
    }

    [ClassCleanup]
    public static void CleanUp() => _workshop.Dispose();

    private const string Pipe = "mkfifo";

    /// <summary>Cut off by a disk that filled up, emptied, overwritten, edited by hand.</summary>
    [TestMethod]
    [DataRow("run.json", "{\"schema\": 1,\n \"id\": \"0", "run.json:2: ", "it is cut off")]
    [DataRow("run.json", Pipe, "run.json", "is a named pipe, not a regular file")]
    [DataRow("run.json", null, "run.json: ", "its content does not match its checksum")]
    [DataRow("metrics.jsonl", "", "metrics.jsonl: ", "its content does not match its checksum")]
    [DataRow("confusion.npy", "hello", "confusion.npy: ", "its content does not match its checksum")]
    public async Task A_damaged_run_is_named_by_every_reader_hides_no_other_and_is_made_again_to_the_bit(
        string file,
        string? text,
        string place,
        string damage
    )
    {
        var (folder, damaged, intact) = Copy();
        var (outcome, intactBefore) = (Outcome(damaged), Told.Contents(intact.Path));
        var path = damaged.File(file);
        if (text == Pipe)
        {
            File.Delete(path);
            using var making = System.Diagnostics.Process.Start("mkfifo", [path]);
            await making.WaitForExitAsync();
        }
        else
        {
            await File.WriteAllTextAsync(
                path,
                text
                    ?? (await File.ReadAllTextAsync(path)).Replace(
                        "\"test-accuracy\": 0.",
                        "\"test-accuracy\": 0.9",
                        StringComparison.Ordinal
                    )
            );
        }

        // Of a file that lists and plans do not use, they say nothing.
        var lists = file != "confusion.npy";
        foreach (
            var (command, isOutcome) in new (string[], bool)[]
            {
                (["report", folder], true),
                (["runs", "list", "--in", folder], lists),
                (["runs", "export", "--in", folder], lists),
                (["runs", "show", damaged.Name, "--in", folder], lists),
                (["runs", "verify", "--in", folder], true),
            }
        )
        {
            var told = await _workshop.Sat(command);
            Assert.AreEqual(isOutcome ? ExitCode.Environment : ExitCode.Fine, told.ExitCode, $"{string.Join(' ', command)}: {told.Error}");
            if (isOutcome)
            {
                Assert.Contains(
                    command[1] == "verify" ? $"{damaged.Name}/{file}: " : $"{damaged.Name}/{place}".TrimEnd(),
                    told.Error + told.Out
                );
                Assert.Contains(damage, told.Error + told.Out);
            }
        }
        Assert.Contains(
            "1 damaged and left out",
            await File.ReadAllTextAsync(Path.Combine(folder, "report.md")),
            "the report shows the other run, and names this one"
        );
        var plan = await _workshop.Sat("plan", "tiny.yaml", "--out", folder);
        Assert.AreEqual(ExitCode.Fine, plan.ExitCode, plan.Error);
        Assert.Contains(lists ? "3 runs, 1 done, 2 to do" : "3 runs, 2 done, 1 to do", plan.Out);

        var sweep = await _workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--out", folder);
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);
        Assert.Contains(damaged.Name, sweep.Error);
        Assert.Contains(damage, sweep.Error);
        Assert.Contains("The run is repeated", sweep.Error);
        Assert.Contains("runs: 2 done, 1 done before", sweep.Error);
        CollectionAssert.AreEquivalent(outcome, Outcome(damaged), "to the bit");
        Told.Untouched(intactBefore, intact.Path);
        Assert.IsTrue(Path.Exists(Path.Combine(damaged.Path, "set-aside-1", file)), "nothing is thrown away");
        Assert.AreEqual(ExitCode.Fine, (await _workshop.Sat("runs", "verify", "--in", folder)).ExitCode);
    }

    /// <summary>Files that no list or report reads, and on which an evaluation or a person would rely.</summary>
    [TestMethod]
    public async Task A_flipped_bit_in_weights_is_found_by_a_sweep_and_by_verify()
    {
        var (folder, damaged, _) = Copy();
        var outcome = Outcome(damaged);
        var bytes = await File.ReadAllBytesAsync(damaged.WeightsFile);
        bytes[^7] ^= 4;
        await File.WriteAllBytesAsync(damaged.WeightsFile, bytes);

        var verify = await _workshop.Sat("runs", "verify", "--in", folder);
        Assert.AreEqual(ExitCode.Environment, verify.ExitCode, verify.Error);
        Assert.AreEqual($"{damaged.Name}/weights.safetensors: its content does not match its checksum", verify.Out.TrimEnd());
        Assert.AreEqual(
            ExitCode.Fine,
            (await _workshop.Sat("runs", "verify", "--records", "--in", folder)).ExitCode,
            "records alone are whole"
        );
        var sweep = await _workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--out", folder, "--set", "seed=[1,2]");
        Assert.Contains("runs: 1 done, 1 done before", sweep.Error);
        CollectionAssert.AreEquivalent(outcome, Outcome(damaged));
    }

    [TestMethod]
    public async Task What_no_result_rests_on_can_be_taken_as_it_is_and_pruned_weights_are_no_damage()
    {
        var (folder, one, _) = Copy();
        await File.AppendAllTextAsync(one.LogFile, "a line of a person\n");
        var verify = await _workshop.Sat("runs", "verify", "--in", folder);
        Assert.AreEqual(ExitCode.Environment, verify.ExitCode);
        Assert.Contains($"{one.Name}/log.txt: its content", verify.Out);
        Assert.AreEqual(ExitCode.Fine, (await _workshop.Sat("runs", "verify", "--in", folder, "--reseal")).ExitCode);

        Assert.AreEqual(ExitCode.Fine, (await _workshop.Sat("runs", "prune", "--weights", "--in", folder)).ExitCode);
        Assert.IsFalse(File.Exists(one.WeightsFile));
        verify = await _workshop.Sat("runs", "verify", "--in", folder);
        Assert.AreEqual(ExitCode.Fine, verify.ExitCode, verify.Out);
        Assert.Contains("2 done, 1 to do", (await _workshop.Sat("plan", "tiny.yaml", "--out", folder)).Out);
        Assert.Contains("runs: 2 done before", (await _workshop.Sat("sweep", "tiny.yaml", "--out", folder, "--set", "seed=[1,2]")).Error);
    }

    [TestMethod]
    public async Task The_record_of_another_run_does_not_count_as_done()
    {
        var (folder, damaged, intact) = Copy();
        File.Copy(intact.RecordFile, damaged.RecordFile, overwrite: true);
        var report = await _workshop.Sat("report", folder);
        Assert.AreEqual(ExitCode.Environment, report.ExitCode);
        Assert.Contains($"{damaged.Name}/run.json: this is the record of another run", report.Error);
        var plan = await _workshop.Sat("plan", "tiny.yaml", "--out", folder);
        Assert.Contains($"{damaged.Name}/run.json: this is the record of another run", plan.Error);
        Assert.Contains("3 runs, 1 done, 2 to do", plan.Out);
    }

    [TestMethod]
    [DataRow("{ \"name\": \"tiny\",\n", ":2: ", "it is cut off")]
    public async Task A_damaged_plan_is_told_with_its_remedy_and_no_run_is_lost(string text, string line, string damage)
    {
        var (folder, one, other) = Copy();
        var (oneBefore, otherBefore) = (Told.Contents(one.Path), Told.Contents(other.Path));
        await File.WriteAllTextAsync(Path.Combine(folder, "plan.json"), text);

        Told.InOneSentence(
            await _workshop.Sat("report", folder),
            ExitCode.Environment,
            "plan.json" + line,
            damage,
            "The command that made the runs writes a new plan"
        );
        var mended = await _workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--out", folder);
        Assert.AreEqual(text, await File.ReadAllTextAsync(Path.Combine(folder, "plan.json.damaged-1")));
        Assert.Contains("it is kept as plan.json.damaged-1", mended.Error);
        Assert.Contains("runs: 1 done, 2 done before", mended.Error);
        Told.Untouched(oneBefore, one.Path);
        Told.Untouched(otherBefore, other.Path);
    }

    [TestMethod]
    public async Task Ids_in_a_plan_that_are_none_are_told()
    {
        var (folder, one, _) = Copy();
        var plan = Path.Combine(folder, "plan.json");
        // As an earlier version wrote it: without a checksum.
        var text = (await File.ReadAllTextAsync(plan)).Split(",\n  \"checksum\"")[0] + "\n}\n";
        await File.WriteAllTextAsync(
            plan,
            text.Replace("\"schema\": 2,\n  \"name\"", "\"schema\": 1,\n  \"name\"", StringComparison.Ordinal)
                .Replace((await ReadId(one))[5..], "", StringComparison.Ordinal)
        );
        Told.InOneSentence(
            await _workshop.Sat("report", folder),
            ExitCode.Environment,
            "plan.json",
            "is not a run id",
            "The command that made the runs writes a new plan"
        );
    }

    [TestMethod]
    public async Task What_is_no_output_folder_is_told_so()
    {
        Told.InOneSentence(
            await _workshop.Sat("report", "nowhere"),
            ExitCode.Environment,
            "there is no folder nowhere",
            "name an output folder"
        );
        Told.InOneSentence(await _workshop.Sat("report", "."), ExitCode.Environment, ". has no plan.json", "name an output folder");
        Told.InOneSentence(await _workshop.Sat("report", "tiny.yaml"), ExitCode.Environment, "tiny.yaml has no plan.json");
        Told.InOneSentence(
            await _workshop.Sat("report", "runs/tiny", "--gate", "direktion"),
            ExitCode.Planning,
            "--gate is 'direktion'",
            "Did you mean 'direction'?"
        );
    }

    [TestMethod]
    [DataRow("sweep")]
    [DataRow("plan")]
    public async Task Another_studys_folder_is_not_swept_into(string command)
    {
        var (folder, one, _) = Copy();
        var before = Told.Contents(one.Path);
        _workshop.WriteStudy("seed: [1]", name: "other");
        Told.InOneSentence(
            await _workshop.Sat(command, "other.yaml", "--out", folder),
            ExitCode.Planning,
            "holds the runs of 'tiny'",
            "choose another folder with --out"
        );
        Told.Untouched(before, one.Path);
    }

    /// <summary>The files that a run's outcome lies in, with their bytes.</summary>
    private static string[] Outcome(RunFolder run) =>
        [.. run.Outputs.Where(File.Exists).Select(f => $"{Path.GetFileName(f)} {Convert.ToHexString(File.ReadAllBytes(f))}")];

    private static async Task<string> ReadId(RunFolder run) =>
        System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(run.RecordFile))!["id"]!.GetValue<string>();

    /// <summary>A copy of the swept folder, and its two runs.</summary>
    private static (string Folder, RunFolder One, RunFolder Other) Copy()
    {
        var folder = Path.Combine(_workshop.Folder, Guid.NewGuid().ToString("N"));
        Folders.Copy(Path.Combine(_workshop.Folder, "runs", "tiny"), folder);
        string[] runs = [.. Directory.GetDirectories(folder).Order(StringComparer.Ordinal)];
        Assert.HasCount(2, runs);
        return (folder, new RunFolder(runs[0]), new RunFolder(runs[1]));
    }
}

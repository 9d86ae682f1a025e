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

    [TestMethod]
    [DataRow("run.json", "{\"schema\": 1,\n \"id\": \"0", 2, "it is cut off")]
    [DataRow("run.json", "", 1, "it is empty")]
    [DataRow("run.json", "hello", 1, "it is no JSON")]
    [DataRow("run.json", "{ \"status\": \"done\" }", 1, "it lacks 'id'")]
    public async Task A_damaged_record_fails_its_own_run_alone_and_is_left_for_who_can_mend_it(string file, string text, int line, string damage)
    {
        var (folder, damaged, intact) = Copy();
        await File.WriteAllTextAsync(damaged.File(file), text);
        var (before, intactBefore) = (Told.Contents(damaged.Path), Told.Contents(intact.Path));

        Told.InOneSentence(await _workshop.Sat("report", folder), ExitCode.Environment, $"{damaged.Name}/{file}:{line}: ", damage, "Move the run's folder away");
        Told.InOneSentence(await _workshop.Sat("plan", "tiny.yaml", "--out", folder), ExitCode.Environment, $"{damaged.Name}/{file}:{line}: ");
        var sweep = await _workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--out", folder);

        Told.AsFailedRuns(sweep, ExitCode.Environment, [$"{damaged.Name}/{file}:{line}: ", "Move the run's folder away"]);
        Assert.Contains("runs: 1 done, 1 done before, 1 failed", sweep.Error);
        Told.Untouched(before, damaged.Path);
        Told.Untouched(intactBefore, intact.Path);

        Directory.Delete(damaged.Path, recursive: true);
        var mended = await _workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--out", folder);
        Assert.AreEqual(ExitCode.Fine, mended.ExitCode, mended.Error);
        Assert.Contains("runs: 1 done, 2 done before", mended.Error);
    }

    [TestMethod]
    public async Task The_record_of_another_run_does_not_count_as_done()
    {
        var (folder, damaged, intact) = Copy();
        File.Copy(intact.RecordFile, damaged.RecordFile, overwrite: true);
        Told.InOneSentence(await _workshop.Sat("report", folder), ExitCode.Environment, $"{damaged.Name}/run.json: this is the record of another run", "Move the run's folder away");
        Told.InOneSentence(await _workshop.Sat("plan", "tiny.yaml", "--out", folder), ExitCode.Environment, $"{damaged.Name}/run.json: this is the record of another run");
    }

    [TestMethod]
    public async Task Damaged_metrics_and_arrays_of_a_finished_run_are_told_and_no_finished_run_is_touched()
    {
        var (folder, damaged, intact) = Copy();
        await File.AppendAllTextAsync(damaged.MetricsFile, "{\"epoch\":\n");
        var before = Told.Contents(damaged.Path);
        Told.InOneSentence(await _workshop.Sat("report", folder), ExitCode.Environment, $"{damaged.Name}/metrics.jsonl:2: ", "it is cut off", "Move its folder away");
        Told.InOneSentence(await _workshop.Sat("sweep", "tiny.yaml", "--out", folder, "--set", "seed=[1,2]"), ExitCode.Environment, $"{damaged.Name}/metrics.jsonl:2: ");
        Told.Untouched(before, damaged.Path);

        File.Copy(intact.MetricsFile, damaged.MetricsFile, overwrite: true);
        await File.WriteAllTextAsync(damaged.ConfusionFile, "hello");
        Told.InOneSentence(await _workshop.Sat("report", folder), ExitCode.Environment, $"{damaged.Name}/confusion.npy", "it is no NumPy array file", "Move the run's folder away");
    }

    [TestMethod]
    [DataRow("", ":1: ", "it is empty")]
    [DataRow("{ \"name\": \"tiny\",\n", ":2: ", "it is cut off")]
    [DataRow("{}", ":1: ", "it lacks 'name'")]
    public async Task A_damaged_plan_is_told_with_its_remedy_and_no_run_is_lost(string text, string line, string damage)
    {
        var (folder, one, other) = Copy();
        var (oneBefore, otherBefore) = (Told.Contents(one.Path), Told.Contents(other.Path));
        await File.WriteAllTextAsync(Path.Combine(folder, "plan.json"), text);

        Told.InOneSentence(await _workshop.Sat("report", folder), ExitCode.Environment, "plan.json" + line, damage, "Move it away and sweep the study again");
        Told.InOneSentence(await _workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--out", folder), ExitCode.Environment, "plan.json" + line, "finished runs are kept");

        File.Delete(Path.Combine(folder, "plan.json"));
        var mended = await _workshop.Sat("sweep", "tiny.yaml", "--threads", "1", "--out", folder);
        Assert.Contains("runs: 1 done, 2 done before", mended.Error);
        Told.Untouched(oneBefore, one.Path);
        Told.Untouched(otherBefore, other.Path);
    }

    [TestMethod]
    public async Task Ids_in_a_plan_that_are_none_are_told()
    {
        var (folder, one, _) = Copy();
        var plan = Path.Combine(folder, "plan.json");
        await File.WriteAllTextAsync(plan, (await File.ReadAllTextAsync(plan)).Replace((await ReadId(one))[5..], "", StringComparison.Ordinal));
        Told.InOneSentence(await _workshop.Sat("report", folder), ExitCode.Environment, "plan.json", "is no id of a run", "Move it away");
    }

    [TestMethod]
    public async Task What_is_no_output_folder_is_told_so()
    {
        Told.InOneSentence(await _workshop.Sat("report", "nowhere"), ExitCode.Environment, "nowhere has no plan.json", "name the output folder of a sweep");
        Told.InOneSentence(await _workshop.Sat("report", "."), ExitCode.Environment, ". has no plan.json", "name the output folder of a sweep");
        Told.InOneSentence(await _workshop.Sat("report", "tiny.yaml"), ExitCode.Environment, "tiny.yaml has no plan.json");
        Told.InOneSentence(await _workshop.Sat("report", "runs/tiny", "--gate", "direktion"), ExitCode.Planning, "--gate is 'direktion'", "Did you mean 'direction'?");
    }

    [TestMethod]
    public async Task Another_studys_folder_is_not_swept_into()
    {
        var (folder, one, _) = Copy();
        var before = Told.Contents(one.Path);
        _workshop.WriteStudy("seed: [1]", name: "other");
        Told.InOneSentence(await _workshop.Sat("sweep", "other.yaml", "--out", folder), ExitCode.Planning, "holds the runs of 'tiny'", "choose another folder with --out");
        Told.Untouched(before, one.Path);
    }

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

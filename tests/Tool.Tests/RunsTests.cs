using System.Globalization;
using System.Text.Json.Nodes;
using Parquet;
using Parquet.Schema;
using Sat.Records;
using Sat.Records.Runs;

namespace Sat.Tool.Tests;

/// <summary><c>runs</c> and <c>reproduce</c> on the folder of one small sweep.</summary>
[TestClass]
public sealed class RunsTests
{
    private static Workshop? _workshop;

    private static Workshop Shared => _workshop!;

    [ClassInitialize]
    public static async Task Sweep(TestContext context)
    {
        _workshop = new Workshop();
        Shared.WriteStudy(
            "method: [ erm, { id: sat, start-epoch: 0 } ]\nnoise: [ none, { id: symmetric, rate: 0.4 } ]\nseed: [1, 2, 3]",
            training: "epochs: 2, batch-size: 32"
        );
        var sweep = await Shared.Sat("sweep", "tiny.yaml", "--threads", "1", "--jobs", "2");
        Assert.AreEqual(ExitCode.Fine, sweep.ExitCode, sweep.Error);
    }

    [ClassCleanup]
    public static void Remove() => Shared.Dispose();

    [TestMethod]
    public async Task List_shows_what_tells_runs_apart_and_filters_by_settings_and_metrics()
    {
        var all = await Shared.Sat("runs", "list");
        Assert.AreEqual(ExitCode.Fine, all.ExitCode, all.Error);
        var lines = all.Out.TrimEnd('\n').Split('\n');
        Assert.HasCount(13, lines);
        foreach (var column in new[] { "id", "method.id", "noise.id", "noise.rate", "seed", "status", "test-accuracy" })
            Assert.Contains(column, lines[0]);
        Assert.DoesNotContain("model.id", lines[0], "it is the same for all");

        Assert.HasCount(3, await Ids("--where", "method.id=sat", "--where", "noise.rate>=0.4"));
        Assert.HasCount(4, await Ids("--where", "seed!=2", "--where", "noise.id=none"));
        Assert.HasCount(0, await Ids("--where", "test-accuracy>1"));
        Assert.HasCount(12, await Ids("--where", "test-accuracy<=1"));
        Assert.HasCount(12, await Ids("--in", "runs/tiny", "--where", "study=tiny"));
    }

    [TestMethod]
    [DataRow("no run here has a 'method.idd'. Did you mean 'method.id'?", "runs", "list", "--where", "method.idd=sat")]
    [DataRow("--where is 'method': it takes a condition such as", "runs", "list", "--where", "method")]
    [DataRow("--where is 'noise.rate>many': it takes a condition such as", "runs", "list", "--where", "noise.rate>many")]
    [DataRow("no run in ", "runs", "show", "ffffffffffff")]
    [DataRow("'no-such' is neither the beginning of a run's id", "runs", "show", "no-such")]
    [DataRow("RUN is empty", "runs", "show", "")]
    [DataRow("matches both sides: they must exclude each other", "runs", "compare", "method.id=erm", "seed=1")]
    [DataRow(
        "2 runs match one side with all else equal",
        "runs",
        "compare",
        "method.id=erm",
        "method.id=sat,noise.id=none",
        "--where",
        "seed=1"
    )]
    [DataRow("no two finished runs form a pair", "runs", "compare", "method.id=erm", "method.id=sat,seed=9999999", "--where", "seed=1")]
    [DataRow(
        "no pair has the metric 'test-acuracy'. Did you mean 'test-accuracy'?",
        "runs",
        "compare",
        "method.id=erm",
        "method.id=sat",
        "--metric",
        "test-acuracy"
    )]
    [DataRow(
        "--to is 'runs.txt', and '.txt' is the ending of no format. Use .csv, .json or .parquet",
        "runs",
        "export",
        "--to",
        "runs.txt"
    )]
    [DataRow("--format parquet is binary: name a file with --to", "runs", "export", "--format", "parquet")]
    public async Task What_cannot_be_selected_is_told_in_a_sentence(string sentence, params string[] arguments)
    {
        var outcome = await Shared.Sat(arguments);
        Assert.AreEqual(ExitCode.Planning, outcome.ExitCode, outcome.Out);
        Assert.Contains(sentence, outcome.Error);
        Assert.AreEqual("", outcome.Out);
    }

    [TestMethod]
    public async Task A_folder_without_runs_is_told_in_a_sentence()
    {
        Directory.CreateDirectory(Path.Combine(Shared.Folder, "empty"));
        Assert.Contains("holds no runs", (await Shared.Sat("runs", "list", "--in", "empty")).Error);
        var none = await Shared.Sat("runs", "list", "--in", "nowhere");
        Assert.AreEqual(ExitCode.Environment, none.ExitCode);
        Assert.Contains("there is no folder", none.Error);
    }

    [TestMethod]
    public async Task Show_and_diff_tell_settings_conditions_and_metrics()
    {
        var ids = await Ids("--where", "method.id=sat", "--where", "noise.id=none");
        var show = await Shared.Sat("runs", "show", ids[0][..8]);
        Assert.AreEqual(ExitCode.Fine, show.ExitCode, show.Error);
        Assert.StartsWith(ids[0], show.Out);
        foreach (var text in new[] { "method.alpha", "test-accuracy", "lib-torch", "soft-targets.npy", "threads" })
            Assert.Contains(text, show.Out, StringComparison.OrdinalIgnoreCase);

        Assert.Contains("no difference", (await Shared.Sat("runs", "diff", ids[0], ids[0])).Out);
        var diff = JsonNode.Parse((await Shared.Sat("runs", "diff", ids[0], ids[1], "--json")).Out)!["differences"]!.AsArray();
        CollectionAssert.AreEqual(
            new[] { "seed" },
            diff.Where(d => (string?)d!["kind"] == "setting").Select(d => (string)d!["name"]!).ToArray()
        );
        Assert.IsEmpty(diff.Where(d => (string?)d!["kind"] == "condition"));
    }

    [TestMethod]
    public async Task Compare_gives_paired_differences_with_students_interval()
    {
        // A repetition has the id of the run that it repeats: it is no second partner.
        var first = Shared.Plan("runs/tiny").Runs[0].Id;
        Assert.AreEqual(ExitCode.Fine, (await Shared.Sat("reproduce", first)).ExitCode);
        var sides = await Shared.Sat("runs", "compare", "method.id=erm,status=done", "method.id=sat,status=done");
        Assert.Contains("A: method.id=erm,status=done\nB: method.id=sat,status=done\n", sides.Error, "what cannot head a column");
        Assert.MatchesRegex(@"^setting +pairs +A +B +difference +from +to", sides.Out);
        var outcome = await Shared.Sat("runs", "compare", "method.id=erm", "method.id=sat", "--json", "--metric", "loss");
        Directory.Delete(Path.Combine(Shared.Folder, "runs", "reproduced"), recursive: true);
        Assert.AreEqual(ExitCode.Fine, outcome.ExitCode, outcome.Error);
        var differences = JsonNode.Parse(outcome.Out)!["differences"]!.AsArray();
        Assert.HasCount(3, differences);
        var noisy = differences.Single(d => ((string)d!["setting"]!).Contains("noise.id=symmetric", StringComparison.Ordinal))!;

        // By hand: the mean of three differences, and t(2) at 97.5 % = 4.302652729...
        var runs = Shared.Plan("runs/tiny").Runs.Where(r => r.Request.Spec.Noise.Id == "symmetric").ToArray();
        double[] Losses(string method) =>
            [
                .. runs.Where(r => r.Request.Spec.Method.Id == method)
                    .OrderBy(r => r.Request.Spec.Seed)
                    .Select(r => Shared.Run("runs/tiny", r.Id).ReadRecord()!.Final!["loss"]),
            ];
        var d = Losses("sat").Zip(Losses("erm"), (s, e) => s - e).ToArray();
        var mean = d.Average();
        var half = 4.30265272974946 * Math.Sqrt(d.Sum(x => (x - mean) * (x - mean)) / 2) / Math.Sqrt(3);
        Assert.AreEqual(3, (int)noisy["pairs"]!);
        Assert.AreEqual(mean, (double)noisy["difference"]!, 1e-12);
        Assert.AreEqual(mean - half, (double)noisy["low"]!, 1e-9);
        Assert.AreEqual(mean + half, (double)noisy["high"]!, 1e-9);
    }

    [TestMethod]
    public async Task Exports_hold_every_run_and_the_same_values_in_each_format()
    {
        var json = JsonNode.Parse((await Shared.Sat("runs", "export", "--format", "json")).Out)!.AsArray();
        Assert.HasCount(12, json);
        // The ending says which format, links are followed, and what is no regular file is written to, not replaced.
        await Shared.Sat("runs", "export", "--to", "by-ending.json");
        Assert.IsNotNull(JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Shared.Folder, "by-ending.json"))));
        await Shared.Sat("runs", "export", "--format", "csv", "--to", "stated.txt");
        Assert.StartsWith("id,study,", await File.ReadAllTextAsync(Path.Combine(Shared.Folder, "stated.txt")));
        if (!OperatingSystem.IsWindows())
        {
            File.CreateSymbolicLink(Path.Combine(Shared.Folder, "link.csv"), Path.Combine(Shared.Folder, "behind.csv"));
            await Shared.Sat("runs", "export", "--to", "link.csv");
            Assert.IsNotNull(new FileInfo(Path.Combine(Shared.Folder, "link.csv")).LinkTarget);
            Assert.Contains("test-accuracy", await File.ReadAllTextAsync(Path.Combine(Shared.Folder, "behind.csv")));
            File.CreateSymbolicLink(Path.Combine(Shared.Folder, "out"), "/dev/stdout");
            Assert.Contains("test-accuracy", (await Shared.Sat("runs", "export", "--to", "out")).Out);
        }
        var csv = (await Shared.Sat("runs", "export", "--to", "runs.csv")).LastLine;
        var table = (await File.ReadAllLinesAsync(csv)).Select(l => l.Split(',')).ToArray();
        Assert.HasCount(13, table);

        var file = (await Shared.Sat("runs", "export", "--format", "parquet", "--to", "runs.parquet")).LastLine;
        await using var reader = await ParquetReader.CreateAsync(file);
        using var group = reader.OpenRowGroupReader(0);
        async Task<string?[]> Texts(string name)
        {
            var values = new string?[12];
            await group.ReadAsync(Field(name), values.AsMemory()!);
            return values;
        }
        async Task<double?[]> Numbers(string name)
        {
            var values = new double?[12];
            await group.ReadAsync<double>(Field(name), values.AsMemory());
            return values;
        }
        DataField Field(string name) => reader.Schema.GetDataFields().Single(f => f.Name == name);

        CollectionAssert.AreEqual(json.Select(r => (string)r!["id"]!).ToArray(), await Texts("id"));
        CollectionAssert.AreEqual(json.Select(r => (string?)r!["settings"]!["method.alpha"]).ToArray(), await Texts("method.alpha"));
        var accuracies = json.Select(r => (double?)r!["metrics"]!["test-accuracy"]).ToArray();
        CollectionAssert.AreEqual(accuracies, await Numbers("test-accuracy"));
        CollectionAssert.AreEqual(
            json.Select(r => (double?)r!["metrics"]!["labels-recovered"]).ToArray(),
            await Numbers("labels-recovered"),
            "null where a run has no such metric"
        );
        var column = Array.IndexOf(table[0], "test-accuracy");
        CollectionAssert.AreEqual(
            accuracies,
            table.Skip(1).Select(r => (double?)double.Parse(r[column], CultureInfo.InvariantCulture)).ToArray()
        );
    }

    [TestMethod]
    public async Task A_damaged_record_is_listed_as_such_and_hides_no_other()
    {
        using var workshop = new Workshop();
        CopyFolder(Path.Combine(Shared.Folder, "runs"), Path.Combine(workshop.Folder, "runs"));
        var run = workshop.Run("runs/tiny", workshop.Plan("runs/tiny").Runs[0].Id);
        await File.WriteAllTextAsync(run.RecordFile, "{ \"id\": ");
        var list = await workshop.Sat("runs", "list");
        Assert.AreEqual(ExitCode.Environment, list.ExitCode, list.Error);
        Assert.HasCount(13, list.Out.TrimEnd('\n').Split('\n'));
        Assert.Contains("damaged", list.Out);
        var show = await workshop.Sat("runs", "show", run.Name);
        Assert.AreEqual(ExitCode.Environment, show.ExitCode);
        Assert.Contains($"{run.Name}/run.json", show.Error);
        var compare = await workshop.Sat("runs", "compare", "method.id=erm", "method.id=sat");
        Assert.AreEqual(ExitCode.Environment, compare.ExitCode, "what is compared lacks a run");
        Assert.Contains($"{run.Name}/run.json", compare.Error);
    }

    [TestMethod]
    public async Task Prune_removes_checkpoints_and_litter_and_never_a_record()
    {
        using var workshop = new Workshop();
        CopyFolder(Path.Combine(Shared.Folder, "runs"), Path.Combine(workshop.Folder, "runs"));
        var runs = workshop.Plan("runs/tiny").Runs.Select(r => workshop.Run("runs/tiny", r.Id)).ToArray();
        // A done run whose worker died before it cleared, and one that was interrupted.
        Checkpoint(runs[0], 5);
        foreach (var step in new[] { 1, 2, 3 })
            Checkpoint(runs[1], step);
        runs[1].WriteRecord(runs[1].ReadRecord()! with { Status = RunStatus.Interrupted });
        await File.WriteAllTextAsync(runs[2].File("run.json.7-1.tmp"), "cut off");
        var records = runs.Select(r => File.ReadAllText(r.RecordFile)).ToArray();

        var dry = await workshop.Sat("runs", "prune", "--dry-run");
        Assert.AreEqual(ExitCode.Fine, dry.ExitCode, dry.Error);
        Assert.HasCount(3, dry.Out.TrimEnd('\n').Split('\n'));
        Assert.HasCount(1, new CheckpointFolder(runs[0]).All());

        using (RunLease.TryTake(runs[2]))
        {
            var prune = await workshop.Sat("runs", "prune");
            Assert.HasCount(2, prune.Out.TrimEnd('\n').Split('\n'), "a run that a worker holds is left alone");
        }
        Assert.HasCount(0, new CheckpointFolder(runs[0]).All());
        CollectionAssert.AreEqual(new long[] { 3, 2 }, new CheckpointFolder(runs[1]).All().Select(c => c.Step).ToArray());
        Assert.IsTrue(File.Exists(runs[2].File("run.json.7-1.tmp")));
        CollectionAssert.AreEqual(records, runs.Select(r => File.ReadAllText(r.RecordFile)).ToArray());
    }

    [TestMethod]
    public async Task Reproduce_repeats_a_run_from_its_record_alone_and_judges_it()
    {
        var run = Shared.Run("runs/tiny", (await Ids("--where", "method.id=sat", "--where", "noise.rate=0.4"))[0]);
        using var workshop = new Workshop();
        workshop.Write("run.json", await File.ReadAllTextAsync(run.RecordFile));
        var same = await workshop.Sat("reproduce", "run.json");
        Assert.AreEqual(ExitCode.Fine, same.ExitCode, same.Error);
        Assert.StartsWith("identical", same.Out);

        // A record that claims another outcome, and other conditions.
        var record = run.ReadRecord()!;
        var claimed = record with
        {
            Final = record.Final!.ToDictionary(f => f.Key, f => f.Key == "test-accuracy" ? f.Value + 0.5 : f.Value),
            Outputs = record.Outputs.ToDictionary(o => o.Key, o => o.Key == "metrics.jsonl" ? new string('0', 64) : o.Value),
            Environment = record.Environment! with { LibTorch = "1.2.3", Threads = 1 },
        };
        new RunFolder(workshop.Folder).WriteRecord(claimed);
        var other = await workshop.Sat("reproduce", "run.json");
        Assert.AreEqual(ExitCode.GateNotMet, other.ExitCode, other.Error);
        Assert.StartsWith("different: test-accuracy", other.Out);
        Assert.Contains("no other seeds lie beside it to show the spread", other.Out);
        Assert.Contains("before 1.2.3", other.Out);

        new RunFolder(workshop.Folder).WriteRecord(record with { Status = RunStatus.Failed });
        Assert.Contains("only the outcome of a run that is done can be reproduced", (await workshop.Sat("reproduce", "run.json")).Error);
    }

    [TestMethod]
    public async Task Reproduce_touches_no_folder_of_a_study()
    {
        var id = Shared.Plan("runs/tiny").Runs[0].Id;
        var before = await File.ReadAllTextAsync(Shared.Run("runs/tiny", id).RecordFile);
        var outcome = await Shared.Sat("reproduce", id[..12], "--out", "runs/tiny");
        Assert.AreEqual(ExitCode.Planning, outcome.ExitCode);
        Assert.Contains("holds the runs of 'tiny'", outcome.Error);
        Assert.AreEqual(before, await File.ReadAllTextAsync(Shared.Run("runs/tiny", id).RecordFile));
    }

    private static async Task<string[]> Ids(params string[] arguments)
    {
        var outcome = await Shared.Sat(["runs", "list", "--json", .. arguments]);
        Assert.AreEqual(ExitCode.Fine, outcome.ExitCode, outcome.Error);
        return [.. JsonNode.Parse(outcome.Out)!.AsArray().Select(r => (string)r!["id"]!)];
    }

    private static void Checkpoint(RunFolder run, long step)
    {
        using var lease = RunLease.TryTake(run)!;
        new CheckpointFolder(run).Write(lease, step, 9, s => s.WriteByte((byte)step));
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}

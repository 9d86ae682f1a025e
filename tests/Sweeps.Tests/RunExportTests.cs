using System.Text.Json.Nodes;
using Parquet;
using Sat.Records.Runs;
using Sat.Sweeps.Store;

namespace Sat.Sweeps.Tests;

/// <summary>The columns of an exported table.</summary>
[TestClass]
public sealed class RunExportTests
{
    private static readonly StoredRun Trained = Run(
        'a',
        settings: new() { ["deterministic"] = "true", ["seed"] = "1" },
        conditions: new() { ["deterministic"] = "false", ["device"] = "cpu" },
        metrics: new() { ["test-accuracy"] = 0.5 }
    );

    private static readonly StoredRun Evaluated = Run(
        'b',
        settings: new() { ["evaluation.id"] = "knn" },
        conditions: new() { ["deterministic"] = "true", ["device"] = "cuda:0" },
        metrics: new() { ["knn-top-1"] = 0.25 }
    );

    private static readonly RunExport Export = new([Trained, Evaluated]);

    [TestMethod]
    public void Settings_metrics_and_conditions_have_a_column_each_by_their_names()
    {
        var header = Export.ToCsv().ReplaceLineEndings("\n").Split('\n')[0];
        Assert.AreEqual(
            "id,study,status,error,started,seconds,images-per-second,deterministic,evaluation.id,seed,knn-top-1,test-accuracy,device",
            header
        );
    }

    [TestMethod]
    public async Task A_run_without_a_setting_that_others_have_keeps_the_condition_of_its_name()
    {
        var lines = Export.ToCsv().ReplaceLineEndings("\n").Split('\n');
        var column = Array.IndexOf(lines[0].Split(','), "deterministic");
        Assert.AreEqual("true", lines[1].Split(',')[column], "what a run was asked to be goes first");
        Assert.AreEqual("true", lines[2].Split(',')[column]);

        using var parquet = new MemoryStream();
        await Export.WriteParquet(parquet);
        parquet.Position = 0;
        await using var reader = await ParquetReader.CreateAsync(parquet);
        using var group = reader.OpenRowGroupReader(0);
        var values = new string?[2];
        await group.ReadAsync(reader.Schema.GetDataFields().Single(f => f.Name == "deterministic"), values.AsMemory()!);
        CollectionAssert.AreEqual(new[] { "true", "true" }, values);

        var json = JsonNode.Parse(Export.ToJson())!.AsArray();
        Assert.AreEqual("false", (string?)json[0]!["environment"]!["deterministic"], "JSON tells both apart");
        Assert.IsNull(json[1]!["settings"]!["deterministic"]);
    }

    private static StoredRun Run(
        char digit,
        Dictionary<string, string> settings,
        Dictionary<string, string> conditions,
        Dictionary<string, double> metrics
    ) =>
        new()
        {
            Folder = RunFolder.For("runs/study", new string(digit, 64)),
            Study = "study",
            Id = new string(digit, 64),
            Status = "done",
            Settings = settings,
            Environment = conditions,
            Metrics = metrics,
        };
}

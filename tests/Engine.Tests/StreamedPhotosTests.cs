using Sat.Datasets.Tests;
using Sat.Engine.Conditions;
using Sat.Records.Components;
using Sat.Records.Data;
using Sat.Records.Runs;
using Sat.Records.Specs;

namespace Sat.Engine.Tests;

/// <summary>Runs on photos that are decoded while it trains, from archives or folders, of parts that are drawn anew each epoch.</summary>
[TestClass]
public sealed class StreamedPhotosTests
{
    private const string Archive = "ILSVRC2012_img_train.tar";
    private static readonly string[] Classes = ["n1", "n2"];
    private static readonly string[] Outputs = ["weights.safetensors", "metrics.jsonl", "soft-targets.npy", "test-logits.npy"];

    [TestMethod]
    public void A_run_ends_with_the_same_bytes_however_many_threads_decode()
    {
        using var folder = new TemporaryFolder();
        Write(folder, packed: true);

        using var one = Made(folder, loaderThreads: 1);
        using var two = Made(folder, loaderThreads: 2);
        using var five = Made(folder, loaderThreads: 5);

        AssertSame(one, two);
        AssertSame(one, five);
        Assert.AreEqual(5, five.Record.Environment!.LoaderThreads);
        Assert.IsEmpty(one.Record.Environment!.Differences(five.Record.Environment));
        Assert.IsTrue(one.Events.Any(e => e.Reading is { Stage: DataStage.Indexing, Name: Archive }), "the first makes the index");
        Assert.IsFalse(five.Events.Any(e => e.Kind == RunEventKind.Reading));
    }

    [TestMethod]
    [DataRow(true, "1", Archive)]
    [DataRow(false, "1", "train/n2/")]
    [DataRow(false, "0", "train/n2/")]
    public void A_run_that_cannot_read_a_photo_in_mid_epoch_names_the_file_and_goes_on_to_the_same_bytes(
        bool packed,
        string ahead,
        string named
    )
    {
        using var folder = new TemporaryFolder();
        Write(folder, packed);
        using var whole = Made(folder, loaderThreads: 2);
        var file = packed ? folder.At(Archive) : folder.At("train", "n2");
        using var variable = new Variable(ReadAhead.Variable, ahead);

        using var failed = Ran.Of(
            Spec(folder),
            new Components { Schedule = () => new Watching(t => Move(t.Step == 3, file, file + ".away")) },
            Locations(folder),
            checkpoints: new CheckpointInterval(1, null),
            loaderThreads: 2
        );
        Assert.AreEqual(RunStatus.Failed, failed.Record.Status);
        Assert.AreEqual(Records.ExitCode.Environment, failed.Record.ExitCode, $"{failed.Record.Error}\n{failed.Log}");
        Assert.Contains(named, failed.Record.Error!);
        Assert.HasCount(1, failed.Metrics);

        Move(true, file + ".away", file);
        var gone = failed.GoOn(Spec(folder), Same(), Locations(folder));
        Assert.AreEqual(RunStatus.Done, gone.Record.Status, gone.Log);
        Assert.HasCount(1, gone.Record.Resumed);
        AssertSame(whole, gone);
    }

    private static void Move(bool now, string from, string to)
    {
        if (now)
            Directory.Move(from, to);
    }

    private static Ran Made(TemporaryFolder folder, int loaderThreads)
    {
        var run = Ran.Of(Spec(folder), Same(), Locations(folder), loaderThreads: loaderThreads);
        Assert.AreEqual(RunStatus.Done, run.Record.Status, $"{run.Record.Error}\n{run.Log}");
        return run;
    }

    private static Components Same() => new() { Schedule = () => new Watching(_ => { }) };

    /// <summary>Twelve training photos, in three batches of five or fewer.</summary>
    private static RunSpec Spec(TemporaryFolder folder)
    {
        var schema = TestedPlugins.Host.Catalog.Find(ComponentKind.Dataset, "imagenet")!.Schema;
        var dataset = Specs.Component(ComponentKind.Dataset, "imagenet", new() { ["size"] = 32, ["resize"] = 32 }) with
        {
            Files = DataFiles.Find("imagenet", schema.Data!, folder.Path).Checksums(),
        };
        return Specs.Of(
            "sat",
            new() { ["start-epoch"] = 1, ["alpha"] = 0.7 },
            dataset: dataset,
            training: Specs.Training(epochs: 3, batchSize: 5, augmentation: "resized-crop")
        );
    }

    private static Dictionary<string, string> Locations(TemporaryFolder folder) => new() { ["dataset.path"] = folder.Path };

    private static void Write(TemporaryFolder folder, bool packed)
    {
        static (string Name, byte[] Content)[] Photos(string of, int count) =>
            [
                .. Enumerable
                    .Range(0, count)
                    .Select(i =>
                        (
                            $"{of}_{i}.JPEG",
                            Pictures.Bmp(24, 20, (x, y) => ((byte)(10 * x), (byte)(12 * y), (byte)(20 * i + (of == "n1" ? 0 : 100))))
                        )
                    ),
            ];
        if (packed)
            folder.Write(Archive, ImageNetArchives.Tar(Classes.Select(c => ($"{c}.tar", ImageNetArchives.Tar(Photos(c, 6))))));
        foreach (var c in Classes)
        {
            foreach (var (name, content) in packed ? [] : Photos(c, 6))
                folder.Write($"train/{c}/{name}", content);
            foreach (var (name, content) in Photos(c, 2))
                folder.Write($"val/{c}/{name}", content);
        }
    }

    private static void AssertSame(Ran expected, Ran actual)
    {
        foreach (var file in Outputs)
            CollectionAssert.AreEqual(expected.Bytes(file), actual.Bytes(file), file);
    }
}

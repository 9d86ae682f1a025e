using System.Text;
using System.Text.Json.Nodes;
using Sat.Datasets.Tests;
using Sat.Evaluations.Tests;
using Sat.Records;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Evaluations.Robustness.Tests;

[TestClass]
public sealed class CorruptionsTests
{
    /// <summary>Of the two images of a corruption and severity, which labels 3 and 9 are true of, the class that is seen in each: from
    /// severity 4 on the second is taken for 3, and of shot noise all are.</summary>
    private static byte Seen(int corruption, int row) =>
        (byte)(
            row % 2 == 0 ? 3
            : row >= 6 || corruption == 1 ? 3
            : 9
        );

    [TestMethod]
    public void Accuracies_are_means_over_corruptions_and_severities()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var files = new MemoryFiles();
        var progress = new List<double>();

        var metrics = Evaluate(folder, files, new() { ["batch-size"] = 3 }, progress);

        // Severities 1 to 3: all right but half of shot noise. 4 and 5: half.
        var light = 1 - (0.5 / 15);
        for (var severity = 1; severity <= 5; severity++)
            Assert.AreEqual(severity <= 3 ? light : 0.5, metrics[$"corruption-accuracy-{severity}"], 1e-12);
        Assert.AreEqual(0.8, metrics["accuracy-under-fog"], 1e-12);
        Assert.AreEqual(0.5, metrics["accuracy-under-shot-noise"], 1e-12);
        Assert.AreEqual(1 - (((3 * light) + (2 * 0.5)) / 5), metrics["mean-corruption-error"], 1e-12);
        var table = Encoding.UTF8.GetString(files.Written["corruptions.csv"]).TrimEnd('\n').Split('\n');
        Assert.HasCount(1 + (15 * 5), table);
        CollectionAssert.Contains(table, "shot-noise,2,0.5");
        CollectionAssert.Contains(table, "fog,3,1");
        Assert.HasCount(75, progress);
        Assert.AreEqual(1, progress[^1]);
    }

    [TestMethod]
    public void Fewer_images_are_the_first_of_each_corruption_and_severity()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();

        Assert.AreEqual(0, Evaluate(folder, new(), new() { ["samples"] = 1 })["mean-corruption-error"], 1e-12, "each first is right");

        var error = Assert.ThrowsExactly<SatException>(() => Evaluate(folder, new(), new() { ["samples"] = 3 }));
        Assert.Contains("there are 2 of gaussian-noise at severity 1", error.Message);
    }

    [TestMethod]
    public void What_was_stopped_goes_on_and_gives_the_same()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var whole = Evaluate(folder, new(), []);
        using var stop = new CancellationTokenSource();
        var files = new MemoryFiles
        {
            Saved = count =>
            {
                if (count == 40)
                    stop.Cancel();
            },
        };
        Assert.ThrowsExactly<OperationCanceledException>(() => Evaluate(folder, files, [], stop: stop.Token));
        var progress = new List<double>();

        var resumed = Evaluate(folder, files, [], progress);

        Assert.HasCount(35, progress);
        CollectionAssert.AreEquivalent(whole.ToArray(), resumed.ToArray());
    }

    [TestMethod]
    public void A_dataset_without_corruptions_is_refused_with_what_to_write()
    {
        using var scope = NewDisposeScope();
        var images = new ResidentSplit(zeros([4, 3, 32, 32], ScalarType.Byte), zeros(4, ScalarType.Int64));

        var error = Assert.ThrowsExactly<SatException>(() => Evaluate(new SplitDataset(10, images, images), new(), []));

        Assert.AreEqual(ExitCode.Planning, error.ExitCode);
        Assert.Contains("{ evaluation: corruptions, dataset: cifar10-c }", error.Message);
    }

    private static IReadOnlyDictionary<string, double> Evaluate(
        TemporaryFolder folder,
        MemoryFiles files,
        JsonObject options,
        List<double>? progress = null,
        CancellationToken stop = default
    )
    {
        folder.Write(CorruptedCifar.Archive, CorruptedCifar.Tar(CorruptedCifar.Files(Seen)));
        using var dataset = Datasets.Tests.Datasets.Published("cifar10-c", folder.Path);
        return Evaluate(dataset, files, options, progress, stop);
    }

    private static IReadOnlyDictionary<string, double> Evaluate(
        IDataset dataset,
        MemoryFiles files,
        JsonObject options,
        List<double>? progress = null,
        CancellationToken stop = default
    )
    {
        var task = Tasks.Of(() => new Table(zeros(1, 1)), new ImageShape(3, 32, 32), 1, zeros(1, ScalarType.Int64), 10);
        var method = TestedPlugins.Host.CreateMethod(new ComponentSpec { Id = "erm" }, task);
        return TestedPlugins.Host.Evaluate(
            new ComponentSpec { Id = "corruptions", Options = options },
            new EvaluationContext
            {
                Backbone = ((IHasBackbone)method).Backbone,
                Method = () => new RedReader(method),
                Dataset = dataset,
                Prepare = images => images,
                Device = CPU,
                CreateGenerator = _ => throw new InvalidOperationException("nothing is drawn"),
                Files = files,
                Progress = (progress ?? []).Add,
                Stop = stop,
            }
        );
    }

    /// <summary>A classifier that takes an image's red for its class.</summary>
    private sealed class RedReader(Method inner) : Method(inner.Task, inner.Network), IOutputs
    {
        public override Tensor Loss(Batch batch) => throw new NotSupportedException();

        public Tensor Outputs(Tensor images) =>
            nn.functional.one_hot((images[TensorIndex.Colon, 0, 0, 0] * 255).round().to(ScalarType.Int64), 11).to(ScalarType.Float32);
    }
}

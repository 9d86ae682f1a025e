using Sat.Engine.Randomness;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Tests;

[TestClass]
public sealed class ReproducibilityTests
{
    private static readonly string[] Deterministic =
    [
        "metrics.jsonl",
        "noise.npy",
        "soft-targets.npy",
        "test-logits.npy",
        "confusion.npy",
        "labels.csv",
    ];

    [TestMethod]
    public void A_spec_run_twice_gives_the_same_bytes_and_another_seed_others()
    {
        var training = Specs.Training(augmentation: "crop-flip", validation: 10);
        using var first = Ran.Done(Specs.Sat(startEpoch: 0, alpha: 0.3, training: training));
        using var second = Ran.Done(Specs.Sat(startEpoch: 0, alpha: 0.3, training: training));
        using var other = Ran.Done(Specs.Sat(startEpoch: 0, alpha: 0.3, training: training, seed: 2));

        foreach (var file in Deterministic)
        {
            CollectionAssert.AreEqual(first.Bytes(file), second.Bytes(file), file);
            if (file != "confusion.npy")
                CollectionAssert.AreNotEqual(first.Bytes(file), other.Bytes(file), file);
        }
        Assert.AreEqual(first.Record.Id, second.Record.Id);
        Assert.AreNotEqual(first.Record.Data!.NoiseHash, other.Record.Data!.NoiseHash);
    }

    [TestMethod]
    public void Erm_and_sat_of_one_seed_have_the_same_noise()
    {
        using var erm = Ran.Done(Specs.Of("erm"));
        using var sat = Ran.Done(Specs.Sat());

        CollectionAssert.AreEqual(erm.Bytes("noise.npy"), sat.Bytes("noise.npy"));
        Assert.IsNotNull(erm.Record.Data!.NoiseHash);
        Assert.AreEqual(erm.Record.Data.NoiseHash, sat.Record.Data!.NoiseHash);
        Assert.AreNotEqual(erm.Record.Id, sat.Record.Id);
    }

    [TestMethod]
    public void Sat_that_never_starts_trains_bit_by_bit_like_erm()
    {
        var training = Specs.Training(augmentation: "crop-flip");
        using var erm = Ran.Done(Specs.Of("erm", training: training));
        using var sat = Ran.Done(Specs.Sat(startEpoch: 3, training: training));

        CollectionAssert.AreEqual(erm.Bytes("test-logits.npy"), sat.Bytes("test-logits.npy"));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_run_whose_windows_the_engine_cuts_ends_with_the_bytes_of_one_whose_augmentation_cuts_them(bool resident)
    {
        var spec = Specs.Of(training: Specs.Training(epochs: 2, augmentation: "crop-flip", validation: 5));
        Func<IDataset> dataset = () => resident ? Numbered.Resident(60, 20) : Numbered.Streaming(60, 20);
        using var cut = Ran.Done(spec, new Components { Dataset = dataset });
        var applied = 0;
        using var whole = Ran.Done(
            spec,
            new Components
            {
                Dataset = dataset,
                Augmentation = component => new Unwindowed(TestedPlugins.Host.CreateAugmentation(component), () => applied++),
            }
        );

        Assert.AreEqual(6, applied, "steps of two epochs");
        foreach (var file in new[] { "metrics.jsonl", "test-logits.npy" })
            CollectionAssert.AreEqual(whole.Bytes(file), cut.Bytes(file), file);
    }

    [TestMethod]
    public void What_a_method_draws_moves_neither_noise_nor_order_nor_augmentation()
    {
        using var plain = Ran.Done(Specs.Of(training: Specs.Training(augmentation: "crop-flip")), Watching(_ => { }, out var plainSeen));
        using var drawing = Ran.Done(
            Specs.Of(training: Specs.Training(augmentation: "crop-flip")),
            Watching(
                task =>
                {
                    foreach (var name in new[] { Seeds.Noise, Seeds.Order, Seeds.Augmentation })
                        rand(10, generator: task.CreateGenerator(name)).Dispose();
                    rand(10).Dispose();
                },
                out var drawingSeen
            )
        );

        Assert.AreEqual(plain.Record.Data!.NoiseHash, drawing.Record.Data!.NoiseHash);
        CollectionAssert.AreEqual(plainSeen, drawingSeen);
    }

    /// <summary>Notes the order of samples and a sum over their augmented pixels, and draws from torch's global generator at each step if
    /// told to.</summary>
    private static Components Watching(Action<TrainingTask> draw, out List<string> seen)
    {
        var notes = seen = [];
        return new Components
        {
            Method = task =>
            {
                draw(task);
                return new Observer(task, batch =>
                {
                    draw(task);
                    notes.Add($"{string.Join(",", batch.Indices.data<long>().ToArray())}: {batch.Images.sum().item<float>()}");
                    return 1;
                });
            },
        };
    }

    /// <summary>An augmentation that does not say that it only moves images.</summary>
    private sealed class Unwindowed(IAugmentation inner, Action called) : IAugmentation
    {
        public Tensor Apply(Tensor images, Generator random)
        {
            called();
            return inner.Apply(images, random);
        }
    }
}

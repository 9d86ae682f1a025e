using System.Text.Json.Nodes;
using Sat.Evaluations.Representations;
using Sat.Records;
using Sat.Sdk;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Evaluations.Tests;

[TestClass]
public sealed class LinearTests
{
    [TestMethod]
    public void Side_by_side_probes_learn_as_each_would_by_itself()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        const int Batch = 12,
            Features = 5,
            Classes = 3;
        double[] rates = [0.5, 0.05];
        using var probes = new LinearProbes(Features, Classes, rates, momentum: 0.9, weightDecay: 0.01, CPU);
        var alone = rates.Select(_ => nn.Linear(Features, Classes)).ToArray();
        foreach (var layer in alone)
        {
            nn.init.zeros_(layer.weight!);
            nn.init.zeros_(layer.bias!);
        }
        var optimizers = alone
            .Select(
                (layer, i) =>
                    optim.SGD(
                        [
                            new SGD.ParamGroup([layer.weight!], rates[i], 0.9, 0, 0.01, nesterov: true),
                            new SGD.ParamGroup([layer.bias!], rates[i], 0.9, 0, 0, nesterov: true),
                        ],
                        rates[i]
                    )
            )
            .ToArray();

        for (var step = 0; step < 4; step++)
        {
            var (inputs, labels) = (randn(Batch, Features), randint(0, Classes, [Batch], ScalarType.Int64));
            // The first probe does not learn from the first samples.
            var counts = ones(2, Batch);
            counts[0].narrow(0, 0, 4).zero_();
            var factor = 1 - (0.2 * step);
            probes.Step(inputs, labels, counts, factor);
            for (var i = 0; i < alone.Length; i++)
            {
                foreach (var group in optimizers[i].ParamGroups)
                    group.LearningRate = rates[i] * factor;
                optimizers[i].zero_grad();
                var first = i == 0 ? 4 : 0;
                cross_entropy(alone[i].forward(inputs.narrow(0, first, Batch - first)), labels.narrow(0, first, Batch - first)).backward();
                optimizers[i].step();
            }
        }

        var probe = randn(20, Features);
        for (var i = 0; i < alone.Length; i++)
            Assert.IsTrue(probes.Logits(probe)[i].allclose(alone[i].forward(probe), rtol: 1e-4, atol: 1e-6), $"probe {i}");
    }

    [TestMethod]
    [DataRow(true, false)]
    [DataRow(false, false)]
    [DataRow(false, true)]
    public void Classes_that_a_line_parts_are_told_apart_and_others_are_not(bool augment, bool asStream)
    {
        using var scope = NewDisposeScope();
        var evaluating = Parted(augment ? new Counting() : null, asStream: asStream);

        var metrics = evaluating.Run("linear-eval", Options());

        Assert.AreEqual(1, metrics["linear-top1"]);
        Assert.AreEqual(1, metrics["linear-held-out-top1"]);
        Assert.IsFalse(metrics.ContainsKey("linear-top5"), "there are not more than five classes");
        Assert.AreEqual(1, evaluating.Progress[^1], 1e-12);

        manual_seed(3);
        var noise = new Evaluating(
            randn(200, 4),
            randint(0, 4, [200], ScalarType.Int64),
            randn(400, 4),
            randint(0, 4, [400], ScalarType.Int64),
            4
        )
        {
            Augmentation = augment ? new Counting() : null,
        };
        Assert.AreEqual(0.25, noise.Run("linear-eval", Options())["linear-top1"], 0.1);
    }

    [TestMethod]
    public void The_learning_rate_is_chosen_without_the_test_images()
    {
        using var scope = NewDisposeScope();
        var (right, wrong) = (Parted(), Parted(testLabelsOff: 1));

        var chosen = right.Run("linear-eval", Options());
        var chosenToo = wrong.Run("linear-eval", Options());

        Assert.AreEqual(0.0, chosenToo["linear-top1"]);
        Assert.AreEqual(chosen["linear-learning-rate"], chosenToo["linear-learning-rate"]);
        Assert.AreEqual(chosen["linear-held-out-top1"], chosenToo["linear-held-out-top1"]);
    }

    [TestMethod]
    public void The_best_learning_rate_on_held_out_images_wins()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        // Labels that follow one feature among noise: too large steps end anywhere.
        var (train, test) = (randn(400, 20), randn(400, 20));
        Tensor Labels(Tensor features) => (features.select(1, 0) + (0.3 * randn(400))).gt(0).to(ScalarType.Int64);
        var options = Options();
        options["learning-rates"] = new JsonArray(10000.0, 0.1, 1000.0);

        var metrics = new Evaluating(train, Labels(train), test, Labels(test), 2).Run("linear-eval", options);

        Assert.AreEqual(0.1, metrics["linear-learning-rate"]);
        Assert.IsGreaterThan(0.85, metrics["linear-top1"]);
    }

    [TestMethod]
    public void The_classifier_that_is_reported_has_learned_from_the_held_out_images_too()
    {
        using var scope = NewDisposeScope();
        // Ten classes of one image each: who has not seen it, cannot know it.
        var evaluating = new Evaluating(eye(10), arange(10), eye(10), arange(10), 10);
        var options = Options();
        options["held-out"] = 0.5;

        var metrics = evaluating.Run("linear-eval", options);

        Assert.AreEqual(0.0, metrics["linear-held-out-top1"]);
        Assert.AreEqual(1.0, metrics["linear-top1"]);
        Assert.AreEqual(1.0, metrics["linear-top5"]);
    }

    [TestMethod]
    public void The_backbone_and_its_batch_statistics_stay_as_they_are()
    {
        using var scope = NewDisposeScope();
        using var backbone = new Normalised();
        backbone.train();
        var before = backbone.state_dict().ToDictionary(s => s.Key, s => s.Value.detach().clone());
        var evaluating = new Evaluating(randn(32, 2), arange(32) % 2, randn(8, 2), arange(8) % 2, 2) { Backbone = backbone };

        foreach (var id in new[] { "linear-eval", "knn" })
        {
            evaluating.Run(id, id == "knn" ? [] : Options());
            foreach (var (name, value) in backbone.state_dict())
                Assert.IsTrue(value.equal(before[name]).all().item<bool>(), $"{id}: {name}");
            Assert.IsTrue(backbone.parameters().All(p => p.grad is null));
        }
    }

    [TestMethod]
    public void Training_images_are_augmented_anew_in_each_epoch_and_others_never()
    {
        using var scope = NewDisposeScope();
        var with = new Counting();

        Parted(with).Run("linear-eval", Options());

        // 60 epochs of 120 images in batches of 50, and none while testing.
        Assert.AreEqual(60 * 3, with.Calls);
    }

    [TestMethod]
    public void A_seed_decides_the_result()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var noise = new Evaluating(
            randn(200, 4),
            randint(0, 4, [200], ScalarType.Int64),
            randn(400, 4),
            randint(0, 4, [400], ScalarType.Int64),
            4
        );
        var options = Options();
        options["epochs"] = 2;

        var first = noise.Run("linear-eval", options);

        CollectionAssert.AreEqual(first.Values.ToArray(), noise.Run("linear-eval", options).Values.ToArray());
        CollectionAssert.AreNotEqual(first.Values.ToArray(), noise.Run("linear-eval", options, seed: 40).Values.ToArray());
    }

    [TestMethod]
    [DataRow("knn")]
    [DataRow("linear-eval")]
    public void An_evaluation_that_is_asked_to_stop_stops(string id)
    {
        using var scope = NewDisposeScope();
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.ThrowsExactly<OperationCanceledException>(() => Parted(stop: stop.Token).Run(id));
    }

    [TestMethod]
    [DataRow("""{ "held-out": 0.001 }""", "choose the learning rate on")]
    [DataRow("""{ "learning-rates": [] }""", "learning-rates")]
    public void Options_that_leave_nothing_to_choose_from_are_refused_in_a_sentence(string options, string said)
    {
        using var scope = NewDisposeScope();

        var error = Assert.ThrowsExactly<SatException>(() => Parted().Run("linear-eval", JsonNode.Parse(options)!.AsObject()));

        Assert.AreEqual(ExitCode.Planning, error.ExitCode);
        Assert.Contains(said, error.Message);
    }

    static JsonObject Options() => new() { ["epochs"] = 60, ["batch-size"] = 50 };

    /// <summary>Three classes around the corners of a triangle.</summary>
    static Evaluating Parted(
        IAugmentation? augmentation = null,
        int testLabelsOff = 0,
        bool asStream = false,
        CancellationToken stop = default
    )
    {
        var random = new Generator(9);
        Tensor Features(Tensor labels) => (2 * eye(3).index_select(0, labels)) + (0.2 * randn(labels.shape[0], 3, generator: random));
        var (labels, truth) = (arange(120) % 3, arange(60) % 3);
        return new(Features(labels), labels, Features(truth), (truth + testLabelsOff) % 3, 3)
        {
            Augmentation = augmentation,
            AsStream = asStream,
            Stop = stop,
        };
    }

    sealed class Normalised : Backbone
    {
        readonly Sequential _layers;

        public Normalised()
            : base(nameof(Normalised))
        {
            _layers = nn.Sequential(nn.Flatten(), nn.Linear(2, 4), nn.BatchNorm1d(4), nn.Dropout(0.5));
            RegisterComponents();
        }

        public override long FeatureDimension => 4;

        public override Tensor forward(Tensor input) => _layers.forward(input);
    }
}

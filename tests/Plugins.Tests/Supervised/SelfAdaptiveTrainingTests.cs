using System.Text.Json.Nodes;
using CsCheck;
using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Methods.Supervised.Tests;

/// <summary>What arXiv 2002.10319, Algorithm 1 promises, whatever the logits.</summary>
[TestClass]
public sealed class SelfAdaptiveTrainingTests
{
    const string Seed = "0N0XIzNsQ0O2";
    const int Samples = 12;

    /// <summary>Classes, momentum, scale of the logits, and a seed for logits and labels.</summary>
    static readonly Gen<(int Classes, double Alpha, double Scale, int Random)> Cases = Gen.Select(
        Gen.Int[2, 12],
        Gen.Double[0, 1],
        Gen.Double[0, 30],
        Gen.Int[0, int.MaxValue]
    );

    [TestMethod]
    [DataRow("sat")]
    [DataRow("sat-sce")]
    public void Targets_stay_probability_vectors_and_weights_lie_between_one_in_K_and_one(string id) => ForAll(Cases, c =>
        {
            var labels = Labels(c.Classes, c.Random);
            var method = Methods.Create(id, labels, c.Classes, new JsonObject { ["alpha"] = c.Alpha, ["start-epoch"] = 0 });
            for (var epoch = 0; epoch < 4; epoch++)
                method.Loss(Batch(Logits(c.Classes, c.Scale), labels, epoch));

            var soft = (ISoftTargets)method;
            Assert.IsGreaterThanOrEqualTo(0f, soft.SoftTargets.min().item<float>());
            Assert.IsLessThan(1e-5f, (soft.SoftTargets.sum(1) - 1).abs().max().item<float>());
            using var weights = soft.SampleWeights();
            CollectionAssert.AreEqual(new long[] { Samples }, weights.shape);
            Assert.IsGreaterThanOrEqualTo((1f / c.Classes) - 1e-6f, weights.min().item<float>());
            Assert.IsLessThanOrEqualTo(1 + 1e-6f, weights.max().item<float>());
        });

    [TestMethod]
    public void With_momentum_one_the_loss_is_cross_entropy_on_the_given_labels() => ForAll(Cases, c =>
        {
            var labels = Labels(c.Classes, c.Random);
            var method = Methods.Create("sat", labels, c.Classes, new JsonObject { ["alpha"] = 1, ["start-epoch"] = 0 });
            for (var epoch = 0; epoch < 3; epoch++)
            {
                var logits = Logits(c.Classes, c.Scale);
                Close.Assert([cross_entropy(logits, labels).item<float>()], method.Loss(Batch(logits, labels, epoch)), 1e-5, 1e-6, "loss");
            }
        });

    [TestMethod]
    public void Constant_predictions_draw_the_targets_towards_them_by_a_power_of_the_momentum() => ForAll(Cases, c =>
        {
            const int Visits = 5;
            var labels = Labels(c.Classes, c.Random);
            var method = Methods.Create("sat", labels, c.Classes, new JsonObject { ["alpha"] = c.Alpha, ["start-epoch"] = 0 });
            var logits = Logits(c.Classes, c.Scale);
            for (var epoch = 0; epoch < Visits; epoch++)
                method.Loss(Batch(logits, labels, epoch));

            var kept = Math.Pow(c.Alpha, Visits);
            var expected = (kept * one_hot(labels, c.Classes).to(float32)) + ((1 - kept) * softmax(logits, 1));
            Close.Assert(expected.data<float>().ToArray(), ((ISoftTargets)method).SoftTargets, 1e-5, 1e-6, "targets");
        });

    [TestMethod]
    [DataRow("sat")]
    [DataRow("sat-sce")]
    public void Before_the_starting_epoch_the_loss_is_cross_entropy_and_the_targets_are_the_given_labels(string id) => ForAll(Cases, c =>
        {
            var labels = Labels(c.Classes, c.Random);
            var method = Methods.Create(id, labels, c.Classes, new JsonObject { ["alpha"] = c.Alpha, ["start-epoch"] = 3 });
            for (var epoch = 0; epoch < 3; epoch++)
            {
                var logits = Logits(c.Classes, c.Scale);
                Assert.AreEqual(cross_entropy(logits, labels).item<float>(), method.Loss(Batch(logits, labels, epoch)).item<float>());
            }

            Assert.IsTrue(((ISoftTargets)method).SoftTargets.equal(one_hot(labels, c.Classes).to(float32)).all().item<bool>());
        });

    [TestMethod]
    public void Only_the_targets_of_the_batch_move()
    {
        using var scope = NewDisposeScope();
        var labels = Labels(classes: 4, random: 5);
        var method = Methods.Create("sat", labels, 4, new JsonObject { ["start-epoch"] = 0 });
        var before = ((ISoftTargets)method).SoftTargets.clone();

        method.Loss(Methods.LogitsBatch(randn(3, 4), labels, tensor(new long[] { 7, 0, 4 }), epoch: 0));

        var moved = (((ISoftTargets)method).SoftTargets - before).abs().sum(1).gt(0);
        CollectionAssert.AreEqual(new long[] { 0, 4, 7 }, moved.nonzero().flatten().data<long>().ToArray());
    }

    [TestMethod]
    public void The_loss_has_no_gradient_through_targets_and_weights()
    {
        using var scope = NewDisposeScope();
        var labels = Labels(classes: 4, random: 6);
        var method = Methods.Create("sat", labels, 4, new JsonObject { ["alpha"] = 0.5, ["start-epoch"] = 0 });
        var logits = randn(Samples, 4).requires_grad_();
        method.Loss(Batch(logits, labels, epoch: 0)).backward();

        // With t and w held fixed, the gradient of the weighted mean is w_i (p_i - t_i) / sum w.
        var targets = ((ISoftTargets)method).SoftTargets;
        Assert.IsFalse(targets.requires_grad);
        var weights = targets.amax([1], keepdim: true);
        var expected = (weights * (softmax(logits.detach(), 1) - targets)) / weights.sum();
        Close.Assert(expected.data<float>().ToArray(), logits.grad!, 1e-5, 1e-7, "gradient");
    }

    [TestMethod]
    public void Without_reweighting_every_sample_counts_the_same()
    {
        using var scope = NewDisposeScope();
        var labels = Labels(classes: 5, random: 7);
        var method = Methods.Create("sat", labels, 5, new JsonObject { ["start-epoch"] = 0, ["reweight"] = false });
        var logits = randn(Samples, 5);
        var loss = method.Loss(Batch(logits, labels, epoch: 0));

        var targets = ((ISoftTargets)method).SoftTargets;
        Close.Assert([cross_entropy(logits, targets).item<float>()], loss, 1e-5, 0, "loss");
        using var weights = ((ISoftTargets)method).SampleWeights();
        Close.Assert([.. Enumerable.Repeat(1f, Samples)], weights, 0, 0, "weights");
    }

    [TestMethod]
    [DataRow(64, 0.9, 40)]
    [DataRow(1, 0.99836, 2560)]
    [DataRow(9, 0.98529, 284)]
    [DataRow(12, 0.98044, 213)]
    [DataRow(32, 0.94868, 80)]
    public void The_momentum_and_the_starting_epoch_of_the_double_descent_experiment_follow_the_width(
        int width,
        double alpha,
        double startEpoch
    )
    {
        using var scope = NewDisposeScope();
        var options = new JsonObject
        {
            ["alpha"] = 0.9,
            ["start-epoch"] = 40,
            ["adjust-for-width"] = true,
        };
        var method = (IDerivedOptions)Methods.Create("sat", Labels(3, 8), 3, options, () => new GivenLogitsOfWidth(3, width));

        Assert.AreEqual(alpha, method.Derived["effective-alpha"], 5e-6);
        Assert.AreEqual(startEpoch, method.Derived["effective-start-epoch"]);
    }

    [TestMethod]
    [DataRow(false, 8)]
    [DataRow(true, null)]
    public void Without_a_wish_or_a_width_momentum_and_starting_epoch_stay_as_given(bool adjust, int? width)
    {
        using var scope = NewDisposeScope();
        var options = new JsonObject
        {
            ["alpha"] = 0.8,
            ["start-epoch"] = 7,
            ["adjust-for-width"] = adjust,
        };
        var method = (IDerivedOptions)
            Methods.Create("sat", Labels(3, 9), 3, options, () => width is { } w ? new GivenLogitsOfWidth(3, w) : new GivenLogits(3));

        Assert.AreEqual(0.8, method.Derived["effective-alpha"]);
        Assert.AreEqual(7, method.Derived["effective-start-epoch"]);
    }

    [TestMethod]
    public void The_adjusted_starting_epoch_is_the_one_in_force()
    {
        using var scope = NewDisposeScope();
        var labels = Labels(3, 10);
        var options = new JsonObject { ["start-epoch"] = 1, ["adjust-for-width"] = true };
        var method = Methods.Create("sat", labels, 3, options, () => new GivenLogitsOfWidth(3, 16));
        var given = ((ISoftTargets)method).SoftTargets.clone();

        method.Loss(Batch(randn(Samples, 3), labels, epoch: 3));
        Assert.IsTrue(given.equal(((ISoftTargets)method).SoftTargets).all().item<bool>());
        method.Loss(Batch(randn(Samples, 3), labels, epoch: 4));
        Assert.IsFalse(given.equal(((ISoftTargets)method).SoftTargets).all().item<bool>());
    }

    [TestMethod]
    public void The_targets_outlive_the_scope_they_were_made_in_and_are_the_state_that_checkpoints_hold()
    {
        var labels = Labels(3, 11);
        Method method;
        using (NewDisposeScope())
        {
            method = Methods.Create("sat", labels, 3, new JsonObject { ["start-epoch"] = 0 });
            method.Loss(Batch(randn(Samples, 3), labels, epoch: 0));
        }

        using var scope = NewDisposeScope();
        var state = ((IMethodState)method).State["soft-targets"];
        Assert.AreSame(((ISoftTargets)method).SoftTargets, state);
        CollectionAssert.AreEqual(new long[] { Samples, 3 }, state.shape);
        Assert.AreEqual(Samples, state.sum().item<float>(), 1e-4);
    }

    [TestMethod]
    [DataRow("sat")]
    [DataRow("sat-sce")]
    public void A_dataset_without_labels_is_refused_with_a_sentence(string id)
    {
        var error = Assert.ThrowsExactly<SatException>(() =>
            TestedPlugins.Host.CreateMethod(new() { Id = id }, Methods.Task(labels: null, classes: 3))
        );

        Assert.AreEqual(ExitCode.Planning, error.ExitCode);
        Assert.Contains("labelled dataset", error.Message);
    }

    [TestMethod]
    public void The_symmetric_loss_stays_finite_where_a_target_entry_is_zero()
    {
        using var scope = NewDisposeScope();
        var labels = Labels(3, 12);
        var method = Methods.Create("sat-sce", labels, 3, new JsonObject { ["alpha"] = 1, ["start-epoch"] = 0 });

        Assert.IsTrue(float.IsFinite(method.Loss(Batch(randn(Samples, 3), labels, epoch: 0)).item<float>()));
    }

    static void ForAll(
        Gen<(int Classes, double Alpha, double Scale, int Random)> cases,
        Action<(int Classes, double Alpha, double Scale, int Random)> holds
    ) =>
        cases.Sample(
            c =>
            {
                using var scope = NewDisposeScope();
                holds(c);
            },
            seed: Seed,
            iter: 100,
            threads: 1
        );

    static Batch Batch(Tensor logits, Tensor labels, int epoch) => Methods.LogitsBatch(logits, labels, arange(Samples), epoch);

    static Tensor Labels(int classes, int random)
    {
        manual_seed(random);
        return randint(classes, [Samples], dtype: ScalarType.Int64);
    }

    static Tensor Logits(int classes, double scale) => randn(Samples, classes) * scale;
}

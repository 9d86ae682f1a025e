using Sat.Records;
using Sat.Sdk;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Methods.SelfSupervised.Tests;

[TestClass]
public sealed class MethodTests
{
    [TestMethod]
    public void With_alpha_zero_byol_sat_is_byol_to_the_bit()
    {
        using var scope = NewDisposeScope();
        var clusters = new Clusters();
        var byol = Methods.Create("byol", clusters.Task(epochs: 3));
        var sat = Methods.Create("byol-sat", clusters.Task(epochs: 3), Methods.Small(new() { ["alpha"] = 0.0 }));

        var (losses, metrics) = clusters.Train(byol, epochs: 3);
        var (lossesToo, metricsToo) = clusters.Train(sat, epochs: 3);

        CollectionAssert.AreEqual(losses, lossesToo);
        CollectionAssert.AreEqual(metrics[^1].Values.ToArray(), metricsToo[^1].Values.ToArray());
        var state = sat.Network.state_dict();
        foreach (var (name, value) in byol.Network.state_dict())
            Assert.IsTrue(value.equal(state[name]).all().item<bool>(), name);
    }

    [TestMethod]
    public void With_alpha_above_zero_it_is_not()
    {
        using var scope = NewDisposeScope();
        var clusters = new Clusters();

        var (losses, _) = clusters.Train(Methods.Create("byol", clusters.Task(epochs: 2)), epochs: 2);
        var (lossesToo, _) = clusters.Train(Methods.Create("byol-sat", clusters.Task(epochs: 2)), epochs: 2);

        CollectionAssert.AreEqual(losses[..2], lossesToo[..2], "at the first visit the target is the output itself");
        Assert.AreNotEqual(losses[2], lossesToo[2]);
    }

    [TestMethod]
    [DataRow("byol-sat", 2)]
    [DataRow("sat-ssl", 1)]
    public void A_targets_first_visit_sets_it_and_later_ones_move_it_and_no_other(string id, int views)
    {
        using var scope = NewDisposeScope();
        const double Alpha = 0.75;
        var method = Methods.Create(id, Methods.Task(samples: 6, stepsPerEpoch: 1, epochs: 9), Methods.Small(new() { ["alpha"] = Alpha }));
        var state = ((IMethodState)method).State;
        // Without steps the target encoder stands still: its outputs on a batch can be asked for.
        Tensor[] Images(int seed) =>
            [
                .. Enumerable
                    .Range(0, views)
                    .Select(v => randn(3, TraceNetwork.Inputs, 1, 1, generator: new Generator((ulong)(seed + (100 * v))))),
            ];
        var modules = method.Network.named_modules().ToDictionary(m => m.name, m => m.module);
        Tensor Output(Tensor image) =>
            normalize(((Sequential)modules["target.projector"]).forward(((Backbone)modules["target.backbone"]).forward(image)), dim: 1);
        Tensor Outputs(Tensor[] images) => stack(images.Reverse().Select(Output), 1).detach();
        var (first, second) = (Images(1), Images(2));

        method.Loss(Tasks.Batch(first, tensor(new long[] { 4, 0, 2 })));
        Assert.IsTrue(state["targets"].index_select(0, tensor(new long[] { 4, 0, 2 })).allclose(Outputs(first)));
        CollectionAssert.AreEqual(new[] { true, false, true, false, true, false }, state["visited"].data<bool>().ToArray());

        method.Loss(Tasks.Batch(second, tensor(new long[] { 2, 1, 4 }), epoch: 1, step: 1));

        var (z, y) = (Outputs(first), Outputs(second));
        var expected = stack([
            z[1],
            y[1],
            (Alpha * z[2]) + ((1 - Alpha) * y[0]),
            zeros_like(z[0]),
            (Alpha * z[0]) + ((1 - Alpha) * y[2]),
            zeros_like(z[0]),
        ]);
        Assert.IsTrue(state["targets"].allclose(expected, atol: 1e-6));
        Assert.IsFalse(state["targets"].requires_grad);
    }

    [TestMethod]
    public void A_restored_state_goes_on_like_the_one_that_was_saved()
    {
        using var scope = NewDisposeScope();
        var clusters = new Clusters();
        var method = Methods.Create("byol-sat", clusters.Task(epochs: 3));
        clusters.Train(method, epochs: 2);
        var other = Methods.Create("byol-sat", clusters.Task(epochs: 3), seed: 2);

        // As the host does it: all of the network, and the state into the very same tensors.
        using (no_grad())
        {
            var network = other.Network.state_dict();
            foreach (var (name, value) in method.Network.state_dict())
                network[name].copy_(value);
            foreach (var (name, value) in ((IMethodState)method).State)
                ((IMethodState)other).State[name].copy_(value);
        }

        CollectionAssert.AreEqual(clusters.Train(method, epochs: 1).Losses, clusters.Train(other, epochs: 1).Losses);
    }

    [TestMethod]
    [DataRow("byol")]
    [DataRow("byol-sat")]
    [DataRow("sat-ssl")]
    [DataRow("random-target")]
    public void The_target_encoder_is_part_of_the_network_and_no_gradient_reaches_it(string id)
    {
        using var scope = NewDisposeScope();
        var clusters = new Clusters();
        var method = Methods.Create(id, clusters.Task(epochs: 1));
        var before = Copy(method, "target.");

        clusters.Train(method, epochs: 1, views: id == "sat-ssl" ? 1 : 2);

        var target = method.Network.named_parameters().Where(p => p.name.StartsWith("target.", StringComparison.Ordinal)).ToArray();
        Assert.HasCount(10, target);
        Assert.IsTrue(target.All(p => !p.parameter.requires_grad && p.parameter.grad is null));
        Assert.AreEqual(
            id == "random-target",
            target.All(p => p.parameter.equal(before[p.name]).all().item<bool>()),
            "random targets never move"
        );
    }

    [TestMethod]
    public void A_random_target_has_weights_of_its_own()
    {
        using var scope = NewDisposeScope();
        var method = Methods.Create("random-target", Methods.Task(8, 1, 1));
        var (online, target) = (Copy(method, "online."), Copy(method, "target."));

        Assert.IsFalse(online["online.backbone.layers.0.weight"].allclose(target["target.backbone.layers.0.weight"]));
        Assert.IsFalse(online["online.projector.0.weight"].allclose(target["target.projector.0.weight"]));
    }

    [TestMethod]
    public void Momentum_follows_its_cosine_or_stays()
    {
        using var scope = NewDisposeScope();
        const int Steps = 4;
        foreach (var shape in new[] { "cosine", "constant" })
        {
            var method = Methods.Create(
                "byol",
                Methods.Task(8, Steps, 1),
                Methods.Small(new() { ["momentum"] = 0.5, ["momentum-schedule"] = shape })
            );
            // The trained encoder stands at 1, the target starts from 0: what is left of 0 is the product of all tau.
            using (no_grad())
            {
                foreach (var (name, parameter) in method.Network.named_parameters())
                    parameter.fill_(name.StartsWith("target.", StringComparison.Ordinal) ? 0 : 1);
                var left = 1.0;
                for (var k = 0; k < Steps; k++)
                {
                    ((IStepEnded)method).StepEnded(k);
                    left *= shape == "cosine" ? 1 - (0.5 * (Math.Cos(Math.PI * k / Steps) + 1) / 2) : 0.5;
                    Assert.AreEqual(
                        1 - left,
                        method.Network.get_parameter("target.projector.0.weight")![0, 0].item<float>(),
                        1e-6,
                        $"{shape}, step {k}"
                    );
                }
            }
        }
    }

    [TestMethod]
    public void Simsiam_stops_the_gradient_on_the_other_views_side()
    {
        using var scope = NewDisposeScope();
        var method = Methods.Create("simsiam", Methods.Task(8, 1, 1));
        var modules = method.Network.named_modules().ToDictionary(m => m.name, m => m.module);
        Tensor[] views = [randn(8, TraceNetwork.Inputs, 1, 1), randn(8, TraceNetwork.Inputs, 1, 1)];

        method.Loss(Tasks.Batch(views, arange(8))).backward();
        var gradients = Gradients(method);
        method.Network.zero_grad();
        Tensor Project(Tensor view) =>
            ((Sequential)modules["online.projector"]).forward(((Backbone)modules["online.backbone"]).forward(view));
        Tensor D(Tensor z, Tensor other) =>
            -cosine_similarity(((Sequential)modules["predictor"]).forward(z), other.detach(), dim: 1).mean();
        var (z1, z2) = (Project(views[0]), Project(views[1]));
        ((D(z1, z2) / 2) + (D(z2, z1) / 2)).backward();

        foreach (var (name, gradient) in Gradients(method))
            Assert.IsTrue(gradient.allclose(gradients[name], rtol: 1e-4, atol: 1e-7), name);
        CollectionAssert.AreEqual(new long[] { 8, 8 }, z1.shape);
        Assert.IsTrue(z1.std(0, unbiased: false).allclose(ones(8), rtol: 1e-2, atol: 1e-2), "projections end in batch normalisation");
    }

    [TestMethod]
    public void The_backbone_that_is_kept_is_the_trained_one()
    {
        using var scope = NewDisposeScope();
        foreach (var schema in TestedPlugins.Components("Sat.Methods.SelfSupervised").Where(s => s.Id != "untrained"))
        {
            var method = Methods.Create(schema.Id, Methods.Task(8, 1, 1));
            var kept = ((IHasBackbone)method).Backbone;

            Assert.IsTrue(kept.parameters().All(p => p.requires_grad), schema.Id);
            Assert.AreSame(method.Network.named_modules().Single(m => m.name == "online.backbone").module, kept, schema.Id);
        }
    }

    [TestMethod]
    [DataRow("byol", 2)]
    [DataRow("byol-sat", 2)]
    [DataRow("random-target", 2)]
    [DataRow("simsiam", 2)]
    [DataRow("sat-ssl", 1)]
    public void A_method_asks_for_its_views_each_in_its_own_form(string id, int views)
    {
        using var scope = NewDisposeScope();
        var method = (IMultiView)Methods.Create(id, Methods.Task(8, 1, 1));
        var plain = new Plain();

        CollectionAssert.AreEqual(
            Enumerable.Range(0, views).ToArray(),
            method.Views(new Asymmetric()).Cast<Numbered>().Select(v => v.View).ToArray()
        );
        Assert.IsTrue(method.Views(plain).All(v => ReferenceEquals(v, plain)));
        Assert.HasCount(views, method.Views(plain));
    }

    [TestMethod]
    public void A_batch_of_one_sample_is_refused_with_a_sentence()
    {
        using var scope = NewDisposeScope();
        var method = Methods.Create("byol", Methods.Task(9, 2, 1));
        var one = randn(1, TraceNetwork.Inputs, 1, 1);

        var error = Assert.ThrowsExactly<SatException>(() =>
            method.Loss(Tasks.Batch([one, one], tensor(new long[] { 8 }), epoch: 0, step: 1))
        );

        Assert.AreEqual(ExitCode.Planning, error.ExitCode);
        Assert.Contains("9 samples leave a last batch of one", error.Message);
        Assert.Contains("batch-size", error.Message);
    }

    [TestMethod]
    public void Every_method_says_how_far_it_is_an_interpretation()
    {
        foreach (var schema in TestedPlugins.Components("Sat.Methods.SelfSupervised").Where(s => s.Id != "untrained"))
        {
            Assert.IsFalse(string.IsNullOrWhiteSpace(schema.Interpretation), schema.Id);
            Assert.IsFalse(string.IsNullOrWhiteSpace(schema.Paper), schema.Id);
        }
    }

    [TestMethod]
    public void The_untrained_control_keeps_its_first_weights_whatever_the_optimizer_and_only_its_batch_statistics_follow_the_images()
    {
        using var scope = NewDisposeScope();
        var method = Methods.Create("untrained", Methods.Task(8, 1, 2));
        var backbone = ((IHasBackbone)method).Backbone;
        var before = backbone.parameters().Select(p => p.clone()).ToArray();
        var statistics = backbone.buffers().Select(b => b.clone()).ToArray();
        var optimizer = Methods.Sgd(method, lr: 0.5, weightDecay: 0.1);
        method.Network.train();

        for (var step = 0; step < 2; step++)
            Assert.AreEqual(
                0f,
                Tasks.Step(method, optimizer, Tasks.Batch([rand(8, TraceNetwork.Inputs, 1, 1)], arange(8), epoch: step, step: step))
            );

        Assert.IsTrue(backbone.parameters().Zip(before, (now, then) => now.equal(then)).All(same => same.all().item<bool>()));
        Assert.IsTrue(
            statistics.Length == 0
                || backbone.buffers().Zip(statistics, (now, then) => !now.equal(then).all().item<bool>()).Any(moved => moved),
            "batch statistics follow"
        );
        Assert.AreEqual(0, ((IMethodMetrics)method).Metrics()["collapsed"]);
    }

    static Dictionary<string, Tensor> Copy(Method method, string prefix) =>
        method
            .Network.named_parameters()
            .Where(p => p.name.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(p => p.name, p => p.parameter.detach().clone());

    static Dictionary<string, Tensor> Gradients(Method method) =>
        method.Network.named_parameters().ToDictionary(p => p.name, p => p.parameter.grad!.clone());

    class Plain : IAugmentation
    {
        public Tensor Apply(Tensor images, Generator random) => images.alias();
    }

    sealed class Numbered(int view) : Plain
    {
        public int View { get; } = view;
    }

    sealed class Asymmetric : Plain, IViewAugmentation
    {
        public IAugmentation View(int view) => new Numbered(view);
    }
}

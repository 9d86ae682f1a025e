using Sat.Sdk;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Methods.SelfSupervised.Tests;

/// <summary>Whether representations have collapsed is seen from the metrics of each epoch.</summary>
[TestClass]
public sealed class CollapseTests
{
    static readonly string[] Names =
    [
        "feature-std",
        "feature-rank",
        "projection-std",
        "projection-rank",
        "alignment",
        "uniformity",
        "collapsed",
    ];

    [TestMethod]
    public void Without_predictor_and_momentum_the_projections_collapse_and_the_metrics_show_it()
    {
        using var scope = NewDisposeScope();
        var clusters = new Clusters();
        var method = Methods.Create(
            "byol",
            clusters.Task(epochs: 20),
            Methods.Small(
                new()
                {
                    ["predictor"] = false,
                    ["momentum"] = 0.0,
                    ["momentum-schedule"] = "constant",
                }
            )
        );

        var (losses, metrics) = clusters.Train(method, epochs: 20, lr: 0.2);

        Assert.IsLessThan(0.01f, losses[^1], "the loss alone looks like success");
        var (first, last) = (metrics[0], metrics[^1]);
        Assert.IsGreaterThan(0.15, first["projection-std"]);
        Assert.IsLessThan(0.02, last["projection-std"]);
        Assert.IsGreaterThan(5, first["projection-rank"]);
        Assert.IsLessThan(2, last["projection-rank"]);
        Assert.IsLessThan(-1, first["uniformity"]);
        Assert.IsGreaterThan(-0.02, last["uniformity"]);
        Assert.IsLessThan(0.005, last["alignment"]);
        Assert.AreEqual(0, first["collapsed"]);
        Assert.AreEqual(1, last["collapsed"], "named as what it is");
    }

    [TestMethod]
    [DataRow("byol", 2)]
    [DataRow("byol-sat", 2)]
    [DataRow("sat-ssl", 1)]
    [DataRow("random-target", 2)]
    [DataRow("simsiam", 2)]
    public void As_published_the_methods_learn_without_collapse(string id, int views)
    {
        using var scope = NewDisposeScope();
        var clusters = new Clusters();
        var method = Methods.Create(id, clusters.Task(epochs: 20));

        var (losses, metrics) = clusters.Train(method, epochs: 20, views, lr: 0.2);

        Assert.IsLessThan(losses[0] - 0.5f, losses[^1]);
        foreach (var epoch in metrics)
        {
            CollectionAssert.AreEquivalent(Names, epoch.Keys.ToArray(), "the same at every epoch");
            Assert.IsGreaterThan(0.15, epoch["projection-std"]);
            Assert.IsGreaterThan(5, epoch["projection-rank"]);
            Assert.IsLessThan(-1, epoch["uniformity"]);
            Assert.AreEqual(0, epoch["collapsed"]);
        }
    }

    [TestMethod]
    public void The_measures_are_those_of_their_papers()
    {
        using var scope = NewDisposeScope();
        const int Samples = 40;
        var method = Methods.Create("byol", Methods.Task(Samples, stepsPerEpoch: 1, epochs: 1));
        Tensor[] views = [randn(Samples, TraceNetwork.Inputs, 1, 1), randn(Samples, TraceNetwork.Inputs, 1, 1)];
        var modules = method.Network.named_modules().ToDictionary(m => m.name, m => m.module);
        Tensor Features(Tensor view) => ((Backbone)modules["online.backbone"]).forward(view);
        Tensor Projected(Tensor view) => ((Sequential)modules["online.projector"]).forward(Features(view));
        var (features, z, partners) = (Unit(Features(views[0])), Unit(Projected(views[0])), Unit(Projected(views[1])));

        method.Loss(Tasks.Batch(views, arange(Samples)));
        var metrics = ((IMethodMetrics)method).Metrics();

        Assert.AreEqual(features.std(0).mean().item<double>(), metrics["feature-std"], 1e-6);
        Assert.AreEqual(Rank(features), metrics["feature-rank"], 1e-4);
        Assert.AreEqual(z.std(0).mean().item<double>(), metrics["projection-std"], 1e-6);
        Assert.AreEqual(Rank(z), metrics["projection-rank"], 1e-4);
        Assert.AreEqual((z - partners).square().sum(1).mean().item<double>(), metrics["alignment"], 1e-6);
        var pairs = new List<double>();
        for (var i = 0; i < Samples; i++)
        {
            for (var j = 0; j < i; j++)
                pairs.Add(Math.Exp(-2 * (z[i] - z[j]).square().sum().item<double>()));
        }
        Assert.AreEqual(Math.Log(pairs.Average()), metrics["uniformity"], 1e-6);
    }

    [TestMethod]
    public void An_epoch_is_measured_on_its_last_samples_however_they_came_in_batches()
    {
        using var scope = NewDisposeScope();
        const int Samples = 1500,
            Size = 400,
            Kept = 1024;
        var method = Methods.Create("byol", Methods.Task(Samples, stepsPerEpoch: 4, epochs: 1));
        var images = randn(Samples, TraceNetwork.Inputs, 1, 1);
        var seen = new List<Tensor>();
        for (var step = 0; step < 4; step++)
        {
            var indices = arange(step * Size, Math.Min((step + 1) * Size, Samples));
            var batch = images.index_select(0, indices);
            seen.Add(((IHasBackbone)method).Backbone.forward(batch));
            method.Loss(Tasks.Batch([batch, batch], indices, epoch: 0, step: step));
        }

        var expected = Unit(cat(seen).narrow(0, Samples - Kept, Kept)).std(0).mean().item<double>();
        Assert.AreEqual(expected, ((IMethodMetrics)method).Metrics()["feature-std"], 1e-6);
    }

    [TestMethod]
    public void An_epoch_that_leaves_its_last_batch_out_is_measured_on_what_it_saw()
    {
        using var scope = NewDisposeScope();
        const int Samples = 50,
            Size = 20;
        var method = Methods.Create("byol", Methods.Task(Samples, stepsPerEpoch: 2, epochs: 1, samplesPerEpoch: 2 * Size));
        var images = randn(2 * Size, TraceNetwork.Inputs, 1, 1);
        var seen = new List<Tensor>();
        for (var step = 0; step < 2; step++)
        {
            var batch = images.narrow(0, step * Size, Size);
            seen.Add(((IHasBackbone)method).Backbone.forward(batch));
            method.Loss(Tasks.Batch([batch, batch], arange(step * Size, (step + 1) * Size), epoch: 0, step: step));
        }

        Assert.AreEqual(Unit(cat(seen)).std(0).mean().item<double>(), ((IMethodMetrics)method).Metrics()["feature-std"], 1e-6);
    }

    [TestMethod]
    public void What_an_epoch_has_shown_is_part_of_the_state_that_checkpoints_hold()
    {
        using var scope = NewDisposeScope();
        var task = Methods.Task(samples: 40, stepsPerEpoch: 2, epochs: 1);
        var (method, other) = (Methods.Create("byol", task), Methods.Create("byol", task));
        Batch Batch(int step) =>
            Tasks.Batch(
                [
                    .. Enumerable
                        .Range(0, 2)
                        .Select(v => randn(20, TraceNetwork.Inputs, 1, 1, generator: new Generator((ulong)((2 * step) + v)))),
                ],
                arange(20),
                step: step
            );

        method.Loss(Batch(0));
        Assert.IsTrue(((IMethodMetrics)method).Metrics().Values.All(double.IsNaN), "half an epoch is not measured");
        using (no_grad())
        {
            foreach (var (name, value) in ((IMethodState)method).State)
                ((IMethodState)other).State[name].copy_(value);
        }
        method.Loss(Batch(1));
        other.Loss(Batch(1));

        CollectionAssert.AreEqual(((IMethodMetrics)method).Metrics().Values.ToArray(), ((IMethodMetrics)other).Metrics().Values.ToArray());
    }

    [TestMethod]
    public void Representations_that_went_wrong_have_no_measure()
    {
        using var scope = NewDisposeScope();
        var method = Methods.Create("byol", Methods.Task(8, 1, 1));
        var broken = full([8, TraceNetwork.Inputs, 1, 1], double.NaN, ScalarType.Float32);

        method.Loss(Tasks.Batch([broken, broken], arange(8)));

        Assert.IsTrue(((IMethodMetrics)method).Metrics().Values.All(double.IsNaN));
    }

    [TestMethod]
    public void Before_anything_was_seen_there_is_no_measure()
    {
        var method = Methods.Create("byol", Methods.Task(8, 1, 1));

        Assert.IsTrue(((IMethodMetrics)method).Metrics().Values.All(double.IsNaN));
    }

    static double Rank(Tensor unit)
    {
        var shares = linalg.svdvals(unit).data<double>().ToArray();
        var sum = shares.Sum();
        return Math.Exp(-shares.Sum(s => s / sum * Math.Log(s / sum)));
    }

    static Tensor Unit(Tensor vectors) => normalize(vectors.detach().to(ScalarType.Float64), dim: 1);
}

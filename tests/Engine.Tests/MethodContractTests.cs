using Sat.Records.Metrics;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Engine.Tests;

/// <summary>What the Sdk promises to methods.</summary>
[TestClass]
public sealed class MethodContractTests
{
    [TestMethod]
    public void Every_sample_comes_once_an_epoch_with_its_label_and_the_last_partial_batch_is_kept()
    {
        var seen = new List<(int Epoch, long Step, long[] Indices, long[] Labels, long[] Images)>();
        var spec = Specs.Of(noise: Specs.Symmetric(0.5), training: Specs.Training(epochs: 2, samples: 50, validation: 5, batchSize: 20));

        using var run = Ran.Done(
            spec,
            new Components { Dataset = () => Numbered.Resident(60, 20), Method = task => new Observer(task, See) }
        );

        var given = run.Array("noise.npy").ToInt64();
        CollectionAssert.AreEqual(
            new[] { (0, 0L), (0, 1L), (0, 2L), (1, 3L), (1, 4L), (1, 5L) },
            seen.Select(s => (s.Epoch, s.Step)).ToArray()
        );
        CollectionAssert.AreEqual(new[] { 20, 20, 5, 20, 20, 5 }, seen.Select(s => s.Indices.Length).ToArray());
        foreach (var batch in seen)
        {
            CollectionAssert.AreEqual(batch.Indices, batch.Images, "the images are those of the indices");
            CollectionAssert.AreEqual(batch.Indices.Select(i => given[i]).ToArray(), batch.Labels, "the labels are the given ones");
        }
        var orders = seen.GroupBy(s => s.Epoch).Select(e => e.SelectMany(s => s.Indices).ToArray()).ToArray();
        foreach (var order in orders)
            CollectionAssert.AreEqual(Enumerable.Range(0, 45).Select(i => (long)i).ToArray(), order.Order().ToArray());
        CollectionAssert.AreNotEqual(orders[0], orders[1], "another order each epoch");

        double See(Batch b)
        {
            seen.Add((b.Epoch, b.Step, b.Indices.data<long>().ToArray(), b.Labels.data<long>().ToArray(), Numbered.Numbers(b.Images)));
            return 1;
        }
    }

    [TestMethod]
    public void A_method_is_told_of_epochs_and_steps_and_its_metrics_and_derived_options_are_recorded()
    {
        var calls = new List<string>();

        using var run = Ran.Done(
            Specs.Of(training: Specs.Training(epochs: 2, batchSize: 30)),
            new Components { Method = task => new Talkative(task, calls) }
        );

        CollectionAssert.AreEqual(
            new[] { "epoch 0", "loss 0", "step 0", "loss 1", "step 1", "epoch 1", "loss 2", "step 2", "loss 3", "step 3" },
            calls
        );
        CollectionAssert.AreEqual(new[] { 2.0, 4.0 }, run.Values("steps-so-far"));
        Assert.AreEqual(0.25, run.Record.Derived!["effective-momentum"]!.GetValue<double>());
    }

    [TestMethod]
    public void A_method_gets_the_views_it_wants()
    {
        var shapes = new List<long[]>();
        var differ = true;
        var inverted = true;

        using var run = Ran.Done(
            Specs.Of(training: Specs.Training(epochs: 1, augmentation: "crop-flip")),
            new Components { Method = task => new ThreeViews(task, See) }
        );

        CollectionAssert.AreEqual(new long[] { 3, 25, 3, 32, 32 }, shapes[0]);
        Assert.IsTrue(differ, "two views of one augmentation are drawn apart");
        Assert.IsTrue(inverted, "the third view is the method's own");

        void See(Batch batch)
        {
            shapes.Add([batch.Views.Count, .. batch.Views[2].shape]);
            differ &= !batch.Views[0].allclose(batch.Views[1]);
            inverted &= ReferenceEquals(batch.Images, batch.Views[0]) && batch.Views[2].unique(sorted: true).output.shape[0] == 1;
        }
    }

    [TestMethod]
    public void A_method_with_an_abstention_output_trains_and_is_evaluated_on_the_classes()
    {
        using var run = Ran.Done(Specs.Of(), new Components { Method = task => new Abstaining(task) });

        CollectionAssert.AreEqual(new long[] { 40, 10 }, run.Array("test-logits.npy").Shape.ToArray());
        CollectionAssert.AreEqual(new long[] { 10, 10 }, run.Array("confusion.npy").Shape.ToArray());
    }

    [TestMethod]
    public void A_momentum_network_moves_by_its_method_alone()
    {
        MomentumEncoder? method = null;
        var components = new Components { Method = task => method = new MomentumEncoder(task, momentum: 1) };
        using var still = Ran.Done(Specs.Of(training: Specs.Training(epochs: 2)), components);

        Assert.IsNotEmpty(components.Optimized);
        Assert.IsTrue(
            components.Optimized.All(n => n.StartsWith("online.", StringComparison.Ordinal)),
            string.Join(", ", components.Optimized)
        );
        CollectionAssert.AreEqual(method!.Initial, method.Final, "with momentum 1 it stays as it was");
        Assert.IsFalse(still.Record.Final!.ContainsKey(MetricNames.TestAccuracy), "it is no classifier");

        components = new Components { Method = task => method = new MomentumEncoder(task, momentum: 0.9f) };
        using var moving = Ran.Done(Specs.Of(training: Specs.Training(epochs: 2)), components);

        CollectionAssert.AreNotEqual(method.Initial, method.Final);
    }

    [TestMethod]
    public void Inputs_crafted_with_gradients_leave_none_on_the_weights()
    {
        var training = Specs.Training(augmentation: "crop-flip");
        using var plain = Ran.Done(Specs.Of(training: training), new Components { Method = task => new Observer(task, _ => 1) });
        using var crafting = Ran.Done(Specs.Of(training: training), new Components { Method = task => new Crafting(task) });

        CollectionAssert.AreEqual(plain.Bytes("test-logits.npy"), crafting.Bytes("test-logits.npy"));
    }

    [TestMethod]
    public void A_streamed_dataset_trains_like_the_same_in_memory()
    {
        var spec = Specs.Sat(training: Specs.Training(samples: 55, validation: 10));

        using var resident = Ran.Done(spec, new Components { Dataset = () => Numbered.Resident(60, 20) });
        using var streamed = Ran.Done(spec, new Components { Dataset = () => Numbered.Streaming(60, 20) });

        foreach (var file in new[] { "metrics.jsonl", "soft-targets.npy", "test-logits.npy" })
            CollectionAssert.AreEqual(resident.Bytes(file), streamed.Bytes(file), file);
        Assert.AreEqual(10, streamed.Record.Data!.Validation);
    }

    [TestMethod]
    public void What_a_method_makes_between_steps_is_disposed()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();

        using var run = Ran.Done(Specs.Of(training: Specs.Training(epochs: 4)), new Components { Method = task => new Careless(task) });

        CollectionAssert.AreEqual(
            Enumerable.Repeat(run.Telemetry[1].LiveTensors, 3).ToArray(),
            run.Telemetry.Skip(1).Select(t => t.LiveTensors).ToArray()
        );
    }

    private sealed class Talkative(TrainingTask task, List<string> calls)
        : ClassifierMethod(task),
            IEpochStarted,
            IStepEnded,
            IMethodMetrics,
            IDerivedOptions
    {
        private long _steps;

        public IReadOnlyDictionary<string, double> Derived { get; } = new Dictionary<string, double> { ["effective-momentum"] = 0.25 };

        public void EpochStarted(int epoch) => calls.Add($"epoch {epoch}");

        public override Tensor Loss(Batch batch)
        {
            calls.Add($"loss {batch.Step}");
            return cross_entropy(Model.forward(batch.Images), batch.Labels);
        }

        public void StepEnded(long step)
        {
            Assert.IsFalse(is_grad_enabled());
            calls.Add($"step {step}");
            _steps++;
        }

        public IReadOnlyDictionary<string, double> Metrics() => new Dictionary<string, double> { ["steps-so-far"] = _steps };
    }

    private sealed class ThreeViews(TrainingTask task, Action<Batch> watch) : ClassifierMethod(task), IMultiView
    {
        public IReadOnlyList<IAugmentation> Views(IAugmentation configured) => [configured, configured, new Blank()];

        public override Tensor Loss(Batch batch)
        {
            watch(batch);
            return batch.Views.Select(v => cross_entropy(Model.forward(v), batch.Labels)).Aggregate((a, b) => a + b);
        }

        private sealed class Blank : IAugmentation
        {
            public Tensor Apply(Tensor images, Generator random) => zeros_like(images, ScalarType.Float32).add_(0.39);
        }
    }

    private sealed class Abstaining(TrainingTask task) : Method(task, task.CreateClassifier(task.Classes.Count + 1)), IClassifier
    {
        public override Tensor Loss(Batch batch) => cross_entropy(((Classifier)Network).forward(batch.Images), batch.Labels);

        public Tensor Logits(Tensor images) => ((Classifier)Network).forward(images).narrow(1, 0, Task.Classes.Count);
    }

    private sealed class MomentumEncoder : Method, IStepEnded
    {
        private readonly float _momentum;
        private readonly Pair _pair;

        public MomentumEncoder(TrainingTask task, float momentum)
            : this(task, momentum, new Pair(task.CreateBackbone(), task.CreateBackbone())) { }

        private MomentumEncoder(TrainingTask task, float momentum, Pair pair)
            : base(task, pair)
        {
            _momentum = momentum;
            _pair = pair;
            Initial = Final = Weights();
        }

        public float[] Initial { get; }

        /// <summary>The momentum network's weights after the last step.</summary>
        public float[] Final { get; private set; }

        public override Tensor Loss(Batch batch)
        {
            var target = _pair.Momentum.forward(batch.Images).detach();
            return (normalize(_pair.Online.forward(batch.Images)) - normalize(target)).square().sum(1).mean();
        }

        public void StepEnded(long step)
        {
            foreach (var (mine, theirs) in _pair.Momentum.parameters().Zip(_pair.Online.parameters()))
                mine.mul_(_momentum).add_(theirs, alpha: 1 - _momentum);
            Final = Weights();
        }

        private float[] Weights() => [.. _pair.Momentum.parameters().SelectMany(p => p.data<float>().ToArray())];
    }

    private sealed class Pair : nn.Module
    {
        public Pair(Backbone online, Backbone momentum)
            : base(nameof(Pair))
        {
            Online = online;
            Momentum = momentum;
            foreach (var parameter in momentum.parameters())
                parameter.requires_grad = false;
            register_module("online", online);
            register_module("momentum", momentum);
        }

        public Backbone Online { get; }

        public Backbone Momentum { get; }
    }

    /// <summary>Computes gradients of a loss of its own before it returns the one to train on.</summary>
    private sealed class Crafting(TrainingTask task) : ClassifierMethod(task)
    {
        public override Tensor Loss(Batch batch)
        {
            Network.eval();
            cross_entropy(Model.forward(batch.Images.detach().clone().requires_grad_()), batch.Labels).backward();
            Network.train();
            return cross_entropy(Model.forward(batch.Images), batch.Labels);
        }
    }

    /// <summary>Disposes nothing.</summary>
    private sealed class Careless(TrainingTask task) : ClassifierMethod(task), IEpochStarted, IMethodMetrics
    {
        private readonly List<Tensor> _kept = [];

        public void EpochStarted(int epoch) => _kept.Add(ones(3));

        public override Tensor Loss(Batch batch) => cross_entropy(Model.forward(batch.Images), batch.Labels);

        public IReadOnlyDictionary<string, double> Metrics()
        {
            _kept.Add(ones(3).sum());
            return new Dictionary<string, double> { ["kept"] = _kept.Count };
        }
    }
}

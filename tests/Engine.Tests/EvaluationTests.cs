using Sat.Engine.Data;
using Sat.Engine.Measures;
using Sat.Engine.Randomness;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Tests;

[TestClass]
public sealed class EvaluationTests
{
    [TestMethod]
    public void Evaluation_augments_nothing()
    {
        var counter = new Counter();

        using var run = Ran.Done(
            Specs.Of(training: Specs.Training(epochs: 2, validation: 10)),
            new Components { Augmentation = _ => counter }
        );

        Assert.AreEqual(2 * 50, counter.Images, "training images of two epochs");
    }

    [TestMethod]
    public void Evaluation_leaves_batch_statistics_alone_and_the_network_in_training_mode()
    {
        using var scope = NewDisposeScope();
        using var dataset = TestedPlugins.Host.OpenDataset(
            Specs.Shapes(),
            new Dictionary<string, string>(),
            new DatasetContext(Records.Data.DataFiles.None)
        );
        var method = TestedPlugins.Host.CreateMethod(Specs.Of().Method, TaskOf(dataset));
        using var pixels = new Pixels(dataset.Normalization, CPU);
        using var images = ImageSource.From(dataset.Test, dataset.Test.Count, CPU);
        method.Network.train();
        method.Loss(
            new Batch
            {
                Views = [pixels.Normalize(images.Fetch(0, 20))],
                Labels = dataset.Test.Labels!.narrow(0, 0, 20),
                Indices = arange(20, ScalarType.Int64),
                Epoch = 0,
                Step = 0,
            }
        );
        var before = Statistics(method);

        var all = Accuracy.Logits(method, images, pixels);
        using var first = new Front(images);
        var alone = Accuracy.Logits(method, first, pixels);

        CollectionAssert.AreEqual(before, Statistics(method));
        Assert.IsTrue(
            all.narrow(0, 0, 1).allclose(alone, rtol: 1e-4, atol: 1e-5),
            "in evaluation mode no image knows of the others in its batch"
        );
        Assert.IsTrue(method.Network.training);
        Assert.IsTrue(method.Network.modules().All(m => m.training), "every module is back in training mode");
        Assert.IsFalse(all.requires_grad);
    }

    [TestMethod]
    public void Losses_are_computed_in_training_mode_and_logits_in_evaluation_mode()
    {
        var modes = new List<(bool Loss, bool Training)>();

        using var run = Ran.Done(
            Specs.Of(training: Specs.Training(epochs: 2, batchSize: 30)),
            new Components { Method = task => new ModeWatcher(task, modes) }
        );

        Assert.AreEqual(4, modes.Count(m => m.Loss));
        Assert.IsTrue(modes.Where(m => m.Loss).All(m => m.Training));
        Assert.IsTrue(modes.Where(m => !m.Loss).All(m => !m.Training));
    }

    [TestMethod]
    public void Epochs_are_evaluated_as_often_as_asked_and_the_last_always()
    {
        using var run = Ran.Done(Specs.Of(training: Specs.Training(epochs: 5, batchSize: 60, evaluateEvery: 2)));

        CollectionAssert.AreEqual(new[] { 2, 4, 5 }, run.Metrics.Select(m => m.Epoch).ToArray());
        CollectionAssert.AreEqual(new[] { 1, 2, 3, 4, 5 }, run.Telemetry.Select(t => t.Epoch).ToArray());
        CollectionAssert.AreEquivalent(run.Metrics[^1].Values.ToArray(), run.Record.Final!.ToArray());
    }

    private static TrainingTask TaskOf(IDataset dataset) =>
        new()
        {
            CreateBackbone = () => TestedPlugins.Host.CreateModel(Specs.Of().Model, new ModelContext(dataset.Shape)),
            Classes = dataset.Classes,
            Shape = dataset.Shape,
            Samples = dataset.Train.Count,
            Labels = dataset.Train.Labels,
            Epochs = 1,
            StepsPerEpoch = 1,
            Device = CPU,
            CreateGenerator = new Seeds(1).Generator,
        };

    private static float[] Statistics(Method method) =>
        [.. method.Network.named_buffers().SelectMany(b => b.buffer.to(ScalarType.Float32).data<float>().ToArray())];

    private sealed class Counter : IAugmentation
    {
        public long Images { get; private set; }

        public Tensor Apply(Tensor images, Generator random)
        {
            Images += images.shape[0];
            return images.alias();
        }
    }

    private sealed class ModeWatcher(TrainingTask task, List<(bool Loss, bool Training)> modes) : ClassifierMethod(task)
    {
        public override Tensor Loss(Batch batch)
        {
            modes.Add((true, Network.modules().All(m => m.training)));
            return nn.functional.cross_entropy(Model.forward(batch.Images), batch.Labels);
        }

        public override Tensor Logits(Tensor images)
        {
            modes.Add((false, Network.modules().Any(m => m.training)));
            return base.Logits(images);
        }
    }

    /// <summary>The first image alone.</summary>
    private sealed class Front(ImageSource images) : ImageSource
    {
        public override long Count => 1;

        public override Tensor Fetch(Tensor indices) => images.Fetch(indices);

        public override Tensor Fetch(long start, long count) => images.Fetch(start, count);

        public override void Dispose()
        {
            // The images are another's.
        }
    }
}

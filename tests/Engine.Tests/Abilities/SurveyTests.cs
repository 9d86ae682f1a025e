using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Engine.Tests.Abilities;

[TestClass]
public sealed class SurveyTests
{
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void It_shows_every_sample_once_in_order_without_augmentation(bool streamed)
    {
        var seen = new List<(int Epoch, long[] Indices, long[] Images, long[] Labels)>();

        using var run = Ran.Done(
            Runs.Spec(epochs: 2, batchSize: 25, validation: 7),
            Runs.With(task => new Surveying(task, (method, epoch, samples) =>
                {
                    Assert.IsFalse(method.Network.training);
                    foreach (var batch in samples)
                    {
                        Assert.IsFalse(method.Model.call(batch.Images).requires_grad);
                        Assert.AreEqual((epoch, 3L * epoch), (batch.Epoch, batch.Step));
                        var (indices, labels) = (batch.Indices.data<long>().ToArray(), batch.Labels.data<long>().ToArray());
                        seen.Add((epoch, indices, Numbered.Numbers(batch.Images), labels));
                    }
                }), streamed)
        );

        long[] all = [.. Enumerable.Range(0, 53).Select(i => (long)i)];
        foreach (var epoch in Enumerable.Range(0, 2))
        {
            var shown = seen.Where(s => s.Epoch == epoch).ToArray();
            CollectionAssert.AreEqual(all, shown.SelectMany(s => s.Indices).ToArray());
            CollectionAssert.AreEqual(all, shown.SelectMany(s => s.Images).ToArray());
            CollectionAssert.AreEqual(all.Select(Numbered.Label).ToArray(), shown.SelectMany(s => s.Labels).ToArray());
        }
    }

    [TestMethod]
    public void Looking_or_not_changes_no_bit_of_a_training_that_does_not_heed_it()
    {
        var spec = Specs.Of(training: Specs.Training(augmentation: "crop-flip"));
        using var looking = Ran.Done(spec, new Components { Method = task => new Surveying(task, Look) });
        using var plain = Ran.Done(spec, new Components { Method = task => new Observer(task, _ => 1) });

        CollectionAssert.AreEqual(plain.Bytes("test-logits.npy"), looking.Bytes("test-logits.npy"));

        static void Look(Surveying method, int epoch, IEnumerable<Batch> samples)
        {
            foreach (var batch in samples)
                method.Model.call(batch.Images);
        }
    }

    [TestMethod]
    public void What_it_writes_into_a_batch_stays_there()
    {
        var spec = Runs.Spec(epochs: 2, batchSize: 25);
        using var careless = Ran.Done(spec, Runs.With(task => new Surveying(task, Wipe)));
        using var plain = Ran.Done(spec, Runs.With(task => new Surveying(task, (_, _, _) => { })));

        CollectionAssert.AreEqual(plain.Bytes("test-logits.npy"), careless.Bytes("test-logits.npy"));

        static void Wipe(Surveying method, int epoch, IEnumerable<Batch> samples)
        {
            foreach (var batch in samples)
            {
                batch.Images.zero_();
                batch.Labels.zero_();
                batch.Indices.zero_();
            }
        }
    }

    /// <summary>The networks have changed by then: only the checkpoint knows what the survey found.</summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void What_came_of_it_resumes_to_the_bit(bool streamed) =>
        Runs.AssertResumesToTheBit(Runs.Spec(epochs: 3, batchSize: 20), task => new Heeding(task), [4, 5, 6, 7], streamed);

    [TestMethod]
    public void The_host_tells_the_size_of_a_batch_and_a_task_of_ones_own_has_that_of_its_steps()
    {
        var size = 0;
        using var run = Ran.Done(
            Runs.Spec(batchSize: 25),
            Runs.With(task =>
            {
                size = task.BatchSize;
                return new Observer(task, _ => 1);
            })
        );

        Assert.AreEqual(25, size);
        var own = Tasks.Of(() => throw new NotSupportedException(), new ImageShape(1, 8, 8), 60, stepsPerEpoch: 8);
        Assert.AreEqual(8, own.BatchSize);
    }

    private sealed class Surveying(TrainingTask task, Action<Surveying, int, IEnumerable<Batch>> survey) : ClassifierMethod(task), ISurvey
    {
        public void Survey(int epoch, IEnumerable<Batch> samples) => survey(this, epoch, samples);

        public override Tensor Loss(Batch batch) => cross_entropy(Model.forward(batch.Images), batch.Labels);
    }

    /// <summary>Weighs each sample by its loss at the epoch's beginning.</summary>
    private sealed class Heeding : ClassifierMethod, ISurvey, IMethodState
    {
        private readonly Tensor _losses;

        public Heeding(TrainingTask task)
            : base(task)
        {
            _losses = zeros(task.Samples, device: task.Device).DetachFromDisposeScope();
            State = new Dictionary<string, Tensor> { ["losses"] = _losses };
        }

        public IReadOnlyDictionary<string, Tensor> State { get; }

        public void Survey(int epoch, IEnumerable<Batch> samples)
        {
            foreach (var batch in samples)
                _losses.index_copy_(0, batch.Indices, Losses(batch));
        }

        public override Tensor Loss(Batch batch) => (Losses(batch) * _losses.index_select(0, batch.Indices)).mean();

        private Tensor Losses(Batch batch) => cross_entropy(Model.call(batch.Images), batch.Labels, reduction: nn.Reduction.None);
    }
}

using Batches;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Engine.Tests.Abilities;

[TestClass]
public sealed class SamplerTests
{
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Batches_take_the_samples_in_the_order_that_the_method_gives(bool streamed)
    {
        var seen = new List<(long[] Indices, long[] Images, long[] Labels)>();
        long[] order = [.. Enumerable.Range(0, 60).Select(i => (long)(i % 7 * 8))];

        using var run = Ran.Done(
            Runs.Spec(epochs: 2, batchSize: 25),
            Runs.With(
                task => new Sampling(
                    task,
                    (_, _) => tensor(order),
                    b => seen.Add((b.Indices.data<long>().ToArray(), Numbered.Numbers(b.Images), b.Labels.data<long>().ToArray()))
                ),
                streamed
            )
        );

        CollectionAssert.AreEqual(new[] { 25, 25, 10, 25, 25, 10 }, seen.Select(s => s.Indices.Length).ToArray());
        CollectionAssert.AreEqual(order.Concat(order).ToArray(), seen.SelectMany(s => s.Indices).ToArray());
        foreach (var (indices, images, labels) in seen)
        {
            CollectionAssert.AreEqual(indices, images);
            CollectionAssert.AreEqual(indices.Select(Numbered.Label).ToArray(), labels);
        }
    }

    [TestMethod]
    public void The_order_drawn_as_the_engine_draws_it_gives_the_engines_bits()
    {
        var spec = Specs.Of(training: Specs.Training(augmentation: "crop-flip"));
        using var own = Ran.Done(
            spec,
            new Components
            {
                Method = task => new Sampling(task, (_, r) => randperm(task.Samples, ScalarType.Int64, generator: r), _ => { }),
            }
        );
        using var plain = Ran.Done(spec, new Components { Method = task => new Observer(task, _ => 1) });

        CollectionAssert.AreEqual(plain.Bytes("test-logits.npy"), own.Bytes("test-logits.npy"));
    }

    /// <summary>Its losses have changed by then: only the checkpoint knows the order.</summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void An_order_by_what_the_method_knew_resumes_to_the_bit(bool streamed) =>
        Runs.AssertResumesToTheBit(
            Runs.Spec(epochs: 3, batchSize: 20),
            task => new Curriculum(task, new CurriculumOptions()),
            [4, 5, 6, 7],
            streamed
        );

    public static IEnumerable<(Func<Tensor?>, string)> Faults =>
        [
            (() => null, "gave no positions in ISampler.Order"),
            (() => arange(59, ScalarType.Int64), "shape [59] in ISampler.Order: it takes int64 [60]"),
            (() => arange(60, ScalarType.Int32), "type Int32"),
            (() => arange(1, 61, ScalarType.Int64), "positions from 1 to 60 in ISampler.Order: there are 60 samples, from 0 to 59"),
            (() => arange(-1, 59, ScalarType.Int64), "positions from -1 to 58"),
        ];

    [TestMethod]
    [DynamicData(nameof(Faults))]
    public void An_order_that_is_none_fails_the_run(Func<Tensor?> order, string expected)
    {
        var error = Runs.Error(Runs.Spec(), Runs.With(task => new Sampling(task, (_, _) => order(), _ => { })));

        Assert.Contains("the method 'erm'", error);
        Assert.Contains(expected, error);
    }

    private sealed class Sampling(TrainingTask task, Func<int, Generator, Tensor?> order, Action<Batch> see)
        : ClassifierMethod(task),
            ISampler
    {
        public Tensor Order(int epoch, Generator random) => order(epoch, random)!;

        public override Tensor Loss(Batch batch)
        {
            see(batch);
            return cross_entropy(Model.forward(batch.Images), batch.Labels);
        }
    }
}

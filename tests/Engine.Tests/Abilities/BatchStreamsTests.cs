using Batches;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Engine.Tests.Abilities;

[TestClass]
public sealed class BatchStreamsTests
{
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Each_stream_brings_its_samples_in_full_batches_beside_the_main_one(bool streamed)
    {
        var main = new List<long[]>();
        var seen = new List<(int Epoch, long[] Indices, long[] Images, long[] Labels)>();
        long[] few = [3, 50, 7, 3, 21];

        // Three steps of the main stream, and 4 samples each: the five positions are used up in the second step, and again in the third.
        using var run = Ran.Done(
            Runs.Spec(epochs: 2, batchSize: 25),
            Runs.With(
                task => new Streaming(
                    task,
                    [
                        new()
                        {
                            Name = "few",
                            BatchSize = 4,
                            Positions = _ => tensor(few),
                        },
                        new() { Name = "all", BatchSize = 20 },
                    ],
                    b =>
                    {
                        main.Add(b.Indices.data<long>().ToArray());
                        var other = b.Streams["few"];
                        Assert.AreEqual((b.Epoch, b.Step), (other.Epoch, other.Step));
                        seen.Add((b.Epoch, other.Indices.data<long>().ToArray(), Numbered.Numbers(other.Images), Labels(other)));
                    }
                ),
                streamed
            )
        );

        CollectionAssert.AreEqual(new[] { 25, 25, 10, 25, 25, 10 }, main.Select(m => m.Length).ToArray());
        Assert.IsTrue(seen.All(s => s.Indices.Length == 4));
        foreach (var (_, indices, images, labels) in seen)
        {
            CollectionAssert.AreEqual(indices, images);
            CollectionAssert.AreEqual(indices.Select(Numbered.Label).ToArray(), labels);
        }
        foreach (var epoch in seen.GroupBy(s => s.Epoch))
        {
            var positions = epoch.SelectMany(s => s.Indices).ToArray();
            CollectionAssert.AreEqual(few, positions[..5], "first as given");
            CollectionAssert.AreEquivalent(few, positions[5..10], "then the same again");
        }
        Assert.IsTrue(
            seen.GroupBy(s => s.Epoch).Any(e => !e.SelectMany(s => s.Indices).Skip(5).Take(5).SequenceEqual(few)),
            "in another order"
        );

        static long[] Labels(Batch batch) => batch.Labels.data<long>().ToArray();
    }

    [TestMethod]
    public void A_stream_without_positions_passes_over_all_samples_in_orders_of_its_own()
    {
        var seen = new List<(int Epoch, long[] Main, long[] Other)>();
        using var run = Ran.Done(
            Runs.Spec(epochs: 2, batchSize: 20),
            Runs.With(task => new Streaming(task, [new() { Name = "other", BatchSize = 20 }], b =>
                seen.Add((b.Epoch, b.Indices.data<long>().ToArray(), b.Streams["other"].Indices.data<long>().ToArray()))
            ))
        );

        var orders = seen.GroupBy(s => s.Epoch).Select(e => e.SelectMany(s => s.Other).ToArray()).ToArray();
        foreach (var order in orders)
            CollectionAssert.AreEqual(Enumerable.Range(0, 60).Select(i => (long)i).ToArray(), order.Order().ToArray());
        CollectionAssert.AreNotEqual(orders[0], orders[1]);
        CollectionAssert.AreNotEqual(seen[0].Main, seen[0].Other);
    }

    [TestMethod]
    public void Other_streams_move_neither_order_nor_augmentation_of_the_main_one()
    {
        var spec = Specs.Of(training: Specs.Training(augmentation: "crop-flip"));
        using var beside = Ran.Done(
            spec,
            new Components { Method = task => new Streaming(task, [new() { Name = "other", BatchSize = 7 }], _ => { }) }
        );
        using var plain = Ran.Done(spec, new Components { Method = task => new Observer(task, _ => 1) });

        CollectionAssert.AreEqual(plain.Bytes("test-logits.npy"), beside.Bytes("test-logits.npy"));
    }

    [TestMethod]
    public void A_stream_has_its_own_views_or_those_of_the_main_batch()
    {
        var views = new List<(int Main, int Own, int Shared)>();
        using var run = Ran.Done(
            Runs.Spec(),
            Runs.With(task => new Streaming(
                task,
                [
                    new()
                    {
                        Name = "own",
                        BatchSize = 5,
                        Views = configured => [configured, configured, configured],
                    },
                    new() { Name = "shared", BatchSize = 5 },
                ],
                b => views.Add((b.Views.Count, b.Streams["own"].Views.Count, b.Streams["shared"].Views.Count))
            ))
        );

        Assert.AreEqual((1, 3, 1), views.Single());
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Labelled_images_of_their_own_come_with_their_labels(bool othersHaveSome)
    {
        var seen = new List<(long[] Images, long[] Labels, long[] Indices)>();
        using var run = Ran.Done(
            Runs.Spec() with
            {
                Noise = Specs.Component(Records.Components.ComponentKind.Noise, "none"),
            },
            new Components
            {
                Dataset = () => new WithLabelled(Numbered.Resident(60, 20), othersHaveSome),
                Method = task => new Streaming(
                    task,
                    [
                        new()
                        {
                            Name = "labelled",
                            BatchSize = 8,
                            Source = StreamSource.Labeled,
                        },
                    ],
                    b =>
                    {
                        var other = b.Streams["labelled"];
                        seen.Add(
                            (Numbered.Numbers(other.Images), other.Labels.data<long>().ToArray(), other.Indices.data<long>().ToArray())
                        );
                    }
                ),
            }
        );

        var (images, labels, indices) = seen.Single();
        // The test images play the labelled ones.
        CollectionAssert.AreEqual(indices.Select(i => Numbered.FirstTest + i).ToArray(), images);
        CollectionAssert.AreEqual(indices.Select(Numbered.Label).ToArray(), labels);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Two_streams_with_views_resume_to_the_bit(bool streamed) =>
        Runs.AssertResumesToTheBit(
            Runs.Spec(epochs: 2, batchSize: 20),
            task => new FixMatch(
                task,
                new FixMatchOptions
                {
                    Labelled = 13,
                    LabelledBatch = 6,
                    Threshold = 0.2,
                }
            ),
            [1, 2, 3, 5],
            streamed
        );

    public static IEnumerable<(NamedStream[], string)> Faults =>
        [
            ([new() { Name = "Labelled", BatchSize = 1 }], "a stream named 'Labelled'"),
            ([new() { Name = "a", BatchSize = 1 }, new() { Name = "a", BatchSize = 2 }], "several streams named 'a'"),
            ([new() { Name = "a", BatchSize = 0 }], "a stream 'a' of batch size 0"),
            (
                [
                    new()
                    {
                        Name = "a",
                        BatchSize = 1,
                        Source = StreamSource.Labeled,
                    },
                ],
                "the dataset has none"
            ),
            (
                [
                    new()
                    {
                        Name = "a",
                        BatchSize = 1,
                        Positions = e => full(3, e.Samples, ScalarType.Int64),
                    },
                ],
                "positions from 60 to 60 in NamedStream.Positions of its stream 'a'"
            ),
            (
                [
                    new()
                    {
                        Name = "a",
                        BatchSize = 1,
                        Positions = _ => empty(0, ScalarType.Int64),
                    },
                ],
                "shape [0] in NamedStream.Positions of its stream 'a': it takes int64 [n], n at least 1,"
            ),
        ];

    [TestMethod]
    [DynamicData(nameof(Faults))]
    public void Streams_that_are_none_fail_the_run(NamedStream[] streams, string expected)
    {
        var error = Runs.Error(Runs.Spec(), Runs.With(task => new Streaming(task, streams, _ => { })));

        Assert.Contains("the method 'erm'", error);
        Assert.Contains(expected, error);
    }

    private sealed class Streaming(TrainingTask task, IReadOnlyList<NamedStream> streams, Action<Batch> see)
        : ClassifierMethod(task),
            IBatchStreams
    {
        public IReadOnlyList<NamedStream> Streams => streams;

        public override Tensor Loss(Batch batch)
        {
            see(batch);
            var learned = batch.Labels.shape[0] > 0 ? batch : batch.Streams.Values.First();
            return cross_entropy(Model.forward(learned.Images), learned.Labels);
        }
    }

    private sealed class WithLabelled(IDataset whole, bool othersHaveSome) : IDataset, IHasLabeled
    {
        public ISplit Labeled => whole.Test;

        public IReadOnlyList<string> Classes => whole.Classes;

        public ImageShape Shape => whole.Shape;

        public Normalization? Normalization => whole.Normalization;

        public ISplit Train => othersHaveSome ? whole.Train : new ResidentSplit(((ResidentSplit)whole.Train).Images, null);

        public ISplit Test => whole.Test;

        public void Dispose() => whole.Dispose();
    }
}

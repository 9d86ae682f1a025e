using Sat.Engine.Data;
using Sat.Records.Portraits;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Tests;

/// <summary>What a dataset holds: counted, averaged, and compared image by image.</summary>
[TestClass]
public sealed class PortraitTests
{
    [TestMethod]
    public void Images_are_counted_averaged_and_shown_by_class_wherever_they_lie()
    {
        foreach (var dataset in new Func<IDataset>[] { () => Numbered.Resident(30, 6), () => Numbered.Streaming(30, 6) })
        {
            var portrait = Read(dataset, perClass: 2);

            CollectionAssert.AreEqual(new[] { "training", "test" }, portrait.Splits.Select(s => s.Name).ToArray());
            CollectionAssert.AreEqual(new long[] { 30, 6 }, portrait.Splits.Select(s => s.Count).ToArray());
            CollectionAssert.AreEqual(new long[] { 10, 10, 10 }, portrait.Splits[0].PerClass!.ToArray());
            // Of 0 to 29, and of 200 to 205.
            Assert.AreEqual(14.5 / 255, portrait.Splits[0].Mean.Single(), 1e-12);
            Assert.AreEqual(202.5 / 255, portrait.Splits[1].Mean.Single(), 1e-12);
            Assert.AreEqual(Math.Sqrt((30 * 30 - 1) / 12.0) / 255, portrait.Splits[0].Deviation.Single(), 1e-12);
            Assert.IsEmpty(portrait.Same);
            Assert.IsEmpty(portrait.Findings);
            CollectionAssert.AreEqual(
                new long[] { 0, 3, 1, 4, 2, 5 },
                portrait.Thumbnails.SelectMany(c => c).Select(t => t.Sample.Index).ToArray()
            );
            foreach (var picture in portrait.Thumbnails.SelectMany(c => c))
                CollectionAssert.AreEqual(Enumerable.Repeat((byte)picture.Sample.Index, 8 * 8 * 3).ToArray(), picture.Rgb);
        }
    }

    [TestMethod]
    public void What_is_there_twice_is_named_and_what_leaks_or_contradicts_is_told()
    {
        // Images by what they show; three are the same, two of them for training and with several labels.
        var portrait = Read(() => Of(train: [1, 2, 3, 2, 4], labels: [0, 1, 0, 0, 1], test: [5, 2, 4, 5], tested: [0, 1, 1, 0]));

        CollectionAssert.AreEqual(
            new[] { "training 1 (b) = training 3 (a) = test 1 (b)", "training 4 (b) = test 2 (b)", "test 0 (a) = test 3 (a)" },
            portrait.Same.Select(s => string.Join(" = ", s.Samples)).ToArray()
        );
        CollectionAssert.AreEqual(new[] { true, true, false }, portrait.Same.Select(s => s.IsLeak).ToArray());
        CollectionAssert.AreEqual(new[] { true, false, false }, portrait.Same.Select(s => s.Contradicts).ToArray());
        CollectionAssert.AreEqual(
            new[]
            {
                "2 test images are training images too: accuracy on them measures memorization.",
                "1 image has several labels: at least one of each is wrong.",
                "1 training image repeats an earlier one of the training images.",
                "1 test image repeats an earlier one of the test images.",
            },
            portrait.Findings.ToArray()
        );
    }

    [TestMethod]
    public void Labelled_images_of_a_training_set_without_labels_are_no_repetition()
    {
        var portrait = Read(() => new PartlyLabelled());
        CollectionAssert.AreEqual(new[] { "training", "labelled training", "test" }, portrait.Splits.Select(s => s.Name).ToArray());
        Assert.IsNull(portrait.Splits[0].PerClass);
        Assert.IsEmpty(portrait.Same);
        Assert.HasCount(1, portrait.Thumbnails[0], "of what has a label");
    }

    [TestMethod]
    public void Large_images_become_small_ones_by_averaging()
    {
        var portrait = Read(() =>
        {
            using var scope = NewDisposeScope();
            // Columns of 0 and 200 in turn.
            var images = arange(2 * 384, ScalarType.Int64)
                .remainder(2)
                .mul(200)
                .view(2, 1, 1, 384)
                .expand(2, 1, 192, 384)
                .to(ScalarType.Byte);
            images = cat([images[..1], 255 - images[1..]]).contiguous().MoveToOuterDisposeScope();
            return Dataset(images, [0, 1], full([1, 1, 192, 384], 9, ScalarType.Byte), [0]);
        });
        var picture = portrait.Thumbnails[0].Single();
        Assert.AreEqual((96, 48), (picture.Width, picture.Height));
        Assert.IsTrue(picture.Rgb.All(v => v == 100));
    }

    private static DatasetPortrait Read(Func<IDataset> dataset, int? perClass = null)
    {
        using var opened = OpenedDataset.Open(
            new Components { Dataset = dataset },
            new ComponentSpec { Id = "numbered" },
            new Dictionary<string, string>()
        );
        return new PortraitReader(opened, perClass).Read(CancellationToken.None);
    }

    private static IDataset Of(byte[] train, long[] labels, byte[] test, long[] tested) =>
        Dataset(Images(train), labels, Images(test), tested);

    private static Tensor Images(byte[] values) => tensor(values).view(-1, 1, 1, 1).expand(values.Length, 1, 4, 4).contiguous();

    private static IDataset Dataset(Tensor train, long[] labels, Tensor test, long[] tested) =>
        new ResidentDataset(
            ["a", "b"],
            null,
            new ResidentSplit(train.DetachFromDisposeScope(), tensor(labels).DetachFromDisposeScope()),
            new ResidentSplit(test.DetachFromDisposeScope(), tensor(tested).DetachFromDisposeScope())
        );

    private sealed class PartlyLabelled : IDataset, IHasLabeled
    {
        private readonly IDataset _labelled = Of([1, 2], [0, 1], [7, 8], [0, 1]);
        private readonly ResidentSplit _all = new(Images([1, 5, 2, 6]), null);

        public IReadOnlyList<string> Classes => _labelled.Classes;
        public ImageShape Shape => new(1, 4, 4);
        public Normalization? Normalization => null;
        public ISplit Train => _all;
        public ISplit Test => _labelled.Test;
        public ISplit Labeled => _labelled.Train;

        public void Dispose()
        {
            _labelled.Dispose();
            _all.Images.Dispose();
        }
    }
}

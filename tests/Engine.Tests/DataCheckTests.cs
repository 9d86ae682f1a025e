using Sat.Engine.Data;
using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Tests;

/// <summary>What every dataset is held to, whichever plugin reads it.</summary>
[TestClass]
public sealed class DataCheckTests
{
    [TestMethod]
    [DataRow(new long[] { 1, 2, 3, 1, 2, 3 }, "1 of 4 classes", "0 ('0')", "subtract the smallest")]
    [DataRow(new long[] { 0, 2, 3, 0, 2, 3 }, "1 of 4 classes", "1 ('1')", "without gaps")]
    [DataRow(new long[] { 0, 1, 2, 0, 1, 2 }, "1 of 4 classes", "3 ('3')", "class-names")]
    [DataRow(new long[] { 3, 3, 3, 3, 3, 3 }, "3 of 4 classes", "0 ('0'), 1 ('1'), 2 ('2')", "subtract the smallest")]
    public void A_class_without_a_training_sample_is_refused_by_name(long[] labels, params string[] said)
    {
        var message = Refused(() => Dataset(labels, [0, 1, 2, 3, 0, 1]));
        foreach (var text in said)
            Assert.Contains(text, message);
    }

    [TestMethod]
    public void Classes_that_were_stated_may_lack_samples()
    {
        using var dataset = Dataset([0, 2, 2, 0, 2, 2], [0, 1, 2, 0, 1, 2], stated: true);
        DataCheck.Require("mine", dataset);
    }

    [TestMethod]
    [DataRow(new long[] { 3, 3, 2, 2, 1, 0 }, 4, "2 of 4 classes have no sample among the 4", "0 ('0'), 1 ('1')", "'training.samples'")]
    [DataRow(new long[] { 0, 2, 3, 0, 2, 3 }, 6, "1 of 4 classes have no sample among the 6", "1 ('1')")]
    public void A_class_without_a_sample_that_is_trained_on_is_warned_of(long[] whole, int trained, params string[] said)
    {
        using var labels = tensor(whole);
        using var front = labels.narrow(0, 0, trained);
        var message = DataCheck.Missing(labels, front, ["0", "1", "2", "3"]);
        foreach (var text in said)
            Assert.Contains(text, message!);
        Assert.AreEqual(trained < whole.Length, message!.Contains("shuffle", StringComparison.Ordinal));
    }

    [TestMethod]
    public void One_class_alone_is_warned_of_and_all_classes_are_not()
    {
        using var zeros = tensor(new long[] { 0, 0 });
        using var both = tensor(new long[] { 0, 1 });
        Assert.Contains("one class only, 'a'", DataCheck.Missing(zeros, zeros, ["a"])!);
        Assert.IsNull(DataCheck.Missing(both, both, ["a", "b"]));
    }

    [TestMethod]
    [DataRow(new long[] { 0, 1, 2, 3, -1, 0 }, new long[] { 0, 1, 2, 3, 0, 1 }, "training labels go from -1 to 3")]
    [DataRow(new long[] { 0, 1, 2, 3, 4, 0 }, new long[] { 0, 1, 2, 3, 0, 1 }, "training labels go from 0 to 4")]
    [DataRow(new long[] { 0, 1, 2, 3, 0, 1 }, new long[] { 0, 1, 2, 3, 255, 1 }, "test labels go from 0 to 255")]
    public void A_label_that_is_no_class_is_refused_in_either_split(long[] train, long[] test, string said) =>
        Assert.Contains(said, Refused(() => Dataset(train, test, stated: true)));

    [TestMethod]
    [DataRow((byte)0)]
    [DataRow((byte)1)]
    [DataRow((byte)77)]
    [DataRow((byte)255)]
    public void Images_that_are_all_alike_are_refused_wherever_they_are(byte level)
    {
        var message = Refused(() => Dataset([0, 1, 2, 3, 0, 1], [0, 1, 2, 3, 0, 1], level: _ => level));
        Assert.Contains("all 6 training images are the same", message);
        Assert.Contains("(x * 255)", message);
        using var streamed = new Streamed(_ => level, 6);
        Assert.Contains("the same", Assert.ThrowsExactly<SatException>(() => DataCheck.Require("mine", streamed)).Message);
    }

    [TestMethod]
    public void What_a_cast_leaves_of_floats_is_refused_though_its_images_differ()
    {
        var message = Refused(() => Dataset([0, 1, 2, 3, 0, 1], [0, 1, 2, 3, 0, 1], level: i => (byte)(i % 2)));
        Assert.Contains("no value of the training images is above 1 of 255", message);
        Assert.Contains("(x * 255)", message);
    }

    [TestMethod]
    public void A_single_image_that_differs_is_found_far_behind()
    {
        const int count = 3000;
        using var dataset = new Streamed(i => i == count - 1 ? (byte)9 : (byte)8, count);
        DataCheck.Require("mine", dataset);
    }

    [TestMethod]
    public void Few_images_are_read_of_a_dataset_that_is_in_order()
    {
        using var dataset = new Streamed(i => (byte)(i % 200), 3000);
        DataCheck.Require("mine", dataset);
        Assert.IsLessThan(40, dataset.Asked);
    }

    private static string Refused(Func<IDataset> open)
    {
        using var dataset = open();
        var error = Assert.ThrowsExactly<SatException>(() => DataCheck.Require("mine", dataset));
        Assert.AreEqual(ExitCode.Environment, error.ExitCode);
        Assert.Contains("'mine'", error.Message);
        return error.Message;
    }

    private static Tensor Images(int count, Func<long, byte> level) =>
        tensor(Enumerable.Range(0, count).Select(i => level(i)).ToArray()).view(-1, 1, 1, 1).expand(count, 1, 4, 4).contiguous();

    private static ResidentDataset Dataset(long[] train, long[] test, bool stated = false, Func<long, byte>? level = null)
    {
        level ??= i => (byte)(40 * i);
        return new ResidentDataset(
            ["0", "1", "2", "3"],
            null,
            new ResidentSplit(Images(train.Length, level), tensor(train)),
            new ResidentSplit(Images(test.Length, level), tensor(test))
        )
        {
            ClassesAreStated = stated,
        };
    }

    /// <summary>Images without labels, that count how many are asked for.</summary>
    private sealed class Streamed(Func<long, byte> level, int count) : IDataset, IStreamedSplit
    {
        public int Asked { get; private set; }

        public IReadOnlyList<string> Classes => [];

        public ImageShape Shape => new(1, 4, 4);

        public Normalization? Normalization => null;

        public ISplit Train => this;

        public ISplit Test => this;

        public long Count => count;

        public Tensor? Labels => null;

        public Tensor Read(ReadOnlySpan<long> indices)
        {
            Asked += indices.Length;
            var wanted = indices.ToArray();
            return Images(wanted.Length, i => level(wanted[i]));
        }

        public void Dispose() { }
    }
}

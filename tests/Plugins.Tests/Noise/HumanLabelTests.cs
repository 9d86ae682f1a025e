using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sat.Records;
using Sat.Records.Data;

namespace Sat.Noise.Tests;

[TestClass]
public sealed class HumanLabelTests : IDisposable
{
    private static readonly HumanLabelsFixture Fixture = HumanLabelsFixture.Read;
    private static readonly string[] Hundred = Noises.Numbered(100);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("ten.pt")]
    [DataRow("ten-old.pt")]
    [DataRow("ten-tensors.pt")]
    [DataRow("ten-ordered.npy")]
    public void Each_label_set_comes_from_the_file_in_the_order_of_the_dataset(string file)
    {
        foreach (
            var (labels, entry) in new[]
            {
                ("aggregate", "aggre_label"),
                ("worst", "worse_label"),
                ("random1", "random_label1"),
                ("random2", "random_label2"),
                ("random3", "random_label3"),
            }
        )
            CollectionAssert.AreEqual(Fixture.Ten[entry], Ten(file, new() { ["labels"] = labels }), labels);
        CollectionAssert.AreEqual(Fixture.Ten["aggre_label"], Ten(file, []), "what is taken unless it is said");
    }

    [TestMethod]
    public void The_hundred_classes_have_labels_and_so_have_their_superclasses()
    {
        var file = Fixture.Save(_folder, "hundred.pt");
        var (fine, coarse) = (Fixture.Hundred["clean_label"], Fixture.Hundred["clean_coarse_label"]);

        CollectionAssert.AreEqual(Fixture.Hundred["noisy_label"], Noises.NoisyLabels("cifar100n", [], fine, Hundred, 1, file));
        CollectionAssert.AreEqual(
            Fixture.Hundred["noisy_coarse_label"],
            Noises.NoisyLabels("cifar100n", new() { ["labels"] = "noisy-coarse" }, coarse, Noises.Numbered(20), 1, file)
        );
        CollectionAssert.AreEqual(
            Fixture.Hundred["noisy_label"],
            Noises.NoisyLabels("cifar100n", [], fine, Hundred, 1, Fixture.Save(_folder, "hundred-ordered.npy"))
        );
    }

    [TestMethod]
    [DataRow("ten.pt")]
    [DataRow("ten-ordered.npy")]
    public void A_run_on_the_first_samples_has_their_labels(string file) =>
        CollectionAssert.AreEqual(
            Fixture.Ten["worse_label"][..15],
            Noises.NoisyLabels(
                "cifar10n",
                new() { ["labels"] = "worst" },
                Fixture.Ten["clean_label"][..15],
                Noises.Cifar10,
                1,
                Fixture.Save(_folder, file),
                whole: 40
            )
        );

    /// <summary>Published as image_order_c10.npy beside the labels: the first of 50,000 positions in their order.</summary>
    [TestMethod]
    public void The_order_of_the_published_npy_files_is_known()
    {
        const int count = 50_000;
        int[] order = [.. Enumerable.Range(0, count).OrderBy(i => Md5($"train{i}"), StringComparer.Ordinal)];
        CollectionAssert.AreEqual(new[] { 16399, 1680, 47917, 17307, 27051 }, order[..5]);
        var file = DataFiles.At(
            "noise",
            _folder.Write(
                "ordered",
                Pickles.Dictionary(("clean_label", order.Select(i => i % 10)), ("aggre_label", order.Select(i => (i + i / 10) % 10)))
            )
        );

        CollectionAssert.AreEqual(
            Enumerable.Range(0, count).Select(i => (i + i / 10) % 10L).ToArray(),
            Noises.NoisyLabels("cifar10n", [], [.. Enumerable.Range(0, count).Select(i => i % 10L)], Noises.Cifar10, 1, file)
        );
    }

    [TestMethod]
    public void A_file_for_other_samples_or_in_another_order_is_refused_with_how_many_differ()
    {
        long[] changed = [.. Fixture.Ten["clean_label"]];
        (changed[7], changed[30]) = (changed[8], changed[31]);
        Refused(
            changed,
            "ten.pt",
            "2 of 40 true labels in it differ from the dataset's, the first at sample 7 (9 instead of 6)",
            "another order"
        );
        Refused(changed, "ten-ordered.npy", "in the order of TensorFlow Datasets, 2 of 40 true labels in it differ");
        Refused(changed[..39], "ten.pt", "it has 40 labels, but the training set has 39 samples");
        Refused(Fixture.Ten["clean_label"], "hundred.pt", "it has no 'aggre_label', only clean_label, noisy_label");
        Refused([.. new long[40]], "text", "cannot be used", content: "0\n1\n"u8.ToArray());
        Refused([.. new long[40]], "evil", "'os.system'", content: "cos\nsystem\n(Vecho\ntR."u8.ToArray());
        Refused(
            [0, 1],
            "classes",
            "label 1 is 10, but labels are from 0 to 9",
            content: Pickles.Dictionary(("clean_label", new[] { 0, 1 }), ("aggre_label", new[] { 0, 10 }))
        );

        void Refused(long[] labels, string file, string said, string? also = null, byte[]? content = null)
        {
            var path = _folder.Write(file, content ?? Fixture.Files[file]);
            var error = Assert.ThrowsExactly<SatException>(() =>
                Noises.NoisyLabels("cifar10n", [], labels, Noises.Cifar10, 1, DataFiles.At("noise", path))
            );
            Assert.AreEqual(ExitCode.Environment, error.ExitCode);
            Assert.Contains($"noise 'cifar10n': {path} cannot be used", error.Message);
            Assert.Contains(said, error.Message);
            Assert.Contains(also ?? "CIFAR-10_human.pt", error.Message);
        }
    }

    private long[] Ten(string file, JsonObject options) =>
        Noises.NoisyLabels("cifar10n", options, Fixture.Ten["clean_label"], Noises.Cifar10, 1, Fixture.Save(_folder, file));

#pragma warning disable CA5351 // The order is made by it.
    private static string Md5(string text) => Convert.ToHexString(MD5.HashData(Encoding.ASCII.GetBytes(text)));
#pragma warning restore CA5351
}

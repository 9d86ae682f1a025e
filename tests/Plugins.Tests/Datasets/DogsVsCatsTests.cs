using Sat.Sdk;

namespace Sat.Datasets.Tests;

[TestClass]
public sealed class DogsVsCatsTests
{
    private static readonly byte[] Cat = Pictures.Plain(10);
    private static readonly byte[] Dog = Pictures.Plain(200);

    /// <summary>Kaggle's archive, with images of one colour a kind.</summary>
    private static readonly Lazy<byte[]> Archive = new(() => Zips.Of([("train/", []), .. All(), ("train/.DS_Store", [1])]));

    [TestMethod]
    public void The_archive_is_read_as_it_is_and_the_published_test_set_is_set_aside()
    {
        using var folder = new TemporaryFolder();
        folder.Write("train.zip", Archive.Value);

        using var dataset = Datasets.Published("dogs-vs-cats", folder.Path, new() { ["size"] = 4, ["loading"] = "streamed" });

        Assert.AreEqual(new ImageShape(3, 4, 4), dataset.Shape);
        CollectionAssert.AreEqual(new[] { "cat", "dog" }, dataset.Classes.ToArray());
        CollectionAssert.AreEqual(new[] { 0.485, 0.456, 0.406 }, dataset.Normalization!.Mean.ToArray());
        CollectionAssert.AreEqual(new[] { 10_000L, 10_000 }, CountsOf(dataset.Train));
        CollectionAssert.AreEqual(new[] { 2500L, 2500 }, CountsOf(dataset.Test));
        var (train, test) = (((IHasSampleFiles)dataset.Train).Files!, ((IHasSampleFiles)dataset.Test).Files!);
        Assert.IsEmpty(train.Intersect(test));
        // The first lines of the published lists, and some numbers between theirs.
        foreach (var name in new[] { "cat.1.jpg", "cat.9.jpg", "cat.13.jpg", "cat.12493.jpg", "dog.0.jpg", "dog.3.jpg", "dog.12498.jpg" })
            Assert.Contains(name, test);
        foreach (var name in new[] { "cat.0.jpg", "cat.666.jpg", "cat.12499.jpg", "dog.1.jpg", "dog.12499.jpg" })
            Assert.Contains(name, train);
        using var images = ((IStreamedSplit)dataset.Test).Read([.. Enumerable.Range(0, 50).Select(i => (long)i)]);
        for (var i = 0; i < 50; i++)
        {
            Assert.AreEqual(test[i].StartsWith("dog", StringComparison.Ordinal) ? 1 : 0, Datasets.Labels(dataset.Test)[i]);
            Assert.AreEqual(test[i].StartsWith("dog", StringComparison.Ordinal) ? 200 : 10, images.bytes[i * 48]);
        }
        Assert.IsTrue(
            Datasets.Labels(dataset.Train).Take(100).Distinct().Count() == 2,
            "the training set is not sorted by class, since studies take its first images"
        );
    }

    /// <summary>All 25,000 files would take longer than all other tests of datasets.</summary>
    [TestMethod]
    [DataRow("train")]
    [DataRow("")]
    public void Unpacked_images_have_the_same_names_and_none_may_be_missing(string path)
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "cat.0.jpg", "cat.1.jpg", "dog.0.jpg", "dog.12499.jpg" })
            folder.Write("train/" + name, Cat);

        Datasets.Refused(
            () => Datasets.Published("dogs-vs-cats", folder.At(path)),
            "lacks cat.2.jpg, cat.3.jpg, cat.4.jpg and 24993 more images of the 25000",
            "https://www.kaggle.com/c/dogs-vs-cats/data"
        );
    }

    [TestMethod]
    public void What_is_not_Kaggles_archive_is_refused_in_one_sentence()
    {
        using var folder = new TemporaryFolder();
        Datasets.Refused(
            () => Datasets.Published("dogs-vs-cats", folder.Path),
            "Accept the rules at https://www.kaggle.com/c/dogs-vs-cats/data",
            "train.zip",
            "cat.0.jpg"
        );
        void Refuse(byte[] archive, params string[] said)
        {
            folder.Write("train.zip", archive);
            Assert.HasCount(1, Datasets.Refused(() => Datasets.Published("dogs-vs-cats", folder.Path), ["train.zip", .. said]).Problems);
        }

        Refuse("<!DOCTYPE html><html><body>log in</body></html>"u8.ToArray(), "HTML page", "Get it again");
        Refuse("version https://git-lfs.github.com/spec/v1\noid sha256:00\n"u8.ToArray(), "Git LFS pointer");
        Refuse(Archive.Value[..^1000], "no whole zip archive");
        Refuse([], "it is empty");
        Refuse(Zips.Of([("train/cat.0.jpg", Cat)]), "lacks cat.1.jpg, cat.2.jpg, cat.3.jpg and 24996 more images");
        File.Delete(folder.At("train.zip"));
        folder.Write("train/cat.0.jpg", Cat);
        Datasets.Refused(() => Datasets.Published("dogs-vs-cats", folder.Path), "has no dogs (dog.0.jpg and so on)");
        folder.Write("ms/PetImages/Cat/0.jpg", Cat);
        folder.Write("ms/PetImages/Dog/0.jpg", Dog);
        Datasets.Refused(() => Datasets.Published("dogs-vs-cats", folder.At("ms")), "Microsoft's version");
    }

    [TestMethod]
    public void An_image_that_is_damaged_is_named_with_its_archive()
    {
        using var folder = new TemporaryFolder();
        folder.Write("train.zip", Zips.Of(All().Select(f => f.Name == "train/dog.0.jpg" ? (f.Name, "GIF89a no more"u8.ToArray()) : f)));

        using var dataset = Datasets.Published("dogs-vs-cats", folder.Path, new() { ["size"] = 4, ["loading"] = "streamed" });
        var at = ((IHasSampleFiles)dataset.Test).Files!.ToList().IndexOf("dog.0.jpg");

        var error = Assert.ThrowsExactly<Sat.Records.SatException>(() => ((IStreamedSplit)dataset.Test).Read([at]).Dispose());
        foreach (
            var said in new[]
            {
                "dataset 'dogs-vs-cats'",
                "dog.0.jpg",
                folder.At("train.zip"),
                "pixels, more than the limit of 134217728: it is damaged. Get it again.",
            }
        )
            Assert.Contains(said, error.Message);
    }

    private static IEnumerable<(string Name, byte[] Content)> All() =>
        Enumerable
            .Range(0, 12_500)
            .SelectMany(i => new[] { (Name: $"train/cat.{i}.jpg", Content: Cat), (Name: $"train/dog.{i}.jpg", Content: Dog) });

    private static long[] CountsOf(ISplit split) =>
        [.. Datasets.Labels(split).CountBy(l => l).OrderBy(c => c.Key).Select(c => (long)c.Value)];
}

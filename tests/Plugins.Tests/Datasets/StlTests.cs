using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Sat.Records;
using Sat.Sdk;

namespace Sat.Datasets.Tests;

[TestClass]
public sealed class StlTests
{
    private const string Names = "airplane\nbird\ncar\ncat\ndeer\ndog\nhorse\nmonkey\nship\ntruck\n";
    private const int Image = 3 * 96 * 96;

    /// <summary>Ten folds of two images each, as the published file has them: a space behind the last index.</summary>
    private static readonly string Folds = string.Concat(Enumerable.Range(0, 10).Select(f => $"{f} {(f + 3) % 20} \n"));

    [TestMethod]
    public void Images_lie_column_by_column_and_labels_begin_at_1()
    {
        using var folder = new TemporaryFolder();
        Write(folder);

        using var dataset = Datasets.Published("stl10", folder.Path);

        Assert.AreEqual(new ImageShape(3, 96, 96), dataset.Shape);
        CollectionAssert.AreEqual(Names.Split('\n', StringSplitOptions.RemoveEmptyEntries), dataset.Classes.ToArray());
        CollectionAssert.AreEqual(Enumerable.Range(0, 20).Select(i => i % 10L).ToArray(), Datasets.Labels(dataset.Train));
        CollectionAssert.AreEqual(new long[] { 9, 0 }, Datasets.Labels(dataset.Test));
        var file = Bytes(seed: 1, 20);
        var images = Datasets.Images(dataset.Train);
        foreach (var (image, channel, row, column) in new[] { (0, 0, 0, 1), (3, 1, 90, 7), (19, 2, 95, 95) })
            Assert.AreEqual(
                file[(image * 3 + channel) * 9216 + column * 96 + row],
                images[(image * 3 + channel) * 9216 + row * 96 + column]
            );
    }

    [TestMethod]
    public void The_official_archive_is_read_without_unpacking()
    {
        using var folder = new TemporaryFolder();
        Write(folder);
        Pack(folder);

        using var dataset = Datasets.Published("stl10", folder.At("stl10_binary.tar.gz"), new() { ["train"] = "unlabeled" });

        Assert.AreEqual(5, dataset.Train.Count);
        Assert.IsNull(dataset.Train.Labels);
        Assert.AreEqual(20, ((IHasLabeled)dataset).Labeled.Count);
    }

    [TestMethod]
    [DataRow("labeled", 20, 20)]
    [DataRow("unlabeled", 5, 20)]
    [DataRow("all", 25, 20)]
    [DataRow("labeled", 2, 2, 4)]
    [DataRow("all", 7, 2, 4)]
    public void What_is_trained_on_is_chosen_and_the_labelled_images_are_there_in_any_case(
        string train,
        int count,
        int labelled,
        int fold = 0
    )
    {
        using var folder = new TemporaryFolder();
        Write(folder);

        using var dataset = Datasets.Published("stl10", folder.Path, new() { ["train"] = train, ["fold"] = fold });

        Assert.AreEqual(count, dataset.Train.Count);
        var labeled = ((IHasLabeled)dataset).Labeled;
        Assert.AreEqual(labelled, labeled.Count);
        Assert.AreEqual(train == "labeled", dataset.Train.Labels is not null);
        if (fold > 0)
        {
            CollectionAssert.AreEqual(new long[] { 3, 6 }, Datasets.Labels(labeled), "images 3 and 6 are the fourth fold");
            CollectionAssert.AreEqual(new[] { "train_X.bin#3", "train_X.bin#6" }, ((IHasSampleFiles)labeled).Files!.ToArray());
            using var whole = Datasets.Published("stl10", folder.Path);
            CollectionAssert.AreEqual(Datasets.Images(whole.Train)[(6 * Image)..(7 * Image)], Datasets.Images(labeled)[Image..]);
        }
    }

    [TestMethod]
    [DataRow(48)]
    [DataRow(32)]
    public void Smaller_images_are_means_of_blocks(int size)
    {
        using var folder = new TemporaryFolder();
        Write(folder);

        using var whole = Datasets.Published("stl10", folder.Path);
        using var small = Datasets.Published("stl10", folder.Path, new() { ["size"] = size });

        Assert.AreEqual(new ImageShape(3, size, size), small.Shape);
        var (large, pixels, block) = (Datasets.Images(whole.Test), Datasets.Images(small.Test), 96 / size);
        foreach (var (channel, row, column) in new[] { (0, 0, 0), (1, 5, 17), (2, size - 1, size - 1) })
        {
            var sum = 0;
            for (var y = 0; y < block; y++)
            {
                for (var x = 0; x < block; x++)
                    sum += large[channel * 9216 + (row * block + y) * 96 + column * block + x];
            }
            Assert.AreEqual((byte)Math.Floor((double)sum / (block * block) + 0.5), pixels[(channel * size + row) * size + column]);
        }
        var error = Assert.ThrowsExactly<SatException>(() => Datasets.Published("stl10", folder.Path, new() { ["size"] = 40 }));
        Assert.AreEqual(ExitCode.Planning, error.ExitCode);
        Assert.Contains("'size' is 40", error.Message);
        Assert.Contains("48, 32", error.Message);
    }

    [TestMethod]
    public void Files_that_do_not_belong_together_or_are_cut_off_are_named_with_what_was_expected_and_found()
    {
        using var folder = new TemporaryFolder();
        void Refuse(string name, byte[] content, params string[] said)
        {
            Write(folder);
            folder.Write("stl10_binary/" + name, content);
            Datasets.Refused(() => Datasets.Published("stl10", folder.Path, new() { ["train"] = "unlabeled" }), [name, .. said]);
        }

        Refuse(
            "train_X.bin",
            Bytes(1, 20)[..^7],
            "27648",
            (20 * Image - 7).ToString(System.Globalization.CultureInfo.InvariantCulture),
            "cut off"
        );
        Refuse("unlabeled_X.bin", Bytes(1, 3)[..^1], "27648", "cut off");
        Refuse("test_X.bin", [], "it is empty");
        Refuse("train_y.bin", [1, 2, 3], "a label for each of the 20 images in train_X.bin, but has 3");
        Refuse("test_y.bin", [10, 11], "label 1 (counted from 0) is 11", "10 classes, from 1");
        Refuse("test_y.bin", [0, 1], "label 0 (counted from 0) is 0");
        Refuse("fold_indices.txt", "0 1\n2 3\n"u8.ToArray(), "10 folds", "has 2");
        Refuse(
            "fold_indices.txt",
            System.Text.Encoding.ASCII.GetBytes(Folds.Replace("9 12", "9 20", StringComparison.Ordinal)),
            "fold 10 names the image '20'",
            "0 to 19"
        );
        Refuse("class_names.txt", "airplane\n"u8.ToArray(), "10 class names", "has 1");

        Write(folder);
        File.Delete(folder.At("stl10_binary", "fold_indices.txt"));
        Datasets.Refused(
            () => Datasets.Published("stl10", folder.Path),
            "lacks fold_indices.txt",
            "http://ai.stanford.edu/~acoates/stl10/stl10_binary.tar.gz"
        );

        Write(folder);
        Pack(folder);
        var archive = folder.At("stl10_binary.tar.gz");
        File.WriteAllBytes(archive, File.ReadAllBytes(archive)[..5000]);
        Datasets.Refused(() => Datasets.Published("stl10", archive), "stl10_binary.tar.gz", "damaged", "Get it again");
    }

    [TestMethod]
    public void The_real_labels_and_folds_are_the_published_ones()
    {
        using var folder = new TemporaryFolder();
        SharedData.Unpack("stl10-train.tar", folder.Path);
        var published = Datasets.Layout("stl10").Variants.Single(v => v.Name == "published");
        Assert.AreEqual(
            published.Files["train_y.bin"],
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder.At("train_y.bin"))))
        );

        // The real labels, names and folds around drawn images, of which 5,000 are needed.
        Directory.CreateDirectory(folder.At("stl10_binary"));
        foreach (var name in new[] { "train_y.bin", "class_names.txt", "fold_indices.txt" })
            File.Move(folder.At(name), folder.At("stl10_binary", name));
        using (var images = File.Create(folder.At("stl10_binary", "train_X.bin")))
            images.SetLength(5000L * Image);
        folder.Write("stl10_binary/test_X.bin", Bytes(2, 2));
        folder.Write("stl10_binary/test_y.bin", [1, 2]);
        folder.Write("stl10_binary/unlabeled_X.bin", Bytes(3, 2));

        using var dataset = Datasets.Published("stl10", folder.Path, new() { ["size"] = 8, ["fold"] = 10 });

        CollectionAssert.AreEqual(Names.Split('\n', StringSplitOptions.RemoveEmptyEntries), dataset.Classes.ToArray());
        var counts = Datasets.Labels(dataset.Train).CountBy(l => l).ToArray();
        Assert.AreEqual(1000, counts.Sum(c => c.Value));
        Assert.HasCount(10, counts);
    }

    private static void Write(TemporaryFolder folder)
    {
        folder.Write("stl10_binary/train_X.bin", Bytes(1, 20));
        folder.Write("stl10_binary/train_y.bin", [.. Enumerable.Range(0, 20).Select(i => (byte)(1 + i % 10))]);
        folder.Write("stl10_binary/test_X.bin", Bytes(2, 2));
        folder.Write("stl10_binary/test_y.bin", [10, 1]);
        folder.Write("stl10_binary/unlabeled_X.bin", Bytes(3, 5));
        folder.Write("stl10_binary/class_names.txt", Names);
        folder.Write("stl10_binary/fold_indices.txt", Folds);
    }

    private static void Pack(TemporaryFolder folder)
    {
        using var file = File.Create(folder.At("stl10_binary.tar.gz"));
        using var gzip = new GZipStream(file, CompressionLevel.Fastest);
        TarFile.CreateFromDirectory(folder.At("stl10_binary"), gzip, includeBaseDirectory: true);
    }

    private static byte[] Bytes(int seed, int images)
    {
        var bytes = new byte[images * Image];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}

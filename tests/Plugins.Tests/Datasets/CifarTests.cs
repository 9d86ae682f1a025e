using System.Formats.Tar;
using System.IO.Compression;
using Sat.Records.Data;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Datasets.Tests;

[TestClass]
public sealed class CifarTests
{
    private const string TenNames = "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n";

    [TestMethod]
    public void Cifar10_is_read_from_a_folder_in_file_order()
    {
        using var folder = new TemporaryFolder();
        WriteCifar10(folder);

        using var dataset = Datasets.Published("cifar10", folder.Path);

        Check(dataset);
    }

    [TestMethod]
    public void Cifar10_is_read_from_the_official_archive_without_unpacking()
    {
        using var folder = new TemporaryFolder();
        WriteCifar10(folder);
        Pack(folder.At("cifar-10-batches-bin"), folder.At("cifar-10-binary.tar.gz"));
        Directory.Delete(folder.At("cifar-10-batches-bin"), recursive: true);

        using var dataset = Datasets.Published("cifar10", folder.At("cifar-10-binary.tar.gz"));

        Check(dataset);
    }

    [TestMethod]
    public void A_file_cut_off_is_named_with_what_was_expected_and_found()
    {
        using var folder = new TemporaryFolder();
        WriteCifar10(folder);
        folder.Write("cifar-10-batches-bin/data_batch_4.bin", new byte[3 * 3073 - 1]);

        Datasets.Refused(() => Datasets.Published("cifar10", folder.Path), "data_batch_4.bin", folder.Path, "3073", "9218");
    }

    [TestMethod]
    public void An_empty_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        WriteCifar10(folder);
        folder.Write("cifar-10-batches-bin/test_batch.bin", []);

        Datasets.Refused(() => Datasets.Published("cifar10", folder.Path), "test_batch.bin", "it is empty");
    }

    [TestMethod]
    public void A_label_out_of_range_is_named_with_its_record()
    {
        using var folder = new TemporaryFolder();
        WriteCifar10(folder);
        folder.Write("cifar-10-batches-bin/data_batch_2.bin", [.. Record([9], 1), .. Record([3], 2), .. Record([10], 3)]);

        Datasets.Refused(() => Datasets.Published("cifar10", folder.Path), "data_batch_2.bin", "record 2", "label 10", "10 classes");
    }

    [TestMethod]
    public void Class_names_that_are_too_few_are_refused()
    {
        using var folder = new TemporaryFolder();
        WriteCifar10(folder);
        folder.Write("cifar-10-batches-bin/batches.meta.txt", "airplane\nautomobile\n");

        Datasets.Refused(() => Datasets.Published("cifar10", folder.Path), "batches.meta.txt", "10 class names", "has 2");
    }

    [TestMethod]
    public void Files_that_are_missing_are_named_and_where_to_get_them()
    {
        using var folder = new TemporaryFolder();
        WriteCifar10(folder);
        File.Delete(folder.At("cifar-10-batches-bin", "data_batch_5.bin"));

        Datasets.Refused(
            () => Datasets.Published("cifar10", folder.Path),
            "data_batch_5.bin",
            "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"
        );
    }

    [TestMethod]
    public void Cifar100_has_fine_and_coarse_labels()
    {
        using var folder = new TemporaryFolder();
        folder.Write("cifar-100-binary/train.bin", [.. Record([19, 99], 5), .. Record([0, 4], 6)]);
        folder.Write("cifar-100-binary/test.bin", Record([7, 50], 7));
        folder.Write("cifar-100-binary/fine_label_names.txt", string.Join('\n', Enumerable.Range(0, 100).Select(i => $"fine {i}")));
        folder.Write("cifar-100-binary/coarse_label_names.txt", string.Join('\n', Enumerable.Range(0, 20).Select(i => $"coarse {i}")));

        using var fine = Datasets.Published("cifar100", folder.Path);
        using var coarse = Datasets.Published("cifar100", folder.Path, new() { ["labels"] = "coarse" });

        CollectionAssert.AreEqual(new long[] { 99, 4 }, Datasets.Labels(fine.Train));
        CollectionAssert.AreEqual(new long[] { 19, 0 }, Datasets.Labels(coarse.Train));
        CollectionAssert.AreEqual(new long[] { 50 }, Datasets.Labels(fine.Test));
        Assert.AreEqual("fine 99", fine.Classes[99]);
        Assert.AreEqual("coarse 19", coarse.Classes[19]);
        CollectionAssert.AreEqual(Record([], 6), Datasets.Images(fine.Train)[3072..]);
    }

    [TestMethod]
    public void The_real_subset_of_Cifar100_has_all_classes_each_in_one_superclass()
    {
        using var folder = new TemporaryFolder();
        SharedData.Unpack("cifar100-subset.tar.xz", folder.Path);

        using var fine = Datasets.Published("cifar100", folder.Path);
        using var coarse = Datasets.Published("cifar100", folder.Path, new() { ["labels"] = "coarse" });

        Assert.AreEqual(1117, fine.Train.Count);
        Assert.AreEqual(916, fine.Test.Count);
        var pairs = Datasets.Labels(fine.Train).Zip(Datasets.Labels(coarse.Train)).Distinct().ToArray();
        Assert.HasCount(100, pairs);
        Assert.IsTrue(pairs.GroupBy(p => p.Second).All(g => g.Count() == 5));
        Assert.IsTrue(pairs.Any(p => fine.Classes[(int)p.First] == "shark" && coarse.Classes[(int)p.Second] == "fish"));
        Assert.AreEqual(
            DataFiles.UnknownVariant,
            DataFiles.Find("cifar100", Datasets.Layout("cifar100"), folder.Path).VariantOf(Datasets.Layout("cifar100"))
        );
    }

    [TestMethod]
    public void Real_Cifar10_images_have_nearly_the_published_mean_of_each_channel()
    {
        using var folder = new TemporaryFolder();
        SharedData.Unpack("cifar10-original-test1017.tar.xz", folder.Path);
        var head = folder.At("cifar-10-original", "test_batch_head.bin");
        foreach (var name in Datasets.Layout("cifar10").Files.Where(f => f.EndsWith(".bin", StringComparison.Ordinal)))
            File.Copy(head, folder.At(name));
        folder.Write("batches.meta.txt", TenNames);

        using var dataset = Datasets.Published("cifar10", folder.Path);

        Assert.AreEqual(1017, dataset.Test.Count);
        Assert.AreEqual(5 * 1017, dataset.Train.Count);
        using var scope = NewDisposeScope();
        var means = (((ResidentSplit)dataset.Test).Images.to(ScalarType.Float64) / 255).mean([0, 2, 3]).data<double>().ToArray();
        for (var channel = 0; channel < 3; channel++)
            Assert.AreEqual(dataset.Normalization!.Mean[channel], means[channel], 0.02);
    }

    [TestMethod]
    [DataRow("cifar10", "published")]
    [DataRow("cifar10", "jpeg-q75")]
    [DataRow("cifar100", "published")]
    public void Known_variants_have_a_checksum_for_every_file_of_images(string id, string name)
    {
        var layout = Datasets.Layout(id);

        var variant = layout.Variants.Single(v => v.Name == name);

        CollectionAssert.AreEquivalent(
            layout.Files.Where(f => f.EndsWith(".bin", StringComparison.Ordinal)).ToArray(),
            variant.Files.Keys.ToArray()
        );
        Assert.IsTrue(variant.Files.Values.All(sum => sum.Length == 64 && sum.All(char.IsAsciiHexDigitLower)));
    }

    [TestMethod]
    [DataRow(
        "cifar10",
        "cifar-10-batches-mat",
        "cifar-10-matlab.tar.gz",
        "MATLAB",
        "data_batch_1.mat",
        "test_batch.mat",
        "batches.meta.mat"
    )]
    [DataRow("cifar100", "cifar-100-matlab", "cifar-100-matlab.tar.gz", "MATLAB", "train.mat", "test.mat", "meta.mat")]
    public void A_version_that_is_not_read_is_named_wherever_it_is_found(
        string id,
        string name,
        string archive,
        string version,
        params string[] files
    )
    {
        using var folder = new TemporaryFolder();
        foreach (var file in files)
            folder.Write($"data/{name}/{file}", "x");
        Pack(folder.At("data", name), folder.At("mine.tar.gz"));
        var where = Datasets.Layout(id).Sources.Single().Address!;

        Datasets.Refused(() => Datasets.Published(id, folder.At("data")), $"the {version} version", where);
        Datasets.Refused(() => Datasets.Published(id, folder.At("data", name)), $"the {version} version", where);
        Datasets.Refused(() => Datasets.Published(id, folder.At("mine.tar.gz")), $"the {version} version", where);
        File.Move(folder.At("mine.tar.gz"), folder.At(archive));
        Directory.Delete(folder.At("data"), recursive: true);
        Datasets.Refused(() => Datasets.Published(id, folder.Path), $"the {version} version", where);
    }

    /// <summary>Checksums are what a run's id is made of: with the same ones, a run is the same run.</summary>
    [TestMethod]
    public void The_Python_version_of_Cifar10_is_the_same_data_wherever_it_lies()
    {
        using var folder = new TemporaryFolder();
        WriteCifar10(folder);
        var binary = DataFiles.Find("cifar10", Datasets.Layout("cifar10"), folder.Path).Checksums();
        WritePythonCifar10(folder, "python/cifar-10-batches-py");
        Pack(folder.At("python", "cifar-10-batches-py"), folder.At("mine.tar.gz"));
        Directory.CreateDirectory(folder.At("archive"));
        File.Copy(folder.At("mine.tar.gz"), folder.At("archive", "cifar-10-python.tar.gz"));

        foreach (
            var location in new[]
            {
                folder.At("python"),
                folder.At("python", "cifar-10-batches-py"),
                folder.At("archive"),
                folder.At("archive", "cifar-10-python.tar.gz"),
                folder.At("mine.tar.gz"),
            }
        )
        {
            var files = DataFiles.Find("cifar10", Datasets.Layout("cifar10"), location);
            CollectionAssert.AreEqual(binary.ToArray(), files.Checksums().ToArray(), location);
            Assert.AreEqual("cifar-10-batches-py", files.MadeOf?.Folder);
            using var dataset = Datasets.Open("cifar10", null, files);
            Check(dataset);
        }
    }

    [TestMethod]
    public void The_Python_version_of_Cifar100_has_both_labels_and_both_lists_of_names()
    {
        using var folder = new TemporaryFolder();
        string[] fine = [.. Enumerable.Range(0, 100).Select(i => $"fine {i}")];
        string[] coarse = [.. Enumerable.Range(0, 20).Select(i => $"coarse {i}")];
        folder.Write("cifar-100-binary/train.bin", [.. Record([19, 99], 5), .. Record([0, 4], 6)]);
        folder.Write("cifar-100-binary/test.bin", Record([7, 50], 7));
        folder.Write("cifar-100-binary/fine_label_names.txt", string.Concat(fine.Select(name => name + "\n")));
        folder.Write("cifar-100-binary/coarse_label_names.txt", string.Concat(coarse.Select(name => name + "\n")));
        byte[] Pickle(int[] coarseLabels, int[] fineLabels, params byte[][] data) =>
            Pickles.Dictionary(("fine_labels", fineLabels), ("data", data), ("coarse_labels", coarseLabels));
        folder.Write("python/cifar-100-python/train", Pickle([19, 0], [99, 4], Record([], 5), Record([], 6)));
        folder.Write("python/cifar-100-python/test", Pickle([7], [50], Record([], 7)));
        folder.Write("python/cifar-100-python/meta", Pickles.Dictionary(("fine_label_names", fine), ("coarse_label_names", coarse)));

        CollectionAssert.AreEqual(
            DataFiles.Find("cifar100", Datasets.Layout("cifar100"), folder.Path).Checksums().ToArray(),
            DataFiles.Find("cifar100", Datasets.Layout("cifar100"), folder.At("python")).Checksums().ToArray()
        );
    }

    [TestMethod]
    public void What_is_wrong_with_the_Python_version_is_told_by_its_own_names()
    {
        using var folder = new TemporaryFolder();
        WritePythonCifar10(folder, "cifar-10-batches-py");
        File.Delete(folder.At("cifar-10-batches-py", "data_batch_3"));
        Datasets.Refused(() => Datasets.Published("cifar10", folder.Path), "cifar-10-batches-py lacks data_batch_3");

        void Wrong(byte[] content, params string[] said)
        {
            folder.Write("cifar-10-batches-py/data_batch_3", content);
            Datasets.Refused(() => Datasets.Published("cifar10", folder.Path), ["data_batch_3", "the Python version of CIFAR-10", .. said]);
        }
        byte[][] images = [Record([], 3), Record([], 13)];
        var whole = Pickles.Dictionary(("labels", new[] { 3, 0 }), ("data", images));
        Wrong(whole[..^5000], "it is cut off");
        Wrong(Pickles.Dictionary(("labels", new[] { 3 }), ("data", images)), "'data' has 2 rows, but its 'labels' has 1");
        Wrong(Pickles.Dictionary(("labels", new[] { 3, 256 }), ("data", images)), "'labels' has 256 at 1");
        Wrong(Pickles.Dictionary(("fine_labels", new[] { 3, 0 }), ("data", images)), "it has no 'labels'");
        Wrong("cos\nsystem\n(Vecho\ntR."u8.ToArray(), "'os.system'", "could run code");
        Wrong("<html>log in</html>"u8.ToArray(), "HTML page");
    }

    [TestMethod]
    public void A_web_page_or_a_pointer_in_a_files_place_is_called_that()
    {
        using var folder = new TemporaryFolder();
        WriteCifar10(folder);
        folder.Write("cifar-10-batches-bin/data_batch_4.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 30730000\n");
        Datasets.Refused(() => Datasets.Published("cifar10", folder.Path), "data_batch_4.bin", "Git LFS pointer");
        WriteCifar10(folder);
        folder.Write("cifar-10-batches-bin/batches.meta.txt", "<html>log in</html>");
        Datasets.Refused(() => Datasets.Published("cifar10", folder.Path), "batches.meta.txt", "HTML page");
    }

    private static void WriteCifar10(TemporaryFolder folder)
    {
        for (var batch = 1; batch <= 5; batch++)
            folder.Write(
                $"cifar-10-batches-bin/data_batch_{batch}.bin",
                [.. Record([(byte)batch], batch), .. Record([0], 10 + batch), .. Record([9], 20 + batch)]
            );
        folder.Write("cifar-10-batches-bin/test_batch.bin", [.. Record([7], 100), .. Record([8], 101)]);
        folder.Write("cifar-10-batches-bin/batches.meta.txt", TenNames);
    }

    /// <summary>The same images as the binary version that is written here.</summary>
    private static void WritePythonCifar10(TemporaryFolder folder, string name)
    {
        byte[] Batch(int[] labels, params int[] images) =>
            Pickles.Dictionary(
                ("batch_label", "a batch"),
                ("labels", labels),
                ("data", images.Select(seed => Record([], seed)).ToArray()),
                ("filenames", labels.Select(label => $"{label}.png"))
            );
        for (var batch = 1; batch <= 5; batch++)
            folder.Write($"{name}/data_batch_{batch}", Batch([batch, 0, 9], batch, 10 + batch, 20 + batch));
        folder.Write($"{name}/test_batch", Batch([7, 8], 100, 101));
        folder.Write(
            $"{name}/batches.meta",
            Pickles.Dictionary(("num_vis", "3072"), ("label_names", TenNames.Split('\n', StringSplitOptions.RemoveEmptyEntries)))
        );
    }

    private static void Check(IDataset dataset)
    {
        CollectionAssert.AreEqual(TenNames.Split('\n', StringSplitOptions.RemoveEmptyEntries), dataset.Classes.ToArray());
        Assert.AreEqual(new ImageShape(3, 32, 32), dataset.Shape);
        CollectionAssert.AreEqual(new[] { 0.4914, 0.4822, 0.4465 }, dataset.Normalization!.Mean.ToArray());
        CollectionAssert.AreEqual(new[] { 0.2023, 0.1994, 0.2010 }, dataset.Normalization.Deviation.ToArray());
        CollectionAssert.AreEqual(new long[] { 1, 0, 9, 2, 0, 9, 3, 0, 9, 4, 0, 9, 5, 0, 9 }, Datasets.Labels(dataset.Train));
        CollectionAssert.AreEqual(new long[] { 7, 8 }, Datasets.Labels(dataset.Test));
        var origins = ((IHasSampleFiles)dataset.Train).Files!;
        CollectionAssert.AreEqual(
            new[] { "data_batch_1.bin#0", "data_batch_2.bin#1", "data_batch_5.bin#2" },
            new[] { origins[0], origins[4], origins[^1] }
        );
        byte[] train = [.. Enumerable.Range(1, 5).SelectMany(b => new[] { b, 10 + b, 20 + b }).SelectMany(seed => Record([], seed))];
        CollectionAssert.AreEqual(train, Datasets.Images(dataset.Train));
        CollectionAssert.AreEqual((byte[])[.. Record([], 100), .. Record([], 101)], Datasets.Images(dataset.Test));
    }

    private static byte[] Record(byte[] labels, int seed) =>
        [.. labels, .. Enumerable.Range(0, 3072).Select(i => (byte)(i * 31 + i / 251 + seed * 97))];

    private static void Pack(string folder, string archive)
    {
        using var file = File.Create(archive);
        using var gzip = new GZipStream(file, CompressionLevel.Fastest);
        TarFile.CreateFromDirectory(folder, gzip, includeBaseDirectory: true);
    }
}

using System.Text.Json.Nodes;
using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Datasets.Tests;

[TestClass]
public sealed class ImageFolderTests
{
    [TestMethod]
    public void Classes_are_the_folders_in_order_and_every_image_has_its_label()
    {
        using var folder = new TemporaryFolder();
        Lay(folder);

        using var dataset = Open(folder, size: 8);

        CollectionAssert.AreEqual(new[] { "apple", "pear", "quince" }, dataset.Classes.ToArray());
        Assert.AreEqual(new ImageShape(3, 8, 8), dataset.Shape);
        Assert.AreEqual(12, dataset.Train.Count);
        Assert.AreEqual(3, dataset.Test.Count);
        // Each image is plain, and its level tells its class.
        foreach (var (label, image) in Datasets.Labels(dataset.Train).Zip(Datasets.Images(dataset.Train).Chunk(3 * 64)))
        {
            Assert.IsTrue(image.All(level => level == image[0]));
            Assert.AreEqual(label, image[0] / 80);
        }
    }

    [TestMethod]
    public void The_order_says_nothing_of_the_classes_and_is_the_same_each_time()
    {
        using var folder = new TemporaryFolder();
        Lay(folder);

        using var first = Open(folder, size: 8);
        using var again = Open(folder, size: 8);

        CollectionAssert.AreNotEqual(Datasets.Labels(first.Train).Order().ToArray(), Datasets.Labels(first.Train));
        CollectionAssert.AreEqual(Datasets.Images(first.Train), Datasets.Images(again.Train));
    }

    [TestMethod]
    public void A_val_folder_serves_as_test_and_hidden_files_are_left_alone()
    {
        using var folder = new TemporaryFolder();
        Lay(folder);
        Directory.Move(folder.At("test"), folder.At("val"));
        folder.Write("train/apple/.DS_Store", "x");
        folder.Write("train/apple/Thumbs.db", "x");

        using var dataset = Open(folder, size: 8);

        Assert.AreEqual(12, dataset.Train.Count);
        Assert.AreEqual(3, dataset.Test.Count);
    }

    [TestMethod]
    [DataRow("Train", "Test")]
    [DataRow("TRAIN", "VAL")]
    [DataRow("Training", "Testing")]
    [DataRow("train", "valid")]
    [DataRow("train", "Validation")]
    [DataRow("train", "dev")]
    public void Splits_go_by_other_names_too(string train, string test)
    {
        using var folder = new TemporaryFolder();
        Lay(folder);
        // By another name on the way: some disks take names of any case for one.
        foreach (var (from, to) in new[] { ("train", train), ("test", test) })
        {
            Directory.Move(folder.At(from), folder.At("moved"));
            Directory.Move(folder.At("moved"), folder.At(to));
        }

        using var dataset = Open(folder, size: 8);

        CollectionAssert.AreEqual(new[] { "apple", "pear", "quince" }, dataset.Classes.ToArray());
        Assert.AreEqual((12, 3), (dataset.Train.Count, dataset.Test.Count));
    }

    [TestMethod]
    public void Splits_by_unknown_names_are_not_taken_for_classes()
    {
        using var folder = new TemporaryFolder();
        Lay(folder);
        Directory.Move(folder.At("train"), folder.At("training_set"));
        Directory.Move(folder.At("test"), folder.At("test_set"));
        Datasets.Refused(() => Open(folder, size: 8), "'training_set' and 'test_set'", "name them train and test");

        // Classes of such names have their images in them.
        foreach (var name in new[] { "training_set", "test_set" })
            folder.Write(name + "/0.bmp", Pictures.Plain(9));
        using var plain = Open(folder, size: 8);
        Assert.AreSequenceEqual(new[] { "test_set", "training_set" }, plain.Classes);
    }

    /// <summary>As they are handed out: <c>seg_train/CLASS</c>, and all images of a split in one folder.</summary>
    [TestMethod]
    [DataRow("seg_train/sea/1.bmp", "seg_test/sea/1.bmp", "seg_pred/1.bmp")]
    [DataRow("train/cat.0.bmp", "test1/0.bmp", "more/0.bmp")]
    [DataRow("Training/0.bmp", "VAL-2/0.bmp", "more/0.bmp")]
    public void Splits_in_common_layouts_are_not_taken_for_classes(string train, string test, string other)
    {
        using var folder = new TemporaryFolder();
        foreach (var file in new[] { train, test, other })
            folder.Write(file, Pictures.Plain(9));
        Datasets.Refused(() => Open(folder, size: 8), $"'{train.Split('/')[0]}' and '{test.Split('/')[0]}'", "a folder per class");

        // A train is a thing too.
        using var things = new TemporaryFolder();
        LayPlain(things, ["train", "bus", "test_tube"], [4, 4, 4]);
        using var dataset = Open(things, size: 8);
        Assert.AreSequenceEqual(new[] { "bus", "test_tube", "train" }, dataset.Classes);
    }

    [TestMethod]
    public void Folders_that_all_hold_the_same_folders_may_be_folds()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "fold0/cat", "fold0/dog", "fold1/cat", "fold1/dog" })
            folder.Write(name + "/0.bmp", Pictures.Plain(9));
        using var folds = Open(folder, size: 8);
        Assert.Contains("holds the folders cat, dog", ((IHasReadingNotes)folds).Notes[^1]);
        folder.Write("fold0/1.bmp", Pictures.Plain(9));
        using var classes = Open(folder, size: 8);
        Assert.HasCount(1, ((IHasReadingNotes)classes).Notes);
    }

    [TestMethod]
    public void A_file_in_the_place_of_the_folder_is_refused_before_it_is_read()
    {
        using var folder = new TemporaryFolder();
        folder.Write("photos.zip", Pictures.Plain(9));
        var error = Assert.ThrowsExactly<SatException>(() => Datasets.Files("image-folder", folder.At("photos.zip")));
        Assert.Contains("is a file, and a folder is read", error.Message);
        error = Assert.ThrowsExactly<SatException>(() => Datasets.Files("npz", folder.Path));
        Assert.Contains("is a folder. Give the file itself.", error.Message);
    }

    [TestMethod]
    public void A_class_in_other_capitals_is_named_with_both_forms()
    {
        using var folder = new TemporaryFolder();
        Lay(folder);
        Directory.Move(folder.At("test/pear"), folder.At("test/Pear"));
        Datasets.Refused(() => Open(folder, size: 8), "the class pear of train is written Pear in test");
    }

    [TestMethod]
    public void Training_images_without_test_images_are_refused_with_the_names_that_these_may_have()
    {
        using var folder = new TemporaryFolder();
        Lay(folder);
        Directory.Move(folder.At("test"), folder.At("holdout"));
        Datasets.Refused(() => Open(folder, size: 8), "none in class folders of a test folder", "valid", folder.At("train"));
    }

    [TestMethod]
    public void What_programs_leave_in_class_folders_is_not_trained_on_and_no_part_of_the_run()
    {
        using var folder = new TemporaryFolder();
        Lay(folder);
        var before = Datasets.Files("image-folder", folder.Path).Checksums();
        foreach (
            var name in new[]
            {
                "train/apple/.ipynb_checkpoints/0-checkpoint.bmp",
                "train/apple/.hidden.bmp",
                "train/.cache/0.bmp",
                "train/apple/@eaDir/0.bmp",
                "train/apple/deep/.thumbnails/0.bmp",
                "train/__MACOSX/apple/0.bmp",
                "train/apple/._0.bmp",
                "train/apple/0.bmp~",
                "train/apple/README",
                "train/apple/labels.csv",
                "train/apple/Notes.TXT",
                "train/loose.bmp",
                "README.md",
                "val/apple/0.bmp",
                "other/apple/0.bmp",
            }
        )
            folder.Write(name, Pictures.Plain(200));

        using var dataset = Open(folder, size: 8);

        CollectionAssert.AreEqual(new[] { "apple", "pear", "quince" }, dataset.Classes.ToArray());
        Assert.AreEqual(12, dataset.Train.Count);
        Assert.AreEqual(3, dataset.Test.Count);
        CollectionAssert.AreEqual(before.ToArray(), Datasets.Files("image-folder", folder.Path).Checksums().ToArray());
    }

    [TestMethod]
    public void What_is_hashed_is_what_is_read()
    {
        using var folder = new TemporaryFolder();
        Lay(folder);
        folder.Write("train/apple/no-extension", Pictures.Plain(9));
        folder.Write("train/apple/deep/er/1.bmp", Pictures.Plain(9));
        File.CreateSymbolicLink(folder.At("train", "pear", "linked.bmp"), folder.At("train", "apple", "1.bmp"));
        Directory.CreateSymbolicLink(folder.At("train", "medlar"), folder.At("train", "quince"));

        using var dataset = Open(folder, size: 8);

        var hashed = Datasets.Files("image-folder", folder.Path).Checksums().Keys;
        foreach (var (split, part) in new[] { (dataset.Train, "train/"), (dataset.Test, "test/") })
            CollectionAssert.AreEquivalent(
                hashed.Where(n => n.StartsWith(part, StringComparison.Ordinal)).ToArray(),
                ((IHasSampleFiles)split).Files!.ToArray()
            );
        Assert.AreEqual(12 + 3 + 4, dataset.Train.Count);
    }

    [TestMethod]
    public void Each_sample_leads_to_its_file()
    {
        using var folder = new TemporaryFolder();
        Lay(folder);
        folder.Write("train/pear/line\nbreak.bmp", Pictures.Plain(99));

        using var resident = Open(folder, size: 8, "resident");
        using var streamed = Open(folder, size: 8, "streamed");

        var files = ((IHasSampleFiles)resident.Train).Files!;
        CollectionAssert.AreEqual(files.ToArray(), ((IHasSampleFiles)streamed.Train).Files!.ToArray());
        Assert.Contains("train/pear/line\nbreak.bmp", files);
        foreach (
            var ((file, label), image) in files.Zip(Datasets.Labels(resident.Train)).Zip(Datasets.Images(resident.Train).Chunk(3 * 64))
        )
        {
            Assert.StartsWith($"train/{resident.Classes[(int)label]}/", file);
            Assert.AreEqual(File.ReadAllBytes(folder.At(file))[54], image[0], file);
        }
    }

    [TestMethod]
    public void An_image_in_a_format_that_is_not_read_is_named_and_not_left_out()
    {
        using var folder = new TemporaryFolder();
        Lay(folder);
        folder.Write("train/pear/photo.tiff", "II*\0");
        folder.Write("train/pear/photo.unknown", "?");

        Datasets.Refused(() => Open(folder, size: 8), "train/pear/photo.tiff", "train/pear/photo.unknown");
    }

    [TestMethod]
    public void A_class_folder_without_images_is_named()
    {
        using var folder = new TemporaryFolder();
        Lay(folder);
        folder.Write("train/medlar/README.txt", "to come");

        Datasets.Refused(() => Open(folder, size: 8), "medlar", "no files that could be images");
    }

    [TestMethod]
    public void An_image_larger_than_the_limit_is_refused_with_the_option_that_raises_it()
    {
        using var folder = new TemporaryFolder();
        Lay(folder);
        folder.Write("train/pear/large.bmp", Pictures.Bmp(40, 50, (x, y) => ((byte)x, (byte)y, 0)));
        IDataset WithLimit(long limit) => Datasets.Own("image-folder", folder.Path, new() { ["size"] = 8, ["max-pixels"] = limit });

        using var within = WithLimit(2000);
        Assert.AreEqual(13, within.Train.Count);
        Datasets.Refused(() => WithLimit(1999), "train/pear/large.bmp", "40 x 50", "max-pixels");
    }

    [TestMethod]
    public void Labels_of_folders_are_given_unless_they_are_trusted()
    {
        using var folder = new TemporaryFolder();
        Lay(folder);

        foreach (var loading in new[] { "resident", "streamed" })
        {
            using var given = Open(folder, size: 8, loading);
            using var trusted = Datasets.Own(
                "image-folder",
                folder.Path,
                new()
                {
                    ["size"] = 8,
                    ["loading"] = loading,
                    ["trust-labels"] = true,
                }
            );
            Assert.IsFalse(((IHasTrueLabels)given).LabelsAreTrue);
            Assert.IsTrue(((IHasTrueLabels)trusted).LabelsAreTrue);
        }
    }

    [TestMethod]
    public void The_shorter_side_is_resized_and_the_middle_cut_out()
    {
        using var folder = new TemporaryFolder();
        Lay(folder);
        // 48 x 16: the middle third is white above black; the outer thirds are red and must be gone.
        folder.Write("test/apple/0.bmp", Pictures.Bmp(48, 16, (x, y) => x is < 16 or >= 32 ? ((byte)255, (byte)0, (byte)0)
                : y < 8 ? ((byte)255, (byte)255, (byte)255)
                : default));

        using var dataset = Open(folder, size: 4);

        var image = Datasets.Images(dataset.Test).Chunk(48).Single(i => i[0] == 255 || i[15] == 0);
        for (var channel = 0; channel < 3; channel++)
        {
            for (var x = 1; x < 3; x++)
            {
                Assert.AreEqual(255, image[channel * 16 + x]);
                Assert.AreEqual(0, image[channel * 16 + 12 + x]);
            }
        }
    }

    [TestMethod]
    public void An_image_of_the_wanted_size_keeps_its_pixels()
    {
        using var folder = new TemporaryFolder();
        Lay(folder);
        static (byte, byte, byte) Colour(int x, int y) => ((byte)(x * 30), (byte)(y * 30), (byte)(x * y));
        folder.Write("test/apple/0.bmp", Pictures.Bmp(8, 8, Colour));

        using var dataset = Open(folder, size: 8);

        var image = Datasets.Images(dataset.Test).Chunk(192).Single(i => i.Distinct().Count() > 1);
        for (var y = 0; y < 8; y++)
        {
            for (var x = 0; x < 8; x++)
                Assert.AreEqual(Colour(x, y), (image[y * 8 + x], image[64 + y * 8 + x], image[128 + y * 8 + x]));
        }
    }

    [TestMethod]
    public void A_file_that_is_no_image_is_named()
    {
        using var folder = new TemporaryFolder();
        Lay(folder);
        folder.Write("train/pear/notes.jpg", "no image");
        folder.Write("train/pear/short.bmp", Pictures.Plain(3)[..100]);

        var error = Datasets.Refused(() => Open(folder, size: 8), "train/pear/notes.jpg", "train/pear/short.bmp");

        Assert.HasCount(2, error.Problems, "all are told at once");
    }

    [TestMethod]
    public void Streamed_images_are_the_resident_ones_by_position()
    {
        using var folder = new TemporaryFolder();
        Lay(folder);

        using var resident = Open(folder, size: 8, "resident");
        using var streamed = Open(folder, size: 8, "streamed");

        Assert.AreEqual(resident.Shape, streamed.Shape);
        CollectionAssert.AreEqual(Datasets.Labels(resident.Train), Datasets.Labels(streamed.Train));
        var all = Datasets.Images(resident.Train);
        foreach (var wanted in new long[][] { [0], [11, 3, 3, 0], [.. Enumerable.Range(0, 12)] })
        {
            using var read = ((IStreamedSplit)streamed.Train).Read(wanted);
            CollectionAssert.AreEqual(new long[] { wanted.Length, 3, 8, 8 }, read.shape);
            CollectionAssert.AreEqual(wanted.SelectMany(i => all.AsSpan((int)i * 192, 192).ToArray()).ToArray(), read.bytes.ToArray());
        }
        using var test = ((IStreamedSplit)streamed.Test).Read([2, 1, 0]);
        CollectionAssert.AreEqual(Datasets.Images(resident.Test).Chunk(192).Reverse().SelectMany(i => i).ToArray(), test.bytes.ToArray());
    }

    [TestMethod]
    public void A_streamed_file_that_is_no_image_is_named_when_it_is_read()
    {
        using var folder = new TemporaryFolder();
        Lay(folder);
        folder.Write("train/pear/notes.jpg", "no image");

        using var dataset = Open(folder, size: 8, "streamed");

        var train = (IStreamedSplit)dataset.Train;
        var failed = Enumerable
            .Range(0, 13)
            .Where(i =>
            {
                try
                {
                    train.Read([i]).Dispose();
                    return false;
                }
                catch (SatException e)
                {
                    Assert.AreEqual(ExitCode.Environment, e.ExitCode);
                    Assert.Contains("train/pear/notes.jpg", e.Message);
                    return true;
                }
            })
            .ToArray();
        Assert.HasCount(1, failed);
    }

    [TestMethod]
    public void What_fits_into_half_of_the_memory_is_held_in_it()
    {
        using var folder = new TemporaryFolder();
        Lay(folder);
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

        using var small = Open(folder, size: 1024);
        Assert.IsInstanceOfType<ResidentSplit>(small.Train);

        // Their number decides, nothing is read of them: some 4,000 files in 24 GiB.
        var many = memory / 2 / (3 * 1024 * 1024) + 1;
        for (var i = 0; i < many; i++)
            folder.Write($"train/apple/more-{i}.bmp", "");
        using var large = Open(folder, size: 1024);
        Assert.IsInstanceOfType<IStreamedSplit>(large.Train);
    }

    [TestMethod]
    public void An_empty_class_folder_is_named()
    {
        using var folder = new TemporaryFolder();
        Lay(folder);
        Directory.CreateDirectory(folder.At("train", "medlar"));

        Datasets.Refused(() => Open(folder, size: 8), "medlar", "no files that could be images");
    }

    [TestMethod]
    public void A_test_class_that_was_never_trained_is_named()
    {
        using var folder = new TemporaryFolder();
        Lay(folder);
        folder.Write("test/plum/1.bmp", Pictures.Plain(3));

        Datasets.Refused(() => Open(folder, size: 8), "plum", "train");
    }

    [TestMethod]
    public void A_folder_without_class_folders_is_told_how_to_lay_them_out()
    {
        using var folder = new TemporaryFolder();
        folder.Write("1.bmp", Pictures.Plain(3));
        Datasets.Refused(() => Open(folder, size: 8), "train/CLASS/*", "CLASS/* alone");
        folder.Write("apple/1.bmp", Pictures.Plain(3));
        Datasets.Refused(() => Open(folder, size: 8), "train/CLASS/*", "only 'apple'", "holds the class folders");
    }

    [TestMethod]
    public void Of_a_plain_folder_of_classes_the_same_share_of_each_is_the_test_set()
    {
        using var folder = new TemporaryFolder();
        LayPlain(folder, ["apple", "pear", "train"], [20, 10, 2]);

        using var dataset = Open(folder, size: 8);

        CollectionAssert.AreEqual(new[] { "apple", "pear", "train" }, dataset.Classes.ToArray());
        CollectionAssert.AreEqual(new long[] { 16, 8, 1 }, Counts(dataset.Train, 3));
        CollectionAssert.AreEqual(new long[] { 4, 2, 1 }, Counts(dataset.Test, 3));
        string[] train = [.. ((IHasSampleFiles)dataset.Train).Files!],
            test = [.. ((IHasSampleFiles)dataset.Test).Files!];
        CollectionAssert.AreEquivalent(
            Datasets.Files("image-folder", folder.Path).Names.ToArray(),
            train.Concat(test).ToArray(),
            "each image is in one of them"
        );
        CollectionAssert.AreNotEqual(train.Order(StringComparer.Ordinal).ToArray(), train, "the order says nothing of the classes");
        Assert.AreEqual(
            "the folder has no train and test: 7 of 32 images, the same share of each class, are the test set (split-test 0.2, split-seed 0)",
            ((IHasReadingNotes)dataset).Notes.Single()
        );
        Assert.Contains("split-test", Datasets.Files("image-folder", folder.Path).Remarks.Single());

        using var again = Datasets.Own(
            "image-folder",
            folder.Path,
            new()
            {
                ["size"] = 8,
                ["split-test"] = 0.2,
                ["split-seed"] = 0,
                ["loading"] = "streamed",
            }
        );
        CollectionAssert.AreEqual(train, ((IHasSampleFiles)again.Train).Files!.ToArray());
        Assert.HasCount(1, ((IHasReadingNotes)again).Notes);
        using var half = Datasets.Own("image-folder", folder.Path, new() { ["size"] = 8, ["split-test"] = 0.5 });
        CollectionAssert.AreEqual(new long[] { 10, 5, 1 }, Counts(half.Test, 3));
        CollectionAssert.IsSubsetOf(test, ((IHasSampleFiles)half.Test).Files!.ToArray());
        using var other = Datasets.Own("image-folder", folder.Path, new() { ["size"] = 8, ["split-seed"] = 1 });
        CollectionAssert.AreNotEquivalent(test, ((IHasSampleFiles)other.Test).Files!.ToArray());
    }

    [TestMethod]
    public void A_split_that_is_laid_out_is_not_drawn()
    {
        using var folder = new TemporaryFolder();
        Lay(folder);
        using var dataset = Open(folder, size: 8);
        Assert.IsEmpty(((IHasReadingNotes)dataset).Notes);
        var error = Assert.ThrowsExactly<SatException>(() =>
            Datasets.Own("image-folder", folder.Path, new() { ["size"] = 8, ["split-test"] = 0.5 }).Dispose()
        );
        Assert.AreEqual(ExitCode.Planning, error.ExitCode);
        Assert.Contains("'split-test'", error.Message);
    }

    /// <summary>A disk that was copied from a Mac has its names in the other form.</summary>
    [TestMethod]
    public void Names_in_other_forms_of_Unicode_are_the_same_classes_and_the_same_split()
    {
        const string composed = "p\u00eache",
            decomposed = "pe\u0302che";
        using var laid = new TemporaryFolder();
        foreach (var (split, name) in new[] { ("train", composed), ("test", decomposed) })
        {
            for (var i = 0; i < 3; i++)
            {
                laid.Write($"{split}/{name}/{i}.bmp", Pictures.Plain((byte)(10 + i)));
                laid.Write($"{split}/apple/{i}.bmp", Pictures.Plain((byte)(200 + i)));
            }
        }
        using var dataset = Open(laid, size: 8);
        CollectionAssert.AreEqual(new[] { "apple", composed }, dataset.Classes.ToArray());
        CollectionAssert.AreEqual(new long[] { 3, 3 }, Counts(dataset.Test, 2));

        // Numbers and order too, where 'e' and its accent sort apart.
        using var one = new TemporaryFolder();
        using var other = new TemporaryFolder();
        foreach (var (folder, letters) in new[] { (one, composed), (other, decomposed) })
        {
            foreach (var (name, level) in new[] { (letters, 10), ("pf", 90), ("\U0001F600", 150), ("\uFF21", 220) })
            {
                for (var i = 0; i < 4; i++)
                    folder.Write($"train/{name}/{i}.bmp", Pictures.Plain((byte)(level + i)));
                folder.Write($"test/{name}/0.bmp", Pictures.Plain((byte)level));
            }
        }
        using var asHere = Open(one, size: 8);
        using var asThere = Open(other, size: 8);
        Assert.AreSequenceEqual(new[] { "pf", composed, "\uFF21", "\U0001F600" }, asHere.Classes);
        Assert.AreSequenceEqual(asHere.Classes, asThere.Classes);
        CollectionAssert.AreEqual(Datasets.Images(asHere.Train), Datasets.Images(asThere.Train));
        CollectionAssert.AreEqual(Datasets.Labels(asHere.Train), Datasets.Labels(asThere.Train));

        using var here = new TemporaryFolder();
        using var there = new TemporaryFolder();
        LayPlain(here, [composed, "zebra"], [12, 12]);
        LayPlain(there, [decomposed, "zebra"], [12, 12]);
        using var first = Open(here, size: 8);
        using var second = Open(there, size: 8);
        CollectionAssert.AreEqual(Datasets.Images(first.Train), Datasets.Images(second.Train));
        CollectionAssert.AreEqual(Datasets.Images(first.Test), Datasets.Images(second.Test));
        CollectionAssert.AreEqual(first.Classes.ToArray(), second.Classes.ToArray());
    }

    [TestMethod]
    public void What_lies_in_a_plain_folder_of_classes_is_no_class_and_no_part_of_the_run()
    {
        using var folder = new TemporaryFolder();
        LayPlain(folder, ["apple", "pear"], [8, 8]);
        var before = Datasets.Files("image-folder", folder.Path).Checksums();
        foreach (
            var name in new[]
            {
                "desktop.ini",
                "apple/Desktop.INI",
                "Thumbs.db",
                ".DS_Store",
                "apple/._0.bmp",
                "apple/0.bmp:Zone.Identifier",
                "@eaDir/apple/0.bmp",
                "#recycle/0.bmp",
                "$RECYCLE.BIN/0.bmp",
                "System Volume Information/0.bmp",
                "__MACOSX/apple/0.bmp",
                ".thumbnails/0.bmp",
                ".Trash-1000/files/0.bmp",
                ".git/objects/0.bmp",
                "pear/.ipynb_checkpoints/0.bmp",
                "lost+found/0.bmp",
                "README.md",
                "apple/labels.csv",
                "notes/to come.txt",
            }
        )
            folder.Write(name, Pictures.Plain(99));

        using var dataset = Open(folder, size: 8);

        CollectionAssert.AreEqual(new[] { "apple", "pear" }, dataset.Classes.ToArray());
        Assert.AreEqual(16, dataset.Train.Count + dataset.Test.Count);
        var files = Datasets.Files("image-folder", folder.Path);
        CollectionAssert.AreEqual(before.ToArray(), files.Checksums().ToArray());
        CollectionAssert.AreEqual(new[] { "README.md", "apple/labels.csv", "notes/to come.txt" }, files.Beside.ToArray());
    }

    private static void LayPlain(TemporaryFolder folder, string[] classes, int[] counts)
    {
        for (var k = 0; k < classes.Length; k++)
        {
            for (var i = 0; i < counts[k]; i++)
                folder.Write($"{classes[k]}/{i}.bmp", Pictures.Plain((byte)(k * 80 + i)));
        }
    }

    private static long[] Counts(ISplit split, int classes) =>
        [.. Enumerable.Range(0, classes).Select(k => (long)Datasets.Labels(split).Count(l => l == k))];

    [TestMethod]
    public void Normalisation_is_none_unless_asked_for()
    {
        using var folder = new TemporaryFolder();
        Lay(folder);

        using var plain = Open(folder, size: 8);
        using var imagenet = Datasets.Own("image-folder", folder.Path, new() { ["size"] = 8, ["normalization"] = "imagenet" });

        Assert.IsNull(plain.Normalization);
        CollectionAssert.AreEqual(new[] { 0.485, 0.456, 0.406 }, imagenet.Normalization!.Mean.ToArray());
    }

    [TestMethod]
    public void Odd_encodings_of_real_photos_are_decoded_with_their_colours()
    {
        using var folder = new TemporaryFolder();
        SharedData.Unpack("imagenet-sample.tar", folder.Path);
        // CMYK, a PNG named JPEG, and each one's source beside it.
        var cmyk = Directory.GetFiles(folder.At("n01440764"));
        var png = Directory.GetFiles(folder.At("n01494475"));
        Assert.HasCount(2, cmyk);
        Assert.HasCount(2, png);
        foreach (var (name, files) in new[] { ("cmyk", cmyk), ("png", png) })
        {
            foreach (var file in files)
            {
                var kind = file.Contains("derived", StringComparison.Ordinal) ? "train" : "test";
                Directory.CreateDirectory(folder.At("set", kind, name));
                File.Copy(file, folder.At("set", kind, name, "photo.JPEG"));
            }
        }

        using var dataset = Datasets.Own("image-folder", folder.At("set"), new() { ["size"] = 32 });

        using var scope = NewDisposeScope();
        Tensor Ordered(ISplit split) => ((ResidentSplit)split).Images[split.Labels!.argsort(0)].to(ScalarType.Float32);
        var difference = (Ordered(dataset.Train) - Ordered(dataset.Test)).abs().mean([1, 2, 3]).data<float>().ToArray();
        Assert.IsLessThan(12f, difference[0], "CMYK");
        Assert.IsLessThan(2f, difference[1], "PNG");
    }

    [TestMethod]
    public void A_photo_is_turned_and_mirrored_as_its_camera_was_held()
    {
        using var folder = new TemporaryFolder();
        SharedData.Unpack("imagenet-sample.tar", folder.Path);
        var photo = Directory
            .GetDirectories(folder.Path)
            .SelectMany(Directory.GetFiles)
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes)
            .First(bytes => bytes is [0xff, 0xd8, ..] && bytes.AsSpan().IndexOf("Exif"u8) < 0);
        for (byte orientation = 1; orientation <= 8; orientation++)
        {
            folder.Write($"set/train/{orientation}/photo.jpg", Pictures.WithOrientation(photo, orientation));
            folder.Write($"set/test/{orientation}/photo.jpg", photo);
        }

        using var dataset = Datasets.Own("image-folder", folder.At("set"), new() { ["size"] = 24 });

        using var scope = NewDisposeScope();
        var stored = ((ResidentSplit)dataset.Test).Images[0].to(ScalarType.Float32);
        var images = ((ResidentSplit)dataset.Train).Images[dataset.Train.Labels!.argsort(0)].to(ScalarType.Float32);
        // The meaning of the eight values of EXIF's tag, as channels x rows x columns.
        Tensor[] expected =
        [
            stored,
            stored.flip(2),
            stored.flip(1, 2),
            stored.flip(1),
            stored.transpose(1, 2),
            stored.transpose(1, 2).flip(2),
            stored.transpose(1, 2).flip(1, 2),
            stored.transpose(1, 2).flip(1),
        ];
        for (var i = 0; i < 8; i++)
            Assert.IsLessThan(1.01f, (images[i] - expected[i]).abs().max().item<float>(), $"orientation {i + 1}");
    }

    [TestMethod]
    public void Every_real_photo_of_the_sample_is_decoded()
    {
        using var folder = new TemporaryFolder();
        SharedData.Unpack("imagenet-sample.tar", folder.Path);
        Directory.CreateDirectory(folder.At("set", "test"));
        Directory.CreateDirectory(folder.At("set", "train"));
        foreach (var photo in Directory.GetDirectories(folder.Path, "n0*"))
            Directory.Move(photo, folder.At("set", "train", Path.GetFileName(photo)));
        Directory.CreateDirectory(folder.At("set", "test", "n01440764"));
        File.Copy(Directory.GetFiles(folder.At("set", "train", "n01440764"))[0], folder.At("set", "test", "n01440764", "a.JPEG"));

        using var dataset = Datasets.Own("image-folder", folder.At("set"), new() { ["size"] = 64 });

        Assert.IsGreaterThan(200, dataset.Train.Count);
        var grey = Datasets
            .Images(dataset.Train)
            .Chunk(3 * 64 * 64)
            .Count(i => Enumerable.Range(0, 4096).All(p => i[p] == i[4096 + p] && i[p] == i[8192 + p]));
        Assert.IsGreaterThan(5, grey, "grey photos have three equal channels");
    }

    private static IDataset Open(TemporaryFolder folder, int size, string? loading = null)
    {
        var options = new JsonObject { ["size"] = size };
        if (loading is not null)
            options["loading"] = loading;
        return Datasets.Own("image-folder", folder.Path, options);
    }

    /// <summary>Four training images and one test image a class, plain, their level naming the class.</summary>
    private static void Lay(TemporaryFolder folder)
    {
        foreach (var (label, name) in new[] { "apple", "pear", "quince" }.Index())
        {
            for (var i = 0; i < 4; i++)
                folder.Write($"train/{name}/{i}.bmp", Pictures.Plain((byte)(label * 80 + i)));
            folder.Write($"test/{name}/0.bmp", Pictures.Plain((byte)(label * 80 + 40)));
        }
    }
}

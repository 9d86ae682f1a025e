using System.Text.Json.Nodes;
using Sat.Records;
using Sat.Records.Data;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Datasets.Tests;

[TestClass]
public sealed class ImageNetTests
{
    [TestMethod]
    public void Archives_and_unpacked_folders_give_the_same_samples_in_the_same_order()
    {
        using var packed = new TemporaryFolder();
        using var unpacked = new TemporaryFolder();
        ImageNetArchives.Write(packed, packed: true);
        ImageNetArchives.Write(unpacked, packed: false);

        using var archives = Open(packed);
        using var folders = Open(unpacked);

        Assert.AreSequenceEqual(new[] { "n01440764", "n02102040", "n03028079" }, archives.Classes);
        Assert.AreSequenceEqual(archives.Classes, folders.Classes);
        foreach (var (a, b) in new[] { (archives.Train, folders.Train), (archives.Test, folders.Test) })
        {
            Assert.AreSequenceEqual(((IHasSampleFiles)a).Files!, ((IHasSampleFiles)b).Files!);
            Assert.AreSequenceEqual(Datasets.Labels(a), Datasets.Labels(b));
            Assert.AreSequenceEqual(Levels(a), Levels(b));
        }
        Assert.HasCount(9, Levels(archives.Train).Distinct().ToArray());
        Assert.Contains("val/n02102040/ILSVRC2012_val_00000001.JPEG", ((IHasSampleFiles)archives.Test).Files!);
        Assert.AreSequenceEqual(
            ((IHasSampleFiles)archives.Train).Files!.Select(f => (long)archives.Classes.ToList().IndexOf(f.Split('/')[1])),
            Datasets.Labels(archives.Train)
        );
    }

    [TestMethod]
    public void An_index_is_used_for_its_own_archive_alone()
    {
        using var folder = new TemporaryFolder();
        ImageNetArchives.Write(folder, packed: true);
        Open(folder).Dispose();
        var index = folder.At(".ILSVRC2012_img_train.tar.sat-index");
        var whole = File.ReadAllText(index);
        var lines = whole.TrimEnd('\n').Split('\n');

        // As it was kept it is read, and so stays as it is.
        var then = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(index, then);
        Open(folder).Dispose();
        Assert.AreEqual(then, File.GetLastWriteTimeUtc(index));

        // Changed in any way or cut off, it is made again; so it is for an archive of other photos.
        string[][] changed =
        [
            [lines[0], .. lines[2..]],
            lines[..^3],
            [],
            [.. lines.Select(l => l.Replace("n01440764/", "", StringComparison.Ordinal))],
            [lines[0], "99999999999 5 n01440764/x.JPEG", .. lines[1..]],
        ];
        foreach (var other in changed)
        {
            File.WriteAllLines(index, other);
            using var again = Open(folder);
            Assert.AreEqual(9, again.Train.Count);
            Assert.AreEqual(whole, File.ReadAllText(index));
        }
        // What is no file of its own stands in nobody's way.
        File.Delete(index);
        Directory.CreateDirectory(index);
        using (var without = Open(folder))
            Assert.AreEqual(9, without.Train.Count);
        Directory.Delete(index);
        ImageNetArchives.Write(folder, packed: true, first: 100);
        using var others = Open(folder);
        Assert.IsTrue(Levels(others.Train).All(level => level > 100));
    }

    [TestMethod]
    public void Whoever_waits_hears_how_far_it_is_with_an_index_that_is_made_and_nothing_of_one_that_is_there()
    {
        using var folder = new TemporaryFolder();
        ImageNetArchives.Write(folder, packed: true);
        List<DataProgress> Opened()
        {
            var told = new List<DataProgress>();
            var files = DataFiles.Find("imagenet", Datasets.Layout("imagenet"), folder.Path);
            files.Watcher = told.Add;
            Datasets.Open("imagenet", null, files).Dispose();
            return told;
        }

        var made = Opened();
        Assert.IsTrue(made.All(p => p.Stage == DataStage.Indexing && p.Bytes <= p.Total));
        Assert.AreSequenceEqual(
            new[] { ("ILSVRC2012_img_train.tar", 9), ("ILSVRC2012_img_val.tar", 4) },
            made.GroupBy(p => p.Name).Select(g => (g.Key, g.Count()))
        );
        Assert.IsEmpty(Opened());
    }

    [TestMethod]
    public void An_index_by_which_no_photo_lies_is_told_and_made_again_though_length_time_and_ends_of_the_archive_are_the_same()
    {
        using var folder = new TemporaryFolder();
        ImageNetArchives.Write(folder, packed: true);
        // Behind a picture's end nothing is read.
        byte[] Photo(byte level) => [.. Pictures.Plain(level), .. new byte[100_000]];
        byte[] Archive(string second) =>
            ImageNetArchives.Tar(
                ImageNetArchives.Synsets.Select(c => ($"{c}.tar", ImageNetArchives.Tar([("a.JPEG", Photo(50)), (second, Photo(90))])))
            );
        var path = folder.Write("ILSVRC2012_img_train.tar", Archive("b.JPEG"));
        var written = File.GetLastWriteTimeUtc(path);
        Open(folder).Dispose();
        var index = folder.At(".ILSVRC2012_img_train.tar.sat-index");

        folder.Write("ILSVRC2012_img_train.tar", Archive("z.JPEG"));
        File.SetLastWriteTimeUtc(path, written);
        var kept = File.GetLastWriteTimeUtc(index);
        using (var wrong = Open(folder))
        {
            Assert.AreEqual(kept, File.GetLastWriteTimeUtc(index), "nothing showed yet");
            Datasets.Refused(
                () =>
                {
                    Levels(wrong.Train);
                    return wrong;
                },
                "ILSVRC2012_img_train.tar",
                "no longer the archive that its index was made of",
                "b.JPEG does not begin at byte",
                "start again"
            );
        }
        Assert.IsFalse(File.Exists(index));

        using var again = Open(folder);
        Assert.Contains("train/n01440764/z.JPEG", ((IHasSampleFiles)again.Train).Files!);
        Assert.HasCount(6, Levels(again.Train));
    }

    [TestMethod]
    public void An_archive_is_opened_once_and_read_by_several_threads()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Inconclusive("needs /proc, where Linux lists the files that a process has open");
        using var folder = new TemporaryFolder();
        ImageNetArchives.Write(folder, packed: true);
        int Handles() =>
            Directory
                .EnumerateFileSystemEntries("/proc/self/fd")
                .Count(f => new FileInfo(f).LinkTarget == folder.At("ILSVRC2012_img_train.tar"));

        using (var dataset = Open(folder))
        {
            var expected = Levels(dataset.Train);
            Assert.AreEqual(1, Handles());
            Parallel.For(0, 8, _ => Assert.AreSequenceEqual(expected, Levels(dataset.Train)));
            Assert.AreEqual(1, Handles());
        }
        Assert.AreEqual(0, Handles());
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(5)]
    public void Pictures_and_what_is_said_of_wrong_ones_do_not_depend_on_how_many_threads_decode(int threads)
    {
        using var folder = new TemporaryFolder();
        ImageNetArchives.Write(folder, packed: false);
        byte[] All(int number)
        {
            using var imagenet = Datasets.Open("imagenet", null, Files(), number);
            using var own = Datasets.Open(
                "image-folder",
                new JsonObject { ["size"] = 32, ["loading"] = "streamed" },
                Datasets.Files("image-folder", folder.Path),
                number
            );
            using var photos = ((IRegionSplit)imagenet.Train).Read(
                [.. Enumerable.Range(0, 9).Select(i => (long)i)],
                [.. Enumerable.Range(0, 9).Select(i => (Func<int, int, Region>)((_, _) => new(i % 2, i % 3, 5, 5, i % 2 == 1)))]
            );
            using var images = ((IStreamedSplit)own.Train).Read([8, 0, 3, 3, 5]);
            return [.. photos.bytes, .. images.bytes];
        }
        DataFiles Files() => DataFiles.Find("imagenet", Datasets.Layout("imagenet"), folder.Path);

        Assert.AreSequenceEqual(All(Environment.ProcessorCount), All(threads));

        using var gone = Datasets.Open("imagenet", null, Files(), threads);
        foreach (var name in new[] { "train/n01440764/n01440764_0.JPEG", "train/n03028079/n03028079_14.JPEG" })
            File.Delete(folder.At(name.Split('/')));
        var error = Datasets.Refused(() =>
        {
            Levels(gone.Train);
            return gone;
        });
        Assert.HasCount(2, error.Problems);
        Assert.Contains("train/n01440764/n01440764_0.JPEG", error.Problems[0].Message);
    }

    [TestMethod]
    public void Some_classes_and_some_photos_of_each_can_be_chosen()
    {
        using var folder = new TemporaryFolder();
        ImageNetArchives.Write(folder, packed: true);

        using var named = Open(folder, ("classes", new JsonArray("n03028079", "n01440764")), ("per-class", 2));
        Assert.AreSequenceEqual(new[] { "n01440764", "n03028079" }, named.Classes);
        Assert.AreSequenceEqual(new long[] { 0, 0, 1, 1 }, Datasets.Labels(named.Train).Order());
        Assert.AreSequenceEqual(new long[] { 0, 1, 1 }, Datasets.Labels(named.Test).Order());
        using var counted = Open(folder, ("class-count", 2));
        Assert.AreSequenceEqual(new[] { "n01440764", "n02102040" }, counted.Classes);
        foreach (
            var (option, value, said) in new (string, JsonNode, string)[]
            {
                ("classes", new JsonArray("n9"), "no training photo is of the class 'n9'"),
                ("classes", new JsonArray(), "'classes' names none"),
                ("class-count", 4, "'class-count' is 4, but there are 3 classes"),
            }
        )
            Assert.Contains(said, Refused.With(ExitCode.Planning, () => Open(folder, (option, value.DeepClone())).Dispose()));
    }

    [TestMethod]
    public void What_systems_leave_in_archives_is_passed_over_and_an_empty_or_cut_off_photo_is_named()
    {
        using var folder = new TemporaryFolder();
        ImageNetArchives.Write(folder, packed: true);
        var photo = Convert.FromBase64String(
            (string)JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "imagenet", "photo.json")))!["jpeg"]!
        );
        void Write(params (string Name, byte[] Content)[] photos) =>
            folder.Write(
                "ILSVRC2012_img_train.tar",
                ImageNetArchives.Tar([
                    ("._n01440764.tar", [1, 2]),
                    .. ImageNetArchives.Synsets.Select(c =>
                        ($"{c}.tar", ImageNetArchives.Tar([("._a.JPEG", [3]), (".DS_Store", [4]), ("a.JPEG", photo), .. photos]))
                    ),
                ])
            );

        Write();
        using (var clean = Open(folder))
            Assert.AreEqual(3, clean.Train.Count);
        foreach (
            var (name, content, said) in new[]
            {
                ("empty.JPEG", Array.Empty<byte>(), "it is empty"),
                ("half.JPEG", photo[..(photo.Length / 2)], "it is cut off"),
            }
        )
        {
            Write((name, content));
            // Small, so that parts are decoded at a smaller scale.
            using var dataset = Open(folder, ("size", 32), ("resize", 32));
            var split = (IStreamedSplit)dataset.Train;
            var error = Assert.ThrowsExactly<SatException>(() => split.Read([.. Enumerable.Range(0, 6).Select(i => (long)i)]).Dispose());
            Assert.Contains(name, error.Message);
            Assert.Contains(said, error.Message);
        }
        Write(("a\n1 2 b.JPEG", photo));
        Datasets.Refused(() => Open(folder), "a name in it has a line break");
    }

    [TestMethod]
    public void Validation_photos_in_an_archive_need_the_development_kit()
    {
        using var folder = new TemporaryFolder();
        ImageNetArchives.Write(folder, packed: true);
        File.Delete(folder.At("ILSVRC2012_devkit_t12.tar.gz"));
        Datasets.Refused(() => Open(folder), "lacks ILSVRC2012_devkit_t12.tar.gz", "Register at https://image-net.org/download");
    }

    [TestMethod]
    public void A_table_of_classes_that_is_another_or_cut_off_is_refused()
    {
        using var folder = new TemporaryFolder();
        ImageNetArchives.Write(folder, packed: true);
        foreach (
            var (meta, said) in new[]
            {
                (Mats.Digits(new byte[3072], [1], new()), "its meta.mat has no 'synsets'"),
                (ImageNetArchives.Meta[..^40], "cut off"),
                ("<!DOCTYPE html><html>"u8.ToArray(), "HTML page"),
            }
        )
        {
            ImageNetArchives.WriteDevKit(folder, meta);
            Datasets.Refused(() => Open(folder), "ILSVRC2012_devkit_t12.tar.gz", "cannot be read", said, "Get it again");
        }
    }

    [TestMethod]
    public void A_damaged_photo_is_named_with_its_place()
    {
        using var folder = new TemporaryFolder();
        ImageNetArchives.Write(folder, packed: true);
        var path = folder.At("ILSVRC2012_img_train.tar");
        var bytes = File.ReadAllBytes(path);
        // The first photo of the first inner archive, behind two headers.
        bytes.AsSpan(1024, 16).Clear();
        File.WriteAllBytes(path, bytes);
        using var dataset = Open(folder);
        Datasets.Refused(
            () =>
            {
                Levels(dataset.Train);
                return dataset;
            },
            "train/n01440764/n01440764_0.JPEG",
            "from byte 1024 of ILSVRC2012_img_train.tar",
            "cannot be decoded"
        );
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Photos_that_cannot_be_decoded_are_left_out_where_asked_and_looked_for_once(bool packed)
    {
        using var folder = new TemporaryFolder();
        ImageNetArchives.Write(folder, packed);
        using var whole = Open(folder);
        string[] Files(ISplit split) => [.. ((IHasSampleFiles)split).Files!];
        const string Bad = "train/n01440764/n01440764_0.JPEG";
        var path = folder.At(packed ? "ILSVRC2012_img_train.tar" : Bad);
        var bytes = File.ReadAllBytes(path);
        bytes.AsSpan(packed ? 1024 : 0, 16).Clear();
        File.WriteAllBytes(path, bytes);
        (string, JsonNode) skip = ("bad-files", "skip");

        using (var left = Open(folder, skip))
        {
            Assert.AreSequenceEqual(Files(whole.Train).Where(f => f != Bad), Files(left.Train));
            Assert.AreSequenceEqual(Files(whole.Test), Files(left.Test));
            Assert.HasCount(8, Levels(left.Train));
            Assert.Contains($"1 file that cannot be decoded is left out (bad-files skip): {Bad}", ((IHasReadingNotes)left).Notes);
        }

        // What was found is kept: who opens it again decodes nothing.
        var kept = Directory.GetFiles(folder.Path, ".*.sat-photos").Single();
        var told = new List<DataProgress>();
        IDataset Again()
        {
            told.Clear();
            var files = DataFiles.Find("imagenet", Datasets.Layout("imagenet"), folder.Path);
            files.Watcher = told.Add;
            return Datasets.Open("imagenet", new JsonObject { ["bad-files"] = "skip" }, files);
        }
        using (var again = Again())
            Assert.AreEqual(8, again.Train.Count);
        Assert.DoesNotContain(DataStage.Checking, told.Select(p => p.Stage));
        // Damaged, it is no longer believed.
        File.WriteAllText(
            kept,
            File.ReadAllText(kept).Replace(Bad, Bad.Replace("_0", "_7", StringComparison.Ordinal), StringComparison.Ordinal)
        );
        using (var again = Again())
            Assert.DoesNotContain(Bad, Files(again.Train));
        Assert.HasCount(13, told.Where(p => p.Stage == DataStage.Checking));
        // Nor is it of other photos.
        ImageNetArchives.Write(folder, packed, first: 100);
        using (var others = Again())
            Assert.AreEqual(9, others.Train.Count);
    }

    [TestMethod]
    public void A_class_without_a_photo_that_can_be_decoded_is_told()
    {
        using var folder = new TemporaryFolder();
        ImageNetArchives.Write(folder, packed: false);
        foreach (var photo in Directory.GetFiles(folder.At("train/n02102040")))
            File.WriteAllText(photo, "<html>");
        Datasets.Refused(
            () => Open(folder, ("bad-files", "skip")),
            "3 files cannot be decoded",
            "there is no training photo of the class n02102040"
        );
    }

    [TestMethod]
    public void Parts_of_a_photo_are_Pillows_to_the_byte_and_near_them_where_it_is_decoded_smaller()
    {
        using var folder = new TemporaryFolder();
        var given = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "imagenet", "photo.json")))!;
        var photo = Convert.FromBase64String((string)given["jpeg"]!);
        folder.Write("train/n1/a.JPEG", photo);
        folder.Write("val/n1/b.JPEG", photo);
        using var dataset = Open(folder, ("size", (int)given["size"]!), ("resize", (int)given["centre"]!["resize"]!));
        var split = (IRegionSplit)dataset.Train;

        var small = 0;
        foreach (var part in given["parts"]!.AsArray())
        {
            var r = part!["region"]!.AsArray().Select(v => (int)v!).ToArray();
            var expected = Convert.FromBase64String((string)part["picture"]!);
            using var read = split.Read(
                [0, 0],
                [(_, _) => new(r[0], r[1], r[2], r[3], false), (_, _) => new(r[0], r[1], r[2], r[3], true)]
            );
            var pictures = read.bytes.ToArray().Chunk(expected.Length).ToArray();
            var isWhole = Math.Min(r[2], r[3]) < 64;
            small += isWhole ? 0 : 1;
            Assert.IsLessThanOrEqualTo(isWhole ? 0 : 1.5, Difference(expected, pictures[0]), string.Join(' ', r));
            // Mirrored, each row is the other way round.
            Assert.AreSequenceEqual(pictures[0].Chunk(32).SelectMany(row => row.Reverse()), pictures[1]);
        }
        Assert.AreEqual(1, small);
        using var test = ((IStreamedSplit)dataset.Test).Read([0]);
        Assert.IsLessThanOrEqualTo(1.5, Difference(Convert.FromBase64String((string)given["centre"]!["picture"]!), test.bytes.ToArray()));
    }

    [TestMethod]
    public void Every_kind_of_photo_in_ImageNet_is_decoded()
    {
        using var folder = new TemporaryFolder();
        SharedData.Unpack("imagenet-sample.tar", Directory.CreateDirectory(folder.At("train")).FullName);
        folder.Write("val/n01440764/0.JPEG", Pictures.Plain(9));

        using var dataset = Open(folder);
        Assert.AreEqual(287, dataset.Train.Count);
        for (var start = 0; start < dataset.Train.Count; start += 41)
        {
            using var read = ((IStreamedSplit)dataset.Train).Read([.. Enumerable.Range(start, 41).Select(i => (long)i)]);
            using var deviation = read.to(ScalarType.Float32).flatten(1).std(1);
            Assert.IsGreaterThan(1, deviation.min().item<float>());
        }
    }

    private static double Difference(byte[] expected, byte[] found) => expected.Zip(found, (a, b) => (double)Math.Abs(a - b)).Average();

    private static IDataset Open(TemporaryFolder folder, params (string Name, JsonNode Value)[] options) =>
        Datasets.Published("imagenet", folder.Path, new JsonObject(options.Select(o => KeyValuePair.Create(o.Name, (JsonNode?)o.Value))));

    private static byte[] Levels(ISplit split)
    {
        using var read = ((IStreamedSplit)split).Read([.. Enumerable.Range(0, (int)split.Count).Select(i => (long)i)]);
        return [.. read.bytes.ToArray().Chunk(3 * 224 * 224).Select(image => image[0])];
    }
}

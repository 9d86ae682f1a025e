using System.Text.Json.Nodes;
using Sat.Records;
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

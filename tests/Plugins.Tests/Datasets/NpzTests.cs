using System.IO.Compression;
using System.Text.Json.Nodes;
using Sat.Records.Arrays;
using Sat.Sdk;

namespace Sat.Datasets.Tests;

[TestClass]
public sealed class NpzTests
{
    private static readonly byte[] Pixels = [.. Enumerable.Range(0, 6 * 4 * 5 * 3).Select(i => (byte)(i * 7))];
    private static readonly long[] TrainLabels = [0, 2, 1, 0, 2, 1];

    [TestMethod]
    public void Channels_last_is_turned_to_channels_first()
    {
        using var folder = new TemporaryFolder();

        using var dataset = Open(folder, [6, 4, 5, 3]);

        Assert.AreEqual(new ImageShape(3, 4, 5), dataset.Shape);
        var images = Datasets.Images(dataset.Train);
        for (var i = 0; i < images.Length; i++)
        {
            var (n, c, y, x) = (i / 60, i / 20 % 3, i / 5 % 4, i % 5);
            Assert.AreEqual(Pixels[((n * 4 + y) * 5 + x) * 3 + c], images[i]);
        }
        CollectionAssert.AreEqual(TrainLabels, Datasets.Labels(dataset.Train));
        CollectionAssert.AreEqual(new[] { "0", "1", "2" }, dataset.Classes.ToArray());
    }

    [TestMethod]
    public void Channels_first_stay_and_grey_images_get_one_channel()
    {
        using var folder = new TemporaryFolder();

        using var first = Open(folder, [6, 3, 4, 5]);
        using var grey = Open(folder, [6, 12, 5]);

        Assert.AreEqual(new ImageShape(3, 4, 5), first.Shape);
        CollectionAssert.AreEqual(Pixels, Datasets.Images(first.Train));
        Assert.AreEqual(new ImageShape(1, 12, 5), grey.Shape);
        CollectionAssert.AreEqual(Pixels, Datasets.Images(grey.Train));
    }

    [TestMethod]
    public void Labels_may_be_any_integers_in_a_column_and_classes_may_be_named()
    {
        using var folder = new TemporaryFolder();

        using var dataset = Open(folder, [6, 4, 5, 3], new() { ["class-names"] = new JsonArray("a", "b", "c", "d") }, zip =>
        {
            Add<byte>(zip, "y_train", [.. TrainLabels.Select(l => (byte)l)], 6, 1);
            Add<int>(zip, "y_test", [3, 0, 0, 0, 0, 0]);
        });

        CollectionAssert.AreEqual(TrainLabels, Datasets.Labels(dataset.Train));
        CollectionAssert.AreEqual(new[] { "a", "b", "c", "d" }, dataset.Classes.ToArray());
        Assert.AreEqual(3, Datasets.Labels(dataset.Test)[0]);
    }

    [TestMethod]
    public void Sorted_classes_are_refused_and_shuffled_when_asked_for()
    {
        using var folder = new TemporaryFolder();
        void Sorted(ZipArchive zip)
        {
            Add<long>(zip, "y_train", [0, 0, 1, 1, 2, 2]);
            Add<long>(zip, "y_test", [0, 0, 1, 1, 2, 2]);
        }

        Datasets.Refused(() => Open(folder, [6, 4, 5, 3], null, Sorted), "y_train", "order: shuffled");
        foreach (var blocks in new long[][] { [2, 2, 1, 1, 0, 0], [1, 1, 2, 2, 2, 0] })
            Datasets.Refused(() => Open(folder, [6, 4, 5, 3], null, zip =>
                    {
                        Add(zip, "y_train", blocks);
                        Add<long>(zip, "y_test", [0, 0, 1, 1, 2, 2]);
                    }), "y_train", "order: shuffled");
        using var dataset = Open(folder, [6, 3, 4, 5], new() { ["order"] = "shuffled" }, Sorted);

        CollectionAssert.AreNotEqual(new long[] { 0, 0, 1, 1, 2, 2 }, Datasets.Labels(dataset.Train));
        foreach (var (image, label) in Datasets.Images(dataset.Train).Chunk(60).Zip(Datasets.Labels(dataset.Train)))
            Assert.AreEqual(label, Pixels.Chunk(60).ToList().FindIndex(p => p.SequenceEqual(image)) / 2);
        CollectionAssert.AreEqual(Pixels, Datasets.Images(dataset.Test), "the test set stays as it is");

        // Each sample leads to its row of the archive.
        var train = (IHasSampleFiles)dataset.Train;
        Assert.IsFalse(train.IsInFileOrder);
        CollectionAssert.AreEqual(
            Datasets
                .Images(dataset.Train)
                .Chunk(60)
                .Select(image => $"x_train#{Pixels.Chunk(60).ToList().FindIndex(p => p.SequenceEqual(image))}")
                .ToArray(),
            train.Files!.ToArray()
        );
    }

    [TestMethod]
    public void What_does_not_fit_is_named()
    {
        using var folder = new TemporaryFolder();
        Action<ZipArchive> Labels(params long[] labels) =>
            zip =>
            {
                Add<long>(zip, "y_train", labels);
                Add<long>(zip, "y_test", TrainLabels);
            };

        Datasets.Refused(() => Open(folder, [6, 4, 5, 3], null, Labels(0, 2, 1, 0, 2)), "y_train", "5 labels", "6 images");
        Datasets.Refused(() => Open(folder, [6, 4, 5, 3], null, Labels(0, 2, 1, 0, 2, -1)), "y_train", "element 5 is -1");
        Datasets.Refused(() => Open(folder, [6, 4, 5, 3], null, Labels(1, 0, 1, 0, 1, 0)), "y_test", "element 1 is 2");
        Datasets.Refused(() => Open(folder, [6, 3, 20, 1]), "x_train", "layout");
        Datasets.Refused(() => Open(folder, [3, 6, 5, 4]), "x_train", "channels");
        Datasets.Refused(
            () => Open(folder, [6, 4, 5, 3], new() { ["train-images"] = "images" }),
            "no array 'images'",
            "x_train, x_test, y_train, y_test"
        );
        Datasets.Refused(() => Open(folder, [6, 12, 5], new() { ["normalization"] = "cifar" }), "grey");
        Datasets.Refused(() => Open(folder, [6, 4, 5, 3], null, zip =>
                {
                    Add<float>(zip, "y_train", [0, 1, 2, 0, 1, 2.5f]);
                    Add<long>(zip, "y_test", TrainLabels);
                }), "y_train", "integers");
        Datasets.Refused(() => Datasets.Own("npz", folder.Write("text.npz", "no archive")), "text.npz");
    }

    [TestMethod]
    public void Classes_may_be_stated_by_their_number_and_only_then_lack_samples_deliberately()
    {
        using var folder = new TemporaryFolder();

        using var counted = Open(folder, [6, 4, 5, 3]);
        using var stated = Open(folder, [6, 4, 5, 3], new() { ["classes"] = 5 });
        using var named = Open(folder, [6, 4, 5, 3], new() { ["class-names"] = new JsonArray("a", "b", "c", "d") });

        Assert.IsFalse(((IHasStatedClasses)counted).ClassesAreStated);
        Assert.IsTrue(((IHasStatedClasses)stated).ClassesAreStated);
        Assert.IsTrue(((IHasStatedClasses)named).ClassesAreStated);
        CollectionAssert.AreEqual(new[] { "0", "1", "2", "3", "4" }, stated.Classes.ToArray());
        Datasets.Refused(() => Open(folder, [6, 4, 5, 3], new() { ["classes"] = 2 }), "y_train", "element 1 is 2", "classes");
        var both = Assert.ThrowsExactly<Records.SatException>(() =>
            Open(folder, [6, 4, 5, 3], new() { ["classes"] = 5, ["class-names"] = new JsonArray("a", "b", "c") }).Dispose()
        );
        Assert.Contains("'class-names' has 3 names", both.Message);
    }

    [TestMethod]
    public void Labels_of_an_archive_are_given_unless_they_are_trusted()
    {
        using var folder = new TemporaryFolder();

        using var given = Open(folder, [6, 4, 5, 3]);
        Assert.IsFalse(((IHasTrueLabels)given).LabelsAreTrue);
        using var trusted = Open(folder, [6, 4, 5, 3], new() { ["trust-labels"] = true });
        Assert.IsTrue(((IHasTrueLabels)trusted).LabelsAreTrue);
        Assert.IsTrue(((IHasSampleFiles)trusted.Train).IsInFileOrder);
        CollectionAssert.AreEqual(
            Enumerable.Range(0, 6).Select(i => $"x_train#{i}").ToArray(),
            ((IHasSampleFiles)trusted.Train).Files!.ToArray()
        );
    }

    /// <summary>The same bytes, as other types and orders hold them: they must train alike, to the bit.</summary>
    [TestMethod]
    public void The_same_values_are_the_same_images_however_they_are_written()
    {
        using var folder = new TemporaryFolder();
        using var plain = OpenRaw(folder, "|u1", [6, 4, 5, 3], Pixels);
        var expected = Datasets.Images(plain.Train);
        Assert.IsEmpty(((IHasReadingNotes)plain).Notes);

        // Fortran's order: the first position runs fastest.
        var columns = new byte[Pixels.Length];
        for (var i = 0; i < Pixels.Length; i++)
        {
            var (n, y, x, c) = (i / 60, i / 15 % 4, i / 3 % 5, i % 3);
            columns[n + 6 * (y + 4 * (x + 5 * c))] = Pixels[i];
        }
        (string Type, byte[] Elements, bool ColumnsFirst, string? Note)[] forms =
        [
            ("<u1", Pixels, false, null),
            (">u1", Pixels, false, null),
            ("u1", Pixels, false, null),
            ("|u1", columns, true, null),
            (
                "<u2",
                [.. Pixels.SelectMany(p => BitConverter.GetBytes((ushort)(p * 257)))],
                false,
                "x_train: uint16 from 0 to 65535, read as round(255 x / 65535)"
            ),
            (
                ">u2",
                [.. columns.SelectMany(p => BitConverter.GetBytes((ushort)(p * 257)).Reverse())],
                true,
                "x_train: uint16 from 0 to 65535, read as round(255 x / 65535)"
            ),
            ("<i8", [.. Pixels.SelectMany(p => BitConverter.GetBytes((long)p))], false, "x_train: int64 from 0 to 255, read as round(x)"),
            (
                ">i4",
                [.. Pixels.SelectMany(p => BitConverter.GetBytes((int)p).Reverse())],
                false,
                "x_train: int32 from 0 to 255, read as round(x)"
            ),
            (
                "<f2",
                [.. Pixels.SelectMany(p => BitConverter.GetBytes((Half)(p / 255f)))],
                false,
                "x_train: float16 from 0 to 1, read as round(255 x)"
            ),
            (
                "<f4",
                [.. Pixels.SelectMany(p => BitConverter.GetBytes(p / 255f))],
                false,
                "x_train: float32 from 0 to 1, read as round(255 x)"
            ),
            (
                ">f8",
                [.. Pixels.SelectMany(p => BitConverter.GetBytes(p / 255d).Reverse())],
                false,
                "x_train: float64 from 0 to 1, read as round(255 x)"
            ),
        ];
        foreach (var (type, elements, columnsFirst, note) in forms)
        {
            using var dataset = OpenRaw(folder, type, [6, 4, 5, 3], elements, columnsFirst);
            CollectionAssert.AreEqual(expected, Datasets.Images(dataset.Train), type);
            CollectionAssert.AreEqual(expected, Datasets.Images(dataset.Test), type);
            CollectionAssert.AreEqual(note is null ? [] : new[] { note }, ((IHasReadingNotes)dataset).Notes.Take(1).ToArray(), type);
        }
    }

    [TestMethod]
    public void White_is_what_is_stated_where_the_type_does_not_say_it()
    {
        using var folder = new TemporaryFolder();
        byte[] twelveBits = [.. Pixels.SelectMany(p => BitConverter.GetBytes((ushort)Math.Round(p * 4095 / 255.0)))];

        using var stated = OpenRaw(folder, "<u2", [6, 4, 5, 3], twelveBits, white: 4095);
        using var floats = OpenRaw(folder, "<f4", [6, 4, 5, 3], [.. Pixels.SelectMany(p => BitConverter.GetBytes((float)p))], white: 255);
        using var mask = OpenRaw(folder, "|b1", [6, 12, 5], [.. Pixels.Select(p => (byte)(p & 1))]);

        using var plain = OpenRaw(folder, "|u1", [6, 4, 5, 3], Pixels);
        CollectionAssert.AreEqual(Datasets.Images(plain.Train), Datasets.Images(stated.Train));
        CollectionAssert.AreEqual(Datasets.Images(plain.Train), Datasets.Images(floats.Train));
        CollectionAssert.AreEqual(Pixels.Select(p => (byte)(p % 2 * 255)).ToArray(), Datasets.Images(mask.Train));
        Assert.AreEqual("x_train: uint16 from 0 to 4095, read as round(255 x / 4095)", ((IHasReadingNotes)stated).Notes[0]);
        Datasets.Refused(() => OpenRaw(folder, "<u2", [6, 4, 5, 3], twelveBits), "'x_train'", "uint16 from 0 to 4095", "white: 4095");
    }

    [TestMethod]
    public void Values_beyond_the_rule_are_refused_with_their_range()
    {
        using var folder = new TemporaryFolder();
        Datasets.Refused(
            () => OpenRaw(folder, "<f4", [6, 4, 5, 3], [.. Pixels.SelectMany(p => BitConverter.GetBytes((float)p))]),
            "'x_train'",
            "float32 from 0 to 255",
            "the range read is 0 to 1",
            "white: 255"
        );
        Datasets.Refused(
            () => OpenRaw(folder, "<f4", [6, 4, 5, 3], [.. Pixels.SelectMany(p => BitConverter.GetBytes(p / 127.5f - 1))]),
            "'x_train'",
            "float32 from -1 to 1"
        );
        Datasets.Refused(
            () => OpenRaw(folder, "<f4", [6, 4, 5, 3], [.. Pixels.SelectMany(p => BitConverter.GetBytes(p == 0 ? float.NaN : 0.5f))]),
            "'x_train'",
            "NaN"
        );
        Datasets.Refused(
            () => OpenRaw(folder, "<i2", [6, 4, 5, 3], [.. Pixels.SelectMany(p => BitConverter.GetBytes((short)(p - 9)))]),
            "'x_train'",
            "int16 from -9 to 246",
            "the range read is 0 to 255"
        );
    }

    [TestMethod]
    public void A_web_page_saved_as_an_archive_is_called_that()
    {
        using var folder = new TemporaryFolder();
        Datasets.Refused(
            () => Datasets.Own("npz", folder.Write("page.npz", "<!DOCTYPE html><html>log in</html>")),
            "page.npz",
            "HTML page"
        );
    }

    [TestMethod]
    [DataRow("(4611686018427387904, 4, 3)")]
    [DataRow("(9223372036854775807, 9223372036854775807, 9223372036854775807)")]
    [DataRow("(2147483648, 2, 3)")]
    [DataRow("(65536, 65536, 1, 1)")]
    [DataRow("(-1, -8, 8)")]
    [DataRow("(99999999999999999999, 1, 1)")]
    public void A_shape_that_overflows_is_refused_before_memory_is_taken(string shape)
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("huge.npz");
        using (var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create))
        {
            using (var entry = zip.CreateEntry("x_train.npy").Open())
            {
                var header = $"{{'descr': '|u1', 'fortran_order': False, 'shape': {shape}, }}".PadRight(117) + "\n";
                entry.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. System.Text.Encoding.ASCII.GetBytes(header), 1, 2, 3]);
            }
            Add<byte>(zip, "x_test", Pixels, 6, 4, 5, 3);
            Add<long>(zip, "y_train", TrainLabels);
            Add<long>(zip, "y_test", TrainLabels);
        }

        var before = GC.GetTotalAllocatedBytes();
        Datasets.Refused(() => Datasets.Own("npz", path), "x_train");
        Assert.IsLessThan(16L << 20, GC.GetTotalAllocatedBytes() - before);
    }

    [TestMethod]
    public void An_entry_that_unpacks_to_more_than_it_states_is_refused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("bomb.npz");
        using (var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create))
        {
            using (var entry = zip.CreateEntry("y_train.npy", CompressionLevel.SmallestSize).Open())
            {
                Npy.Write<long>(entry, TrainLabels, 6);
                for (var i = 0; i < 64; i++)
                    entry.Write(new byte[1 << 20]);
            }
            Add<long>(zip, "y_test", TrainLabels);
        }
        // The length in the central directory is what a reader goes by.
        var bytes = File.ReadAllBytes(path);
        var central = bytes.AsSpan().IndexOf("PK\x01\x02"u8);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(central + 24), 176);
        File.WriteAllBytes(path, bytes);

        Datasets.Refused(() => Datasets.Own("npz", path), "bomb.npz");
    }

    [TestMethod]
    public void A_flipped_bit_is_found_by_the_archives_checksum()
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("flipped.npz");
        using (var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create))
        {
            foreach (var name in new[] { "x_train", "x_test", "y_train", "y_test" })
            {
                // Stored, as numpy.savez does: no decompression would trip over the damage.
                using var entry = zip.CreateEntry(name + ".npy", CompressionLevel.NoCompression).Open();
                if (name[0] == 'x')
                    Npy.Write<byte>(entry, Pixels, 6, 4, 5, 3);
                else
                    Npy.Write<long>(entry, TrainLabels, TrainLabels.Length);
            }
        }
        var bytes = File.ReadAllBytes(path);
        Datasets.Own("npz", path).Dispose();
        bytes[300] ^= 1;
        File.WriteAllBytes(path, bytes);

        Datasets.Refused(() => Datasets.Own("npz", path), "'x_train'", "checksum", "copy the file again");
    }

    private static IDataset Open(TemporaryFolder folder, long[] shape, JsonObject? options = null, Action<ZipArchive>? labels = null)
    {
        var path = folder.At("data.npz");
        using (var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create))
        {
            Add<byte>(zip, "x_train", Pixels, shape);
            Add<byte>(zip, "x_test", Pixels, shape);
            if (labels is not null)
            {
                labels(zip);
            }
            else
            {
                Add<long>(zip, "y_train", TrainLabels);
                Add<long>(zip, "y_test", TrainLabels);
            }
        }
        return Datasets.Own("npz", path, options);
    }

    /// <summary>Images with a header and elements as given.</summary>
    private static IDataset OpenRaw(
        TemporaryFolder folder,
        string type,
        long[] shape,
        byte[] elements,
        bool columnsFirst = false,
        double? white = null
    )
    {
        var path = folder.At("raw.npz");
        using (var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create))
        {
            foreach (var name in new[] { "x_train", "x_test" })
            {
                using var entry = zip.CreateEntry(name + ".npy").Open();
                var header = $"{{'descr': '{type}', 'fortran_order': {columnsFirst}, 'shape': ({string.Join(", ", shape)}), }}\n";
                entry.Write([
                    0x93,
                    .. "NUMPY"u8,
                    1,
                    0,
                    (byte)header.Length,
                    0,
                    .. System.Text.Encoding.ASCII.GetBytes(header),
                    .. elements,
                ]);
            }
            Add<long>(zip, "y_train", TrainLabels);
            Add<long>(zip, "y_test", TrainLabels);
        }
        return Datasets.Own("npz", path, white is null ? null : new() { ["white"] = white });
    }

    private static void Add<T>(ZipArchive zip, string name, ReadOnlySpan<T> values, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        using var entry = zip.CreateEntry(name + ".npy").Open();
        Npy.Write(entry, values, shape.IsEmpty ? [values.Length] : shape);
    }
}

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
        using var dataset = Open(folder, [6, 3, 4, 5], new() { ["order"] = "shuffled" }, Sorted);

        CollectionAssert.AreNotEqual(new long[] { 0, 0, 1, 1, 2, 2 }, Datasets.Labels(dataset.Train));
        foreach (var (image, label) in Datasets.Images(dataset.Train).Chunk(60).Zip(Datasets.Labels(dataset.Train)))
            Assert.AreEqual(label, Pixels.Chunk(60).ToList().FindIndex(p => p.SequenceEqual(image)) / 2);
        CollectionAssert.AreEqual(Pixels, Datasets.Images(dataset.Test), "the test set stays as it is");
    }

    [TestMethod]
    public void What_does_not_fit_is_named()
    {
        using var folder = new TemporaryFolder();
        Action<ZipArchive> Labels(params long[] labels) => zip =>
        {
            Add<long>(zip, "y_train", labels);
            Add<long>(zip, "y_test", TrainLabels);
        };

        Datasets.Refused(() => Open(folder, [6, 4, 5, 3], null, Labels(0, 2, 1, 0, 2)), "y_train", "5 labels", "6 images");
        Datasets.Refused(() => Open(folder, [6, 4, 5, 3], null, Labels(0, 2, 1, 0, 2, -1)), "y_train", "element 5 is -1");
        Datasets.Refused(() => Open(folder, [6, 4, 5, 3], null, Labels(1, 0, 1, 0, 1, 0)), "y_test", "element 1 is 2");
        Datasets.Refused(() => Open(folder, [6, 3, 20, 1]), "x_train", "layout");
        Datasets.Refused(() => Open(folder, [3, 6, 5, 4]), "x_train", "channels");
        Datasets.Refused(() => Open(folder, [6, 4, 5, 3], new() { ["train-images"] = "images" }), "no array 'images'", "x_train, x_test, y_train, y_test");
        Datasets.Refused(() => Open(folder, [6, 12, 5], new() { ["normalization"] = "cifar" }), "grey");
        Datasets.Refused(() => Open(folder, [6, 4, 5, 3], null, zip =>
        {
            Add<float>(zip, "y_train", [0, 1, 2, 0, 1, 2]);
            Add<long>(zip, "y_test", TrainLabels);
        }), "y_train", "integers");
        Datasets.Refused(() => Datasets.Own("npz", folder.Write("text.npz", "no archive")), "text.npz");
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

    private static void Add<T>(ZipArchive zip, string name, ReadOnlySpan<T> values, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        using var entry = zip.CreateEntry(name + ".npy").Open();
        Npy.Write(entry, values, shape.IsEmpty ? [values.Length] : shape);
    }
}

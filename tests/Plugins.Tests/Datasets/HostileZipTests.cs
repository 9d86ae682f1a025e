using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Sat.Sdk;

namespace Sat.Datasets.Tests;

/// <summary>Archives of strangers: what they say of themselves need not be true.</summary>
[TestClass]
public sealed class HostileZipTests
{
    private const string TinyImagenet = "tiny-imagenet";
    private const string DogsVsCats = "dogs-vs-cats";

    [TestMethod]
    [DataRow(TinyImagenet, int.MaxValue, "claims more than it can hold")]
    [DataRow(TinyImagenet, 100, "more than the archive states")]
    [DataRow(DogsVsCats, int.MaxValue, "claims more than it can hold")]
    [DataRow(DogsVsCats, 100, "more than the archive states")]
    public void A_file_whose_length_is_a_lie_is_not_unpacked(string id, int length, string said)
    {
        using var folder = new TemporaryFolder();
        var zip = Archive(id, []);
        State(zip, length);
        folder.Write(Name(id), zip);

        Datasets.Refused(() => Datasets.Published(id, folder.Path, new() { ["size"] = 4 }), Name(id), said);
    }

    [TestMethod]
    [DataRow(TinyImagenet, "tiny-imagenet-200/train/n01/images/../../../../../out.bmp")]
    [DataRow(TinyImagenet, "tiny-imagenet-200/../out.bmp")]
    [DataRow(TinyImagenet, "../out.bmp")]
    [DataRow(TinyImagenet, "/out.bmp")]
    [DataRow(DogsVsCats, "train/../../out.bmp")]
    [DataRow(DogsVsCats, "../train/cat.0.jpg")]
    [DataRow(DogsVsCats, "/train/cat.0.jpg")]
    public void A_path_that_climbs_out_is_nowhere_and_no_sample(string id, string climbing)
    {
        using var folder = new TemporaryFolder();
        folder.Write("data/" + Name(id), Archive(id, [(climbing, Pictures.Plain(200))]));
        folder.Write("plain/" + Name(id), Archive(id, []));

        using var dataset = Datasets.Published(id, folder.At("data"), Streamed());
        using var plain = Datasets.Published(id, folder.At("plain"), Streamed());

        CollectionAssert.AreEqual(((IHasSampleFiles)plain.Train).Files!.ToArray(), ((IHasSampleFiles)dataset.Train).Files!.ToArray());
        CollectionAssert.AreEquivalent(new[] { "data/" + Name(id), "plain/" + Name(id) }, folder.Files());
        Assert.IsFalse(File.Exists(Path.Combine(Path.GetDirectoryName(folder.Path)!, "out.bmp")));
    }

    private static JsonObject Streamed() => new() { ["size"] = 4, ["loading"] = "streamed" };

    private static string Name(string id) => id == TinyImagenet ? "tiny-imagenet-200.zip" : "train.zip";

    private static byte[] Archive(string id, IEnumerable<(string Name, byte[] Content)> more)
    {
        var files =
            id == TinyImagenet
                ? new[]
                {
                    ("train/n01/images/n01_0.JPEG", Pictures.Plain(10)),
                    ("wnids.txt", "n01\n"u8.ToArray()),
                    ("words.txt", "n01\tgoldfish\n"u8.ToArray()),
                    ("val/val_annotations.txt", "val_0.JPEG\tn01\n"u8.ToArray()),
                    ("val/images/val_0.JPEG", Pictures.Plain(10)),
                }.Select(f => ("tiny-imagenet-200/" + f.Item1, f.Item2))
                : new[] { "cat", "dog" }.SelectMany(pet => Enumerable.Range(0, 12_500).Select(i => ($"train/{pet}.{i}.jpg", Pet.Value)));
        return Zips.Of(files.Concat(more));
    }

    private static readonly Lazy<byte[]> Pet = new(() => Pictures.Plain(10));

    /// <summary>Lets the first file have another length, in its own header and in the list at the end.</summary>
    private static void State(byte[] zip, int length)
    {
        BinaryPrimitives.WriteInt32LittleEndian(zip.AsSpan(22), length);
        var list = zip.AsSpan().LastIndexOf("PK\x05\x06"u8);
        var first = BinaryPrimitives.ReadInt32LittleEndian(zip.AsSpan(list + 16));
        Assert.IsTrue(zip.AsSpan(first).StartsWith("PK\x01\x02"u8));
        BinaryPrimitives.WriteInt32LittleEndian(zip.AsSpan(first + 24), length);
    }
}

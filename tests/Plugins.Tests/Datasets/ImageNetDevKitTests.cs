using System.IO.Compression;

namespace Sat.Datasets.Tests;

/// <summary>The development kit says what each validation photo shows: a wrong one would mislabel the whole test set.</summary>
[TestClass]
public sealed class ImageNetDevKitTests
{
    [TestMethod]
    [DataRow("meta-twice-number.mat", "2")]
    [DataRow("meta-twice-id.mat", "a WordNet id twice")]
    public void A_class_that_is_there_twice_is_refused(string table, string said)
    {
        using var folder = Archives();
        ImageNetArchives.WriteDevKit(folder, File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "imagenet", table)));

        Refuse(folder, said);
    }

    [TestMethod]
    [DataRow("4\n1\n2\n2\n", "has the class 4")]
    [DataRow("0\n1\n2\n2\n", "has the class 0")]
    [DataRow("-1\n1\n2\n2\n", "-1")]
    [DataRow("99999999999\n1\n2\n2\n", "cannot be read")]
    [DataRow("tench\n1\n2\n2\n", "tench")]
    [DataRow("3\n1\n2\n", "3")]
    public void Classes_that_the_table_does_not_have_and_lists_of_another_length_are_refused(string truth, string said)
    {
        using var folder = Archives();
        ImageNetArchives.WriteDevKit(folder, truth: System.Text.Encoding.ASCII.GetBytes(truth));

        Refuse(folder, said);
    }

    [TestMethod]
    public void Files_larger_than_any_of_the_kit_are_not_unpacked()
    {
        using var folder = Archives();
        const int most = 64 << 20;
        ImageNetArchives.WriteDevKit(folder, truth: new byte[most + 1]);
        Refuse(folder, "larger than it can be");

        var form = new Mats.Form();
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(Mats.Array("synsets", 9, [most + 1, 1], Mats.Element(2, new byte[most + 1], form), form));
        ImageNetArchives.WriteDevKit(folder, [.. Mats.Header(form), .. Mats.Element(15, packed.ToArray(), form)]);
        Refuse(folder, "more than can be");
    }

    private static TemporaryFolder Archives()
    {
        var folder = new TemporaryFolder();
        ImageNetArchives.Write(folder, packed: true);
        return folder;
    }

    private static void Refuse(TemporaryFolder folder, string said) =>
        Datasets.Refused(() => Datasets.Published("imagenet", folder.Path), "ILSVRC2012_devkit_t12.tar.gz", said);
}

using Sat.Records.Data;
using Sat.Sdk;

namespace Sat.Datasets.Tests;

[TestClass]
public sealed class CorruptedCifarTests
{
    private const string Id = "cifar10-c";

    [TestMethod]
    [DataRow("archive")]
    [DataRow("folder")]
    [DataRow("its folder")]
    public void Images_are_read_by_corruption_and_severity(string form)
    {
        using var folder = new TemporaryFolder();
        if (form == "archive")
            folder.Write(CorruptedCifar.Archive, CorruptedCifar.Tar(CorruptedCifar.Files()));
        else
            Unpack(folder, CorruptedCifar.Files());

        using var dataset = Datasets.Published(Id, form == "folder" ? folder.At("CIFAR-10-C") : folder.Path);

        Assert.AreEqual(new ImageShape(3, 32, 32), dataset.Shape);
        Assert.AreEqual(0, dataset.Train.Count, "it is for evaluations");
        Assert.AreEqual(15 * 10, dataset.Test.Count);
        Assert.AreEqual("frog", dataset.Classes[6]);
        CollectionAssert.AreEqual(new long[] { 3, 9, 3 }, Datasets.Labels(dataset.Test)[^4..^1]);
        Assert.AreEqual("shot_noise.npy#4", ((IHasSampleFiles)dataset.Test).Files![14]);
        var conditions = ((IHasConditions)dataset.Test).Conditions;
        Assert.AreEqual(new SampleCondition("gaussian-noise", 1, 0, 2), conditions[0]);
        Assert.AreEqual(new SampleCondition("jpeg-compression", 5, 148, 2), conditions[^1]);

        using var some = ((IStreamedSplit)dataset.Test).Read([14, 0]);

        Assert.AreEqual("2, 3, 32, 32", string.Join(", ", some.shape));
        Assert.AreEqual(14, some[0, 0, 7, 9].item<byte>(), "red");
        Assert.AreEqual(7, some[0, 1, 7, 9].item<byte>(), "green is the row");
        Assert.AreEqual(9, some[1, 2, 7, 9].item<byte>(), "blue is the column");
    }

    [TestMethod]
    public void The_four_extra_corruptions_follow_where_they_are_asked_for()
    {
        using var folder = new TemporaryFolder();
        Unpack(folder, CorruptedCifar.Files());

        using var dataset = Datasets.Published(Id, folder.Path, new() { ["corruptions"] = "all" });

        Assert.AreEqual(19 * 10, dataset.Test.Count);
        Assert.AreEqual(
            "speckle-noise, gaussian-blur, spatter, saturate",
            string.Join(", ", ((IHasConditions)dataset.Test).Conditions.Skip(75).Select(c => c.Name).Distinct())
        );
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_file_that_is_missing_wrong_or_cut_off_is_named_with_what_is_wrong(bool asArchive)
    {
        void Refuse(string name, byte[]? content, params string[] said)
        {
            using var folder = new TemporaryFolder();
            var files = CorruptedCifar.Files();
            files.Remove(name);
            if (content is not null)
                files[name] = content;
            if (asArchive)
                folder.Write(CorruptedCifar.Archive, CorruptedCifar.Tar(files));
            else
                Unpack(folder, files);
            Datasets.Refused(() => Datasets.Published(Id, folder.Path), [name, folder.Path, "Get it again", .. said]);
        }
        var whole = CorruptedCifar.Images(10, _ => 1);

        Refuse("fog.npy", null, "it is not there");
        Refuse("fog.npy", whole[..^1], "it is cut off");
        Refuse("fog.npy", [], "it is empty");
        Refuse("fog.npy", CorruptedCifar.Images(9, _ => 1), "uint8 [10, 32, 32, 3]", "[9, 32, 32, 3]");
        Refuse("fog.npy", CorruptedCifar.Images(10, _ => 1, side: 16), "[10, 16, 16, 3]");
        Refuse("fog.npy", CorruptedCifar.Npy(new float[10 * 3072], 10, 32, 32, 3), "float32");
        Refuse("fog.npy", "<!DOCTYPE html>moved"u8.ToArray(), asArchive ? "not a NumPy array" : "HTML page");
        Refuse("labels.npy", CorruptedCifar.Npy(new byte[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 10 }, 10), "label 9 (counted from 0) is 10");
        Refuse("labels.npy", CorruptedCifar.Npy(new byte[9], 9), "each of the 5 severities", "9 in all");
        Refuse("labels.npy", CorruptedCifar.Npy(new byte[20], 10, 2), "[n] or [n, 1]");
    }

    [TestMethod]
    public void An_archive_that_is_none_or_is_cut_off_is_named()
    {
        using var folder = new TemporaryFolder();
        var tar = CorruptedCifar.Tar(CorruptedCifar.Files());
        foreach (
            var (content, said) in new[]
            {
                (tar[..^30_000], "cut off"),
                (tar[..700], "cut off"),
                ("<html>"u8.ToArray(), "HTML page"),
                ([], "empty"),
            }
        )
        {
            folder.Write(CorruptedCifar.Archive, content);
            Datasets.Refused(() => Datasets.Published(Id, folder.Path), CorruptedCifar.Archive, said, "Get it again");
        }
        File.Delete(folder.At(CorruptedCifar.Archive));
        Datasets.Refused(() => Datasets.Published(Id, folder.Path), "https://zenodo.org/records/2535967/files/CIFAR-10-C.tar");
    }

    [TestMethod]
    public void Another_archive_than_the_published_one_is_of_an_unknown_version()
    {
        using var folder = new TemporaryFolder();
        folder.Write(CorruptedCifar.Archive, CorruptedCifar.Tar(CorruptedCifar.Files()));
        var layout = Datasets.Layout(Id);

        Assert.AreEqual(DataFiles.UnknownVariant, DataFiles.Find(Id, layout, folder.Path).VariantOf(layout));
        Assert.AreEqual((2_918_471_680, "56bf5dcef84df0e2308c6dcbcbbd8499"), (layout.DownloadBytes, layout.Sources[0].Md5));
    }

    private static void Unpack(TemporaryFolder folder, Dictionary<string, byte[]> files)
    {
        foreach (var (name, content) in files)
            folder.Write("CIFAR-10-C/" + name, content);
    }
}

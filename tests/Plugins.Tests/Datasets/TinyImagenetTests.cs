using System.Text;
using Sat.Sdk;

namespace Sat.Datasets.Tests;

[TestClass]
public sealed class TinyImagenetTests
{
    private const string Archive = "tiny-imagenet-200.zip";

    [TestMethod]
    public void Classes_are_numbered_in_the_order_of_the_list_and_named_by_their_first_word()
    {
        using var folder = new TemporaryFolder();
        folder.Write(Archive, Zips.Of(Files()));

        using var dataset = Datasets.Published("tiny-imagenet", folder.Path);

        Assert.AreEqual(new ImageShape(3, 64, 64), dataset.Shape);
        CollectionAssert.AreEqual(new[] { "Egyptian cat", "goldfish", "n07" }, dataset.Classes.ToArray());
        CollectionAssert.AreEqual(new[] { 0.480, 0.448, 0.398 }, dataset.Normalization!.Mean.ToArray());
        Assert.AreEqual(6, dataset.Train.Count);
        var levels = new Dictionary<long, int>
        {
            [0] = 20,
            [1] = 10,
            [2] = 70,
        };
        foreach (var split in new[] { dataset.Train, dataset.Test })
        {
            var images = Datasets.Images(split);
            foreach (var (label, i) in Datasets.Labels(split).Select((l, i) => (l, i)))
                Assert.AreEqual(levels[label], images[i * 3 * 64 * 64]);
        }
        CollectionAssert.AreEquivalent(new[] { 0L, 1, 1 }, Datasets.Labels(dataset.Test));
        CollectionAssert.AreEquivalent(
            new[] { "val/images/val_0.JPEG", "val/images/val_1.JPEG", "val/images/val_2.JPEG" },
            ((IHasSampleFiles)dataset.Test).Files!.ToArray()
        );
        Assert.Contains("train/n07/images/n07_1.JPEG", ((IHasSampleFiles)dataset.Train).Files!);
    }

    [TestMethod]
    [DataRow("tiny-imagenet-200/", "")]
    [DataRow("tiny-imagenet-200/", "tiny-imagenet-200")]
    [DataRow("", "")]
    public void Unpacked_files_are_the_same_dataset(string beneath, string path)
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, content) in Files().Where(f => f.Content.Length > 0))
            folder.Write($"data/{beneath}{name["tiny-imagenet-200/".Length..]}", content);
        folder.Write(Archive, Zips.Of(Files()));

        using var zipped = Datasets.Published("tiny-imagenet", folder.At(Archive));
        using var loose = Datasets.Published("tiny-imagenet", folder.At("data", path));

        CollectionAssert.AreEqual(((IHasSampleFiles)zipped.Train).Files!.ToArray(), ((IHasSampleFiles)loose.Train).Files!.ToArray());
        CollectionAssert.AreEqual(Datasets.Images(zipped.Train), Datasets.Images(loose.Train));
        CollectionAssert.AreEqual(Datasets.Labels(zipped.Train), Datasets.Labels(loose.Train));
        CollectionAssert.AreEqual(Datasets.Images(zipped.Test), Datasets.Images(loose.Test));
    }

    [TestMethod]
    public void Lists_and_images_that_do_not_belong_together_are_named()
    {
        using var folder = new TemporaryFolder();
        void Refuse(string name, string? content, params string[] said)
        {
            var files = Files().Where(f => f.Name != "tiny-imagenet-200/" + name).ToList();
            if (content is not null)
                files.Add(("tiny-imagenet-200/" + name, Encoding.UTF8.GetBytes(content)));
            folder.Write(Archive, Zips.Of(files));
            var told = Datasets.Refused(
                () => Datasets.Published("tiny-imagenet", folder.Path),
                [folder.At(Archive), "Get it again", .. said]
            );
            Assert.HasCount(1, told.Problems);
        }

        Refuse("wnids.txt", null, "wnids.txt", "it is not there");
        Refuse("wnids.txt", "n02\nn01\n", "train/n07/images/", "its class n07 is not in wnids.txt");
        Refuse("wnids.txt", "n02\nn01\nn07\nn09\n", "it lists n09, of which there are no training images");
        Refuse("wnids.txt", "n02\nn01\nn02\n", "it lists n02 twice");
        Refuse("wnids.txt", "<html>moved</html>", "HTML page");
        Refuse("val/val_annotations.txt", "val_0.JPEG\tn02\nval_1.JPEG\tn01\n", "val/images/val_2.JPEG", "its class is not known");
        Refuse("val/val_annotations.txt", "val_0.JPEG\tn02\nval_1.JPEG n01\n", "line 2 does not name an image and a class");
        Refuse("val/val_annotations.txt", "val_0.JPEG\tn02\nval_9.JPEG\tn01\n", "line 2 names val_9.JPEG, which is not in val/images");
        Refuse("train/n07/images/n07_0.JPEG", "no image", "n07_0.JPEG", "cannot be decoded");

        folder.Write(Archive, "<!doctype html>");
        Datasets.Refused(() => Datasets.Published("tiny-imagenet", folder.Path), Archive, "HTML page");
        folder.Write(Archive, Zips.Of(Files())[..^100]);
        Datasets.Refused(() => Datasets.Published("tiny-imagenet", folder.Path), Archive, "no whole zip archive");

        File.Delete(folder.At(Archive));
        folder.Write("tiny-imagenet-200/wnids.txt", "n01\n");
        folder.Write("tiny-imagenet-200/words.txt", "n01\tgoldfish\n");
        Datasets.Refused(
            () => Datasets.Published("tiny-imagenet", folder.Path),
            "tiny-imagenet-200 lacks train/n*/images/*.JPEG",
            "http://cs231n.stanford.edu/tiny-imagenet-200.zip"
        );
    }

    /// <summary>Three classes, listed in no order, and files that nobody reads.</summary>
    private static IEnumerable<(string Name, byte[] Content)> Files() =>
        new (string Name, byte[] Content)[]
        {
            ("", []),
            ("wnids.txt", "n02\nn01\nn07\n"u8.ToArray()),
            ("words.txt", "n01\tgoldfish, Carassius auratus\nn02\tEgyptian cat\nn03\tanother\n"u8.ToArray()),
            ("train/n01/n01_boxes.txt", "n01_0.JPEG\t0\t0\t63\t63\n"u8.ToArray()),
            ("train/n01/images/", []),
            ("train/n01/images/n01_0.JPEG", Pictures.Plain(10)),
            ("train/n01/images/n01_1.JPEG", Pictures.Plain(10)),
            ("train/n02/images/n02_0.JPEG", Pictures.Plain(20)),
            ("train/n02/images/n02_1.JPEG", Pictures.Plain(20)),
            ("train/n07/images/n07_0.JPEG", Pictures.Plain(70)),
            ("train/n07/images/n07_1.JPEG", Pictures.Plain(70)),
            (
                "val/val_annotations.txt",
                "val_0.JPEG\tn01\t0\t0\t9\t9\nval_1.JPEG\tn02\t0\t0\t9\t9\nval_2.JPEG\tn01\t0\t0\t9\t9\n"u8.ToArray()
            ),
            ("val/images/val_0.JPEG", Pictures.Plain(10)),
            ("val/images/val_1.JPEG", Pictures.Plain(20)),
            ("val/images/val_2.JPEG", Pictures.Plain(10)),
            ("test/images/test_0.JPEG", Pictures.Plain(99)),
        }.Select(f => ("tiny-imagenet-200/" + f.Name, f.Content));
}

using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sat.Sdk;

namespace Sat.Datasets.Tests;

/// <summary>Images as people have them. The files are made by <c>Fixtures/datasets/odd_images.py</c>, which says what Pillow makes of
/// them.</summary>
[TestClass]
public sealed class OddImageTests
{
    private const int Side = 16;

    private static readonly string Fixtures = Path.Combine(AppContext.BaseDirectory, "Fixtures");

    [TestMethod]
    [DataRow("cmyk.jpg", 3)]
    [DataRow("ycck.jpg", 3)]
    [DataRow("progressive.jpg", 2)]
    [DataRow("exif-6.jpg", 2)]
    [DataRow("grey-16.png", 0)]
    [DataRow("palette.png", 0)]
    [DataRow("alpha.png", 0)]
    [DataRow("grey-alpha.png", 0)]
    [DataRow("animated.gif", 0)]
    [DataRow("animated.webp", 0)]
    [DataRow("progressive.jpg", 2, "PHOTO.JPG")]
    [DataRow("animated.webp", 0, "photo.jpeg")]
    [DataRow("progressive.jpg", 2, "photo")]
    public void A_picture_is_that_which_Pillow_reads(string file, int levels, string? called = null)
    {
        var pillow = JsonSerializer.Deserialize<Dictionary<string, byte[]>>(File.ReadAllText(Path.Combine(Fixtures, "odd-images.json")))!;
        using var folder = new TemporaryFolder();
        folder.Write($"train/a/{called ?? file}", Odd(file));
        folder.Write("test/a/0.bmp", Pictures.Plain(7));

        using var dataset = Open(folder);

        var (read, expected) = (Datasets.Images(dataset.Train), pillow[file]);
        Assert.HasCount(expected.Length, read);
        var worst = 0;
        for (var channel = 0; channel < 3; channel++)
        {
            for (var at = 0; at < Side * Side; at++)
                worst = Math.Max(worst, Math.Abs(read[(channel * Side * Side) + at] - expected[(at * 3) + channel]));
        }
        Assert.IsLessThanOrEqualTo(levels, worst);
    }

    [TestMethod]
    [DataRow("cut-off.jpg", "it is cut off")]
    [DataRow("cut-off.png", "it is cut off")]
    [DataRow("empty.jpg", "it is empty")]
    [DataRow("page.jpg", "HTML page")]
    public void A_file_that_is_no_whole_picture_is_refused_or_left_out_as_asked(string file, string said)
    {
        foreach (var loading in new[] { "resident", "streamed" })
        {
            using var folder = new TemporaryFolder();
            Lay(folder);
            folder.Write($"train/b/{file}", Odd(file));
            var options = new JsonObject { ["loading"] = loading };

            Datasets.Refused(() => ReadAll(Open(folder, options)), $"train/b/{file}", said, "bad-files: skip");

            options["bad-files"] = "skip";
            using var left = ReadAll(Open(folder, options));
            Assert.AreEqual(4, left.Train.Count);
            Assert.DoesNotContain($"train/b/{file}", ((IHasSampleFiles)left.Train).Files!);
            Assert.Contains(
                $"1 file that cannot be decoded is left out (bad-files skip): train/b/{file}",
                string.Join('\n', ((IHasReadingNotes)left).Notes)
            );
        }
    }

    [TestMethod]
    public void All_bad_files_of_both_splits_are_told_at_once_and_no_more_than_can_be_read()
    {
        using var folder = new TemporaryFolder();
        Lay(folder);
        folder.Write("test/a/bad.jpg", Odd("cut-off.jpg"));
        folder.Write("train/a/bad.jpg", Odd("cut-off.jpg"));

        Datasets.Refused(() => Open(folder), "test/a/bad.jpg", "train/a/bad.jpg");

        for (var i = 0; i < 30; i++)
            folder.Write($"train/b/bad-{i:00}.jpg", Odd("empty.jpg"));
        var told = Datasets.Refused(() => Open(folder), "test/a/bad.jpg", "train/b/bad-17.jpg", "12 more files cannot be decoded");
        Assert.HasCount(21, told.Problems);
    }

    [TestMethod]
    public void What_is_left_must_still_be_a_dataset()
    {
        using var folder = new TemporaryFolder();
        Lay(folder);
        foreach (var name in new[] { "0", "1" })
            folder.Write($"train/b/{name}.bmp", Odd("cut-off.jpg"));
        var skip = new JsonObject { ["bad-files"] = "skip" };
        Datasets.Refused(() => Open(folder, skip), "2 files cannot be decoded", "train/b/0.bmp", "no training image of the class b");

        Lay(folder);
        foreach (var name in new[] { "a", "b" })
            folder.Write($"test/{name}/0.bmp", "");
        Datasets.Refused(() => Open(folder, skip), "2 files cannot be decoded", "no test image");
    }

    [TestMethod]
    [DataRow(".DS_Store")]
    [DataRow("Thumbs.db")]
    [DataRow("THUMBS.DB")]
    [DataRow("desktop.ini")]
    [DataRow("._0.bmp")]
    [DataRow("__MACOSX/0.bmp")]
    [DataRow("0.bmp:Zone.Identifier")]
    public void What_systems_leave_behind_is_not_read(string name)
    {
        using var folder = new TemporaryFolder();
        Lay(folder);
        folder.Write($"train/a/{name}", "no image");

        using var dataset = Open(folder);

        Assert.AreEqual(4, dataset.Train.Count);
    }

    [TestMethod]
    public void A_name_that_is_not_UTF8_is_called_that()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Inconclusive("names are bytes on Linux alone");
        using var folder = new TemporaryFolder();
        Lay(folder);
        // .NET knows no such names: neither makes nor removes them.
        Shell("cp \"$1/0.bmp\" \"$1/$(printf 'caf\\351.bmp')\"", folder.At("train", "a"));
        try
        {
            Datasets.Refused(() => Open(folder), "train/a/caf", "not UTF-8", "Rename it");
        }
        finally
        {
            Shell("rm -r \"$1\"", folder.At("train", "a"));
        }
    }

    [TestMethod]
    public void A_class_of_one_image_is_trained_on_and_not_tested_on()
    {
        using var folder = new TemporaryFolder();
        folder.Write("ant/0.bmp", Pictures.Plain(10));
        for (var i = 0; i < 5; i++)
            folder.Write($"bee/{i}.bmp", Pictures.Plain(20));

        using var dataset = Open(folder);

        CollectionAssert.AreEquivalent(new long[] { 0, 1, 1, 1, 1 }, Datasets.Labels(dataset.Train));
        CollectionAssert.AreEqual(new long[] { 1 }, Datasets.Labels(dataset.Test));
        Assert.Contains(
            "a share of each class but 1 class of one image, which is not tested on,",
            string.Join('\n', ((IHasReadingNotes)dataset).Notes)
        );
    }

    private static void Shell(string command, string argument)
    {
        using var shell = Process.Start("sh", ["-c", command, "-", argument]);
        shell.WaitForExit();
        Assert.AreEqual(0, shell.ExitCode);
    }

    private static byte[] Odd(string name) => File.ReadAllBytes(Path.Combine(Fixtures, "odd-images", name));

    private static void Lay(TemporaryFolder folder)
    {
        foreach (var (name, level) in new[] { ("a", (byte)10), ("b", (byte)60) })
        {
            folder.Write($"train/{name}/0.bmp", Pictures.Plain(level));
            folder.Write($"train/{name}/1.bmp", Pictures.Plain(level));
            folder.Write($"test/{name}/0.bmp", Pictures.Plain(level));
        }
    }

    private static IDataset Open(TemporaryFolder folder, JsonObject? options = null)
    {
        options = (JsonObject?)options?.DeepClone() ?? [];
        options["size"] = Side;
        return Datasets.Own("image-folder", folder.Path, options);
    }

    private static IDataset ReadAll(IDataset dataset)
    {
        foreach (var split in new[] { dataset.Train, dataset.Test })
        {
            if (split is IStreamedSplit streamed)
                streamed.Read([.. Enumerable.Range(0, (int)split.Count).Select(i => (long)i)]).Dispose();
        }
        return dataset;
    }
}

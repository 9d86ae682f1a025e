using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sat.Sdk;

namespace Sat.Datasets.Tests;

[TestClass]
public sealed class SvhnTests
{
    private const int Image = 3 * 32 * 32;

    [TestMethod]
    [DataRow(false, false, 2)]
    [DataRow(true, false, 2)]
    [DataRow(true, true, 9)]
    [DataRow(false, true, 2)]
    [DataRow(false, false, 9)]
    public void Digits_are_read_however_MATLAB_writes_them(bool isCompressed, bool isBigEndian, int labelType)
    {
        using var folder = new TemporaryFolder();
        var form = new Mats.Form
        {
            IsCompressed = isCompressed,
            IsBigEndian = isBigEndian,
            LabelType = labelType,
        };
        folder.Write("train_32x32.mat", Mats.Digits(Bytes(1, 5), [1, 9, 10, 3, 10], form));
        folder.Write("test_32x32.mat", Mats.Digits(Bytes(2, 2), [10, 8], form));

        using var dataset = Datasets.Published("svhn", folder.Path);

        Assert.AreEqual(new ImageShape(3, 32, 32), dataset.Shape);
        CollectionAssert.AreEqual("0123456789".Select(d => d.ToString()).ToArray(), dataset.Classes.ToArray());
        CollectionAssert.AreEqual(new long[] { 1, 9, 0, 3, 0 }, Datasets.Labels(dataset.Train), "10 is the digit 0");
        CollectionAssert.AreEqual(new long[] { 0, 8 }, Datasets.Labels(dataset.Test));
        Assert.AreEqual("train_32x32.mat#4", ((IHasSampleFiles)dataset.Train).Files![4]);
        var (file, images) = (Bytes(1, 5), Datasets.Images(dataset.Train));
        foreach (var (image, channel, row, column) in new[] { (0, 0, 0, 1), (3, 1, 30, 7), (4, 2, 31, 31) })
            Assert.AreEqual(
                file[image * Image + (channel * 32 + column) * 32 + row],
                images[image * Image + (channel * 32 + row) * 32 + column],
                "rows change fastest in the file"
            );
    }

    [TestMethod]
    public void The_extra_digits_follow_the_training_digits()
    {
        using var folder = new TemporaryFolder();
        Write(folder);
        folder.Write("extra_32x32.mat", Mats.Digits(Bytes(3, 2), [4, 5], new()));

        using var dataset = Datasets.Published("svhn-extra", folder.Path);

        CollectionAssert.AreEqual(new long[] { 1, 2, 0, 4, 5 }, Datasets.Labels(dataset.Train));
        CollectionAssert.AreEqual(
            new[] { "train_32x32.mat#2", "extra_32x32.mat#0" },
            ((IHasSampleFiles)dataset.Train).Files!.Skip(2).Take(2).ToArray()
        );
        Assert.AreEqual(2, dataset.Test.Count);
        using var basic = Datasets.Published("svhn", folder.Path);
        CollectionAssert.AreEqual(Datasets.Images(basic.Train), Datasets.Images(dataset.Train)[..(3 * Image)]);
        CollectionAssert.AreEqual(Datasets.Images(basic.Test), Datasets.Images(dataset.Test));
    }

    [TestMethod]
    public void Other_variables_and_a_single_image_are_no_hindrance()
    {
        using var folder = new TemporaryFolder();
        var form = new Mats.Form();
        Write(folder);
        folder.Write(
            "test_32x32.mat",
            [
                .. Mats.Header(form),
                .. Mats.Array("about", 4, [1, 5], Mats.Element(16, "house"u8.ToArray(), form), form),
                .. Mats.Array("y", 6, [1, 1], Mats.Element(2, [7], form), form),
                .. Mats.Array("X", 9, [32, 32, 3], Mats.Element(2, Bytes(2, 1), form), form),
            ]
        );

        using var dataset = Datasets.Published("svhn", folder.Path);

        CollectionAssert.AreEqual(new long[] { 7 }, Datasets.Labels(dataset.Test));
    }

    [TestMethod]
    public void A_file_that_is_cut_off_wrong_or_lies_is_named_with_what_is_wrong()
    {
        using var folder = new TemporaryFolder();
        var form = new Mats.Form();
        var whole = Mats.Digits(Bytes(1, 3), [1, 2, 10], form);
        void Refuse(byte[] content, params string[] said)
        {
            Write(folder);
            folder.Write("train_32x32.mat", content);
            var told = Datasets.Refused(() => Datasets.Published("svhn", folder.Path), ["train_32x32.mat", "Get it again", .. said]);
            Assert.HasCount(1, told.Problems);
        }
        byte[] With(string name, int[] shape, byte[] elements) =>
            [
                .. Mats.Header(form),
                .. Mats.Array(name, 9, shape, elements, form),
                .. Mats.Array("y", 6, [3, 1], Mats.Element(2, [1, 2, 3], form), form),
            ];

        Refuse(whole[..^60], "cut off");
        Refuse(whole[..5000], "cut off");
        Refuse(whole[..100], "cut off");
        Refuse(Bytes(9, 1), "it is not a MATLAB file");
        Refuse(Mats.Digits(Bytes(1, 3), [1, 2, 10], new() { IsCompressed = true })[..^20], "cut off");
        Refuse([], "it is empty");
        Refuse("<!DOCTYPE html><html><body>moved</body></html>"u8.ToArray(), "HTML page");
        Refuse("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 182040794\n"u8.ToArray(), "Git LFS pointer");
        Refuse([.. whole[..124], 0, 2, .. "IM"u8, .. whole[128..]], "MATLAB 7.3");
        Refuse(Mats.Digits(Bytes(1, 3), [1, 0, 10], form), "label 1 (counted from 0) is 0", "1 to 10");
        Refuse(Mats.Digits(Bytes(1, 3), [1, 2, 11], form), "label 2 (counted from 0) is 11");
        Refuse(With("Y", [32, 32, 3, 3], Mats.Element(2, Bytes(1, 3), form)), "'X' and 'y'", "'Y', 'y'");
        Refuse(With("X", [32, 32, 3, 2], Mats.Element(2, Bytes(1, 2), form)), "a label for each of its 2 images", "has 3");
        Refuse(With("X", [28, 28, 3, 3], Mats.Element(2, new byte[28 * 28 * 9], form)), "[32, 32, 3, n]", "[28, 28, 3, 3]");
        Refuse(With("X", [32, 32, 3, 3], Mats.Element(3, new byte[2 * 3 * Image], form)), "must be of bytes", "Int16");
        Refuse(With("X", [32, 32, 3, int.MaxValue], Mats.Element(2, Bytes(1, 3), form)), "'X' is of the shape [32, 32, 3, 2147483647]");
        Refuse(
            [.. Mats.Header(form), .. Mats.Array("y", 9, [10_000_001, 1], Mats.Element(2, new byte[10_000_001], form), form)],
            "'y' has 10000001 elements, more than can be"
        );
        Refuse(With("X", [32, 32, 3, -1], Mats.Element(2, Bytes(1, 3), form)), "states the dimensions");

        Write(folder);
        File.Delete(folder.At("test_32x32.mat"));
        Datasets.Refused(() => Datasets.Published("svhn", folder.Path), "lacks test_32x32.mat", "http://ufldl.stanford.edu/housenumbers/");
        folder.Write("whole/train/digitStruct.mat", "x");
        Datasets.Refused(() => Datasets.Published("svhn", folder.At("whole")), "SVHN with whole house numbers");
    }

    [TestMethod]
    public void Real_digits_are_those_that_SciPy_reads()
    {
        using var folder = new TemporaryFolder();
        SharedData.Unpack("svhn-sample.tar", folder.Path);
        var expected = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "svhn.json")))!;

        using var dataset = Datasets.Published("svhn", folder.At("svhn"));

        foreach (var (name, split) in new[] { ("train", dataset.Train), ("test", dataset.Test) })
        {
            var images = Datasets.Images(split);
            Assert.AreEqual((string?)expected[name]!["labels"], string.Concat(Datasets.Labels(split)));
            Assert.AreEqual((string?)expected[name]!["images"], Convert.ToHexStringLower(SHA256.HashData(images)));
            for (var channel = 0; channel < 3; channel++)
                Assert.AreEqual((int)expected[name]!["corner"]![channel]!, images[^(Image - channel * 1024 - 1)]);
        }
    }

    private static void Write(TemporaryFolder folder)
    {
        folder.Write("train_32x32.mat", Mats.Digits(Bytes(1, 3), [1, 2, 10], new()));
        folder.Write("test_32x32.mat", Mats.Digits(Bytes(2, 2), [3, 4], new() { IsCompressed = true }));
    }

    private static byte[] Bytes(int seed, int images)
    {
        var bytes = new byte[images * Image];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}

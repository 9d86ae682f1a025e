using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Sat.Records.Data;

namespace Sat.Records.Tests;

[TestClass]
public class DataFilesTests
{
    private static readonly DataLayout Layout = new()
    {
        Folder = "stones-bin",
        Files = ["test.bin", "train.bin"],
        Sources = [new DataSource { Name = "stones.tar.gz", Sha256 = new('0', 64) }],
        Obtain = "Collect stones.tar.gz at the beach and put it there.",
        Variants =
        [
            new DataVariant(
                "broken",
                "Another",
                new Dictionary<string, string> { ["train.bin"] = Sum("train"), ["test.bin"] = Sum("other") }
            ),
            new DataVariant(
                "published",
                "As published",
                new Dictionary<string, string> { ["train.bin"] = Sum("train"), ["test.bin"] = Sum("test") }
            ),
        ],
    };

    [TestMethod]
    public void A_file_that_changed_since_it_was_hashed_is_not_read_as_if_it_had_not()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.bin", "before");
        folder.Write("b.bin", "other");
        var files = DataFiles.At("dataset 'own'", folder.Path);
        _ = files.Checksums();
        Assert.AreEqual("before", Encoding.ASCII.GetString(files.ReadAllBytes("a.bin")));

        folder.Write("a.bin", "after!");
        File.SetLastWriteTimeUtc(folder.At("a.bin"), DateTime.UtcNow.AddSeconds(1));

        var error = Assert.ThrowsExactly<SatException>(() => files.ReadAllBytes("a.bin"));
        Assert.AreEqual(ExitCode.Environment, error.ExitCode);
        Assert.Contains("a.bin", error.Message);
        Assert.AreEqual("other", Encoding.ASCII.GetString(files.ReadAllBytes("b.bin")));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("stones-bin")]
    public void Files_are_found_in_the_folder_or_in_the_one_the_archive_makes(string beneath)
    {
        using var folder = new TemporaryFolder();
        folder.Write(Path.Combine(beneath, "train.bin"), "train");
        folder.Write(Path.Combine(beneath, "test.bin"), "test");
        var files = DataFiles.Find("dataset 'stones'", Layout, folder.Path);
        CollectionAssert.AreEqual(new[] { "test.bin", "train.bin" }, files.Names.ToArray());
        Assert.AreEqual("train", Encoding.ASCII.GetString(files.ReadAllBytes("train.bin")));
        Assert.AreEqual(Sum("test"), files.Checksums()["test.bin"]);
        Assert.AreEqual("published", files.VariantOf(Layout));
    }

    [TestMethod]
    public void What_an_archive_unpacks_to_is_read_in_its_place()
    {
        var layout = new DataLayout
        {
            Files = ["stones.zip"],
            Unpacked = new UnpackedFiles
            {
                Folder = "stones",
                Selection = new FileSelection
                {
                    Include = ["names.txt", "grey/*"],
                    Needs = [new NeededFiles("names.txt", "{folder} lacks names.txt."), new NeededFiles("grey/*", "{folder} has none.")],
                },
            },
            Obtain = "Collect stones.zip.",
        };
        using var folder = new TemporaryFolder();
        Assert.IsTrue(DataFiles.AreAbsent(layout, folder.Path));
        folder.Write("a/stones/grey/1.png", "one");
        var partial = Assert.ThrowsExactly<SatException>(() => DataFiles.Find("dataset 'stones'", layout, folder.At("a")));
        Assert.AreEqual(
            $"the files of dataset 'stones' are not at {folder.At("a")}. {folder.At("a", "stones")} lacks names.txt. Collect stones.zip.",
            partial.Message
        );
        Assert.IsFalse(DataFiles.AreAbsent(layout, folder.At("a")));

        folder.Write("a/stones/names.txt", "grey");
        folder.Write("a/stones/other.txt", "other");
        foreach (var location in new[] { folder.At("a"), folder.At("a", "stones") })
        {
            var files = DataFiles.Find("dataset 'stones'", layout, location);
            CollectionAssert.AreEqual(new[] { "grey/1.png", "names.txt" }, files.Names.ToArray());
            Assert.AreEqual("one", Encoding.ASCII.GetString(files.ReadAllBytes("grey/1.png")));
        }

        folder.Write("a/stones.zip", "packed");
        foreach (var location in new[] { folder.At("a"), folder.At("a", "stones.zip") })
        {
            var files = DataFiles.Find("dataset 'stones'", layout, location);
            CollectionAssert.AreEqual(new[] { "stones.zip" }, files.Names.ToArray());
            Assert.AreEqual("packed", Encoding.ASCII.GetString(files.ReadAllBytes("stones.zip")));
        }
    }

    [TestMethod]
    [DataRow("stones-bin/")]
    [DataRow("./stones-bin/")]
    [DataRow("")]
    public void Files_are_read_from_the_archive_as_it_is(string prefix)
    {
        using var folder = new TemporaryFolder();
        WriteArchive(
            folder.At("stones.tar.gz"),
            (prefix + "train.bin", "train"),
            (prefix + "readme.txt", "hello"),
            (prefix + "test.bin", "test")
        );
        foreach (var location in new[] { folder.Path, folder.At("stones.tar.gz") })
        {
            var files = DataFiles.Find("dataset 'stones'", Layout, location);
            Assert.AreEqual("test", Encoding.ASCII.GetString(files.ReadAllBytes("test.bin")));
            Assert.AreEqual(folder.At("stones.tar.gz"), files.Location);
            Assert.AreEqual("published", files.VariantOf(Layout));
        }
    }

    [TestMethod]
    public void A_file_too_large_for_memory_is_read_from_the_archive_whenever_it_is_asked_for()
    {
        const long length = 260L << 20;
        using var folder = new TemporaryFolder();
        using (var file = File.Create(folder.At("stones.tar.gz")))
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
        using (var tar = new TarWriter(gzip))
        using (var zeros = new TemporaryZeros(folder.At("zeros"), length))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "stones-bin/train.bin") { DataStream = zeros.Stream });
            tar.WriteEntry(
                new PaxTarEntry(TarEntryType.RegularFile, "stones-bin/test.bin") { DataStream = new MemoryStream("test"u8.ToArray()) }
            );
        }

        var files = DataFiles.Find("dataset 'stones'", Layout, folder.Path);

        for (var time = 0; time < 2; time++)
        {
            using var stream = files.OpenRead("train.bin");
            Assert.AreEqual(length, stream.Length);
            var (read, buffer) = (0L, new byte[1 << 20]);
            for (int some; (some = stream.Read(buffer)) > 0; read += some)
                Assert.AreEqual(0, buffer.AsSpan(0, some).IndexOfAnyExcept((byte)0) + 1);
            Assert.AreEqual(length, read);
        }
        Assert.AreEqual("test", Encoding.ASCII.GetString(files.ReadAllBytes("test.bin")));
    }

    private sealed class TemporaryZeros : IDisposable
    {
        public TemporaryZeros(string path, long length)
        {
            Stream = File.Create(path);
            Stream.SetLength(length);
        }

        public FileStream Stream { get; }

        public void Dispose() => Stream.Dispose();
    }

    [TestMethod]
    public void Files_that_nobody_has_recorded_are_of_an_unknown_variant()
    {
        using var folder = new TemporaryFolder();
        folder.Write("train.bin", "train");
        folder.Write("test.bin", "tests");
        Assert.AreEqual(DataFiles.UnknownVariant, DataFiles.Find("dataset 'stones'", Layout, folder.Path).VariantOf(Layout));
    }

    [TestMethod]
    public void A_variant_can_be_known_by_MD5_where_nothing_else_is_published()
    {
        using var folder = new TemporaryFolder();
        folder.Write("train.bin", "train");
        folder.Write("test.bin", "tests");
        DataLayout Knows(string md5) =>
            Layout with
            {
                Variants =
                [
                    new DataVariant(
                        "old",
                        "",
                        new Dictionary<string, string> { ["train.bin"] = Sum("train") },
                        new Dictionary<string, string> { ["test.bin"] = md5 }
                    ),
                ],
            };
        var files = DataFiles.Find("dataset 'stones'", Layout, folder.Path);
        var right = Knows("b61a6d542f9036550ba9c401c80f00ef");
        Assert.AreEqual("old", files.VariantOf(right));
        var wrong = Knows("098f6bcd4621d373cade4e832627b4f6");
        Assert.AreEqual(DataFiles.UnknownVariant, files.VariantOf(wrong));
        CollectionAssert.AreEqual(new[] { "test.bin" }, files.Differing(wrong.Variants[0]).ToArray());
    }

    [TestMethod]
    public void Missing_files_are_named_with_the_way_to_get_them()
    {
        using var folder = new TemporaryFolder();
        Assert.AreEqual(
            $"the files of dataset 'stones' are not at {folder.Path}. Collect stones.tar.gz at the beach and put it there.",
            Refused.With(ExitCode.Environment, () => DataFiles.Find("dataset 'stones'", Layout, folder.Path))
        );
        folder.Write("stones-bin/train.bin", "train");
        Assert.Contains(
            $"{folder.At("stones-bin")} lacks test.bin. Collect",
            Refused.With(ExitCode.Environment, () => DataFiles.Find("dataset 'stones'", Layout, folder.Path))
        );
        Assert.Contains(
            "are not at",
            Refused.With(ExitCode.Environment, () => DataFiles.Find("dataset 'stones'", Layout, folder.At("nowhere")))
        );
    }

    [TestMethod]
    public void An_archive_that_lacks_a_file_is_another_one()
    {
        using var folder = new TemporaryFolder();
        WriteArchive(folder.At("stones.tar.gz"), ("stones-bin/train.bin", "train"));
        var files = DataFiles.Find("dataset 'stones'", Layout, folder.Path);
        Assert.Contains("stones.tar.gz lacks test.bin", Refused.With(ExitCode.Environment, () => files.Checksums()));
    }

    [TestMethod]
    public void A_damaged_archive_is_refused_in_a_sentence_however_it_is_damaged()
    {
        using var folder = new TemporaryFolder();
        var archive = folder.At("stones.tar.gz");
        WriteArchive(archive, ("stones-bin/train.bin", new string('x', 3000)), ("stones-bin/test.bin", "test"));
        var zipped = File.ReadAllBytes(archive);
        var tar = Unzip(zipped);
        var random = new Random(8732);
        for (var i = 0; i < 400; i++)
        {
            // Half of them damage the compressed bytes, half what was compressed.
            var bytes = (i % 2 == 0 ? zipped : tar).ToArray();
            for (var n = random.Next(1, 4); n > 0; n--)
                bytes[random.Next(i % 2 == 0 ? bytes.Length : 512)] = (byte)random.Next(256);
            if (random.Next(3) == 0)
                bytes = bytes[..random.Next(bytes.Length)];
            File.WriteAllBytes(archive, i % 2 == 0 ? bytes : Zip(bytes));
            try
            {
                Assert.HasCount(2, DataFiles.Find("dataset 'stones'", Layout, archive).Checksums());
            }
            catch (SatException e)
            {
                Assert.AreEqual(ExitCode.Environment, e.ExitCode);
                Assert.Contains("Get it again.", e.Message);
            }
        }
    }

    [TestMethod]
    public void A_text_file_is_no_archive()
    {
        using var folder = new TemporaryFolder();
        folder.Write("stones.tar.gz", "404 not found");
        var files = DataFiles.Find("dataset 'stones'", Layout, folder.Path);
        Assert.Contains(
            "stones.tar.gz is not a tar.gz archive: it is text that begins with '404 not found'.",
            Refused.With(ExitCode.Environment, () => files.ReadAllBytes("test.bin"))
        );
        folder.Write("stones.tar.gz", "<html><body>Log in</body></html>");
        Assert.Contains(
            "stones.tar.gz is not a tar.gz archive: it is an HTML page",
            Refused.With(ExitCode.Environment, () => files.Checksums())
        );
    }

    [TestMethod]
    public void A_folder_of_a_persons_own_is_taken_whole_by_relative_names()
    {
        using var folder = new TemporaryFolder();
        folder.Write("train/cat/1.png", "1");
        folder.Write("test/dog/2.png", "2");
        CollectionAssert.AreEqual(
            new[] { "test/dog/2.png", "train/cat/1.png" },
            DataFiles.At("dataset 'image-folder'", folder.Path).Names.ToArray()
        );
        CollectionAssert.AreEqual(new[] { "1.png" }, DataFiles.At("dataset 'npz'", folder.At("train", "cat", "1.png")).Names.ToArray());
        Assert.AreEqual(
            $"dataset 'npz': there is no file or folder {folder.At("no")}. Correct the path, or put the files there.",
            Refused.With(ExitCode.Environment, () => DataFiles.At("dataset 'npz'", folder.At("no")))
        );
    }

    [TestMethod]
    public void A_file_that_went_away_is_the_environments_fault()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.bin", "1");
        var files = DataFiles.At("dataset 'npz'", folder.Path);
        File.Delete(folder.At("a.bin"));
        Assert.Contains("a.bin in", Refused.With(ExitCode.Environment, () => files.ReadAllBytes("a.bin")));
    }

    private static string Sum(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)));

    private static void WriteArchive(string path, params (string Name, string Content)[] files)
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var (name, content) in files)
                writer.WriteEntry(
                    new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.ASCII.GetBytes(content)) }
                );
        }
        File.WriteAllBytes(path, Zip(tar.ToArray()));
    }

    private static byte[] Zip(byte[] bytes)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return result.ToArray();
    }

    private static byte[] Unzip(byte[] bytes)
    {
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var result = new MemoryStream();
        gzip.CopyTo(result);
        return result.ToArray();
    }
}

using System.Formats.Tar;
using Sat.Data.Unpacking;
using Sat.Records;
using Sat.Records.Data;

namespace Sat.Data.Tests;

/// <summary>Archives, friendly and hostile.</summary>
[TestClass]
public sealed class UnpackingTests
{
    private static readonly (string, byte[])[] Both = [("pebbles-bin/train.bin", Pebbles.Train), ("pebbles-bin/test.bin", Pebbles.Test)];

    [TestMethod]
    [DataRow(DataFormat.TarGz)]
    [DataRow(DataFormat.Tar)]
    [DataRow(DataFormat.Zip)]
    public void The_layouts_files_come_out_of_each_format(DataFormat format)
    {
        using var folder = new TemporaryFolder();
        Unpack(folder, Packed(format, Both), format);
        CollectionAssert.AreEqual(new[] { "pebbles-bin/test.bin", "pebbles-bin/train.bin" }, folder.Files("out"));
        CollectionAssert.AreEqual(Pebbles.Train, File.ReadAllBytes(folder.At("out", "pebbles-bin", "train.bin")));
        CollectionAssert.AreEqual(Pebbles.Test, File.ReadAllBytes(folder.At("out", "pebbles-bin", "test.bin")));
    }

    [TestMethod]
    [DataRow("./pebbles-bin/")]
    [DataRow("")]
    public void The_folder_may_be_written_otherwise_in_the_archive(string prefix)
    {
        using var folder = new TemporaryFolder();
        Unpack(
            folder,
            Pebbles.Tar(Pebbles.File(prefix + "train.bin", Pebbles.Train), Pebbles.File(prefix + "test.bin", Pebbles.Test)),
            DataFormat.Tar
        );
        CollectionAssert.AreEqual(new[] { "pebbles-bin/test.bin", "pebbles-bin/train.bin" }, folder.Files("out"));
    }

    [TestMethod]
    public void A_file_without_archive_is_taken_as_it_is()
    {
        using var folder = new TemporaryFolder();
        var source = Pebbles.Of("train.bin", Pebbles.Train, DataFormat.File);
        Unpacker.Unpack(
            source,
            folder.Write("train.bin", Pebbles.Train),
            Pebbles.Layout with
            {
                Folder = "",
            },
            folder.At("out"),
            new Recorder(),
            default
        );
        CollectionAssert.AreEqual(Pebbles.Train, File.ReadAllBytes(folder.At("out", "train.bin")));
        CollectionAssert.AreEqual(new[] { "train.bin" }, folder.Files("out"));
    }

    [TestMethod]
    public void Nothing_lands_outside_the_folder_whatever_an_archive_holds()
    {
        using var folder = new TemporaryFolder();
        var outside = folder.At("outside");
        Directory.CreateDirectory(outside);
        var evil = "evil"u8;
        var archive = Pebbles.Tar(
            Pebbles.File("../evil.bin", evil),
            Pebbles.File("pebbles-bin/../../evil.bin", evil),
            Pebbles.File(outside + "/evil.bin", evil),
            Pebbles.File("/evil.bin", evil),
            Pebbles.File(@"..\evil.bin", evil),
            // Followed, these links would carry what comes after them away.
            Pebbles.Link(TarEntryType.SymbolicLink, "pebbles-bin", outside),
            Pebbles.Link(TarEntryType.SymbolicLink, "pebbles-bin/sub", "../../outside"),
            Pebbles.Link(TarEntryType.HardLink, "pebbles-bin/passwd", "/etc/passwd"),
            new PaxTarEntry(TarEntryType.CharacterDevice, "pebbles-bin/null") { DeviceMajor = 1, DeviceMinor = 3 },
            new PaxTarEntry(TarEntryType.Fifo, "pebbles-bin/pipe"),
            Pebbles.File("pebbles-bin/train.bin", Pebbles.Train),
            Pebbles.File("pebbles-bin/sub/evil.bin", evil),
            Pebbles.File("pebbles-bin/test.bin", Pebbles.Test)
        );
        Unpack(folder, archive, DataFormat.Tar);
        CollectionAssert.AreEqual(new[] { "archive", "out/pebbles-bin/test.bin", "out/pebbles-bin/train.bin" }, folder.Files());
        Assert.IsFalse(File.Exists("/evil.bin"));
        CollectionAssert.AreEqual(Pebbles.Train, File.ReadAllBytes(folder.At("out", "pebbles-bin", "train.bin")));

        using var zipped = new TemporaryFolder();
        Unpack(
            zipped,
            Pebbles.Zip([
                ("../evil.bin", evil.ToArray()),
                (@"..\evil.bin", evil.ToArray()),
                (outside + "/evil.bin", evil.ToArray()),
                .. Both,
            ]),
            DataFormat.Zip
        );
        CollectionAssert.AreEqual(new[] { "archive", "out/pebbles-bin/test.bin", "out/pebbles-bin/train.bin" }, zipped.Files());
        Assert.IsEmpty(folder.Files("outside"));
    }

    [TestMethod]
    [DataRow(TarEntryType.SymbolicLink)]
    [DataRow(TarEntryType.HardLink)]
    [DataRow(TarEntryType.CharacterDevice)]
    [DataRow(TarEntryType.BlockDevice)]
    [DataRow(TarEntryType.Fifo)]
    [DataRow(TarEntryType.Directory)]
    public void A_file_that_is_none_is_refused(TarEntryType type)
    {
        using var folder = new TemporaryFolder();
        var entry = new PaxTarEntry(type, "pebbles-bin/test.bin");
        if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
            entry.LinkName = "/etc/passwd";
        var message = Refuse(folder, Pebbles.Tar(Pebbles.File("pebbles-bin/train.bin", Pebbles.Train), entry), DataFormat.Tar);
        Assert.Contains("but it should be a file", message);
        CollectionAssert.AreEqual(new[] { "pebbles-bin/train.bin" }, folder.Files("out"));
    }

    [TestMethod]
    public void A_link_in_a_zip_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var stream = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(stream, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            var link = zip.CreateEntry("pebbles-bin/train.bin");
            link.ExternalAttributes = unchecked((int)0xA1FF0000);
            using var content = link.Open();
            content.Write("/etc/passwd"u8);
        }
        Assert.Contains("contains train.bin as something other than a file", Refuse(folder, stream.ToArray(), DataFormat.Zip));
    }

    [TestMethod]
    public void A_bomb_is_refused_by_what_it_states_of_itself()
    {
        using var folder = new TemporaryFolder();
        var bomb = Packed(DataFormat.TarGz, ("pebbles-bin/train.bin", new byte[50_000_000]));
        Assert.IsLessThan(400_000, bomb.Length);
        Assert.Contains("would unpack to more than the", Refuse(folder, bomb, DataFormat.TarGz));
        Assert.IsLessThan(1_000_000L, folder.Files("out").Sum(f => new FileInfo(folder.At("out", f)).Length));

        using var zipped = new TemporaryFolder();
        Assert.Contains(
            "would unpack to more than the",
            Refuse(zipped, Packed(DataFormat.Zip, ("pebbles-bin/train.bin", new byte[50_000_000])), DataFormat.Zip)
        );
    }

    [TestMethod]
    public void What_the_author_states_is_the_limit_where_it_is_known()
    {
        using var folder = new TemporaryFolder();
        var all = Pebbles.Train.Length + Pebbles.Test.Length;
        Unpack(folder, Packed(DataFormat.Tar, Both), DataFormat.Tar, s => s with { UnpackedBytes = all });
        using var other = new TemporaryFolder();
        var path = other.Write("archive", Packed(DataFormat.Tar, Both));
        Assert.Contains(
            "would unpack to more than the 49,999 bytes",
            Assert.ThrowsExactly<SatException>(() => Run(other, path, DataFormat.Tar, s => s with { UnpackedBytes = all - 1 })).Message
        );
    }

    [TestMethod]
    public void No_more_comes_out_of_a_zip_than_it_states()
    {
        using var folder = new TemporaryFolder();
        var zip = Packed(DataFormat.Zip, Both);
        // Where the central directory states the uncompressed length of the first entry: signature, then 24 bytes on.
        var directory = zip.AsSpan().IndexOf("PK\u0001\u0002"u8);
        Assert.AreEqual(Pebbles.Train.Length, BitConverter.ToInt32(zip, directory + 24));
        BitConverter.GetBytes(1000).CopyTo(zip, directory + 24);
        Unpack(folder, zip, DataFormat.Zip);
        CollectionAssert.AreEqual(
            Pebbles.Train[..1000],
            File.ReadAllBytes(folder.At("out", "pebbles-bin", "train.bin")),
            "and its checksum will tell"
        );
    }

    [TestMethod]
    public void A_file_that_is_missing_or_there_twice_is_named()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("lacks test.bin", Refuse(folder, Packed(DataFormat.Tar, Both[0]), DataFormat.Tar));
        using var twice = new TemporaryFolder();
        Assert.Contains("contains train.bin twice", Refuse(twice, Packed(DataFormat.Tar, Both[0], Both[0]), DataFormat.Tar));
    }

    [TestMethod]
    public void An_archive_that_is_damaged_is_told_in_a_sentence_however_it_is_damaged()
    {
#pragma warning disable CA5394 // The same damage each time.
        var random = new Random(2002);
        foreach (var format in new[] { DataFormat.TarGz, DataFormat.Tar, DataFormat.Zip })
        {
            var whole = Packed(format, ("pebbles-bin/train.bin", Pebbles.Train[..3000]), ("pebbles-bin/test.bin", Pebbles.Test[..3000]));
            for (var i = 0; i < 150; i++)
            {
                using var folder = new TemporaryFolder();
                var bytes = whole.ToArray();
                for (var n = random.Next(1, 5); n > 0; n--)
                    bytes[random.Next(2) == 0 ? random.Next(Math.Min(600, bytes.Length)) : bytes.Length - 1 - random.Next(200)] = (byte)
                        random.Next(256);
                if (random.Next(3) == 0)
                    bytes = bytes[..random.Next(bytes.Length)];
                try
                {
                    Unpack(folder, bytes, format);
                }
                catch (SatException e)
                {
                    Assert.AreEqual(ExitCode.Environment, e.ExitCode);
                    Assert.StartsWith(folder.At("archive") + " ", e.Message);
                }
                Assert.IsEmpty(folder.Files().Except(["archive", "out/pebbles-bin/train.bin", "out/pebbles-bin/test.bin"]));
            }
        }
#pragma warning restore CA5394
    }

    private static byte[] Packed(DataFormat format, params (string Name, byte[] Content)[] files)
    {
        if (format == DataFormat.Zip)
            return Pebbles.Zip(files);
        var tar = Pebbles.Tar([.. files.Select(f => Pebbles.File(f.Name, f.Content))]);
        return format == DataFormat.TarGz ? Pebbles.TarGz(tar) : tar;
    }

    private static void Unpack(TemporaryFolder folder, byte[] archive, DataFormat format, Func<DataSource, DataSource>? with = null) =>
        Run(folder, folder.Write("archive", archive), format, with);

    private static void Run(TemporaryFolder folder, string archive, DataFormat format, Func<DataSource, DataSource>? with = null)
    {
        var source = Pebbles.Of("archive", [], format) with { Bytes = null };
        Unpacker.Unpack(with?.Invoke(source) ?? source, archive, Pebbles.Layout, folder.At("out"), new Recorder(), default);
    }

    private static string Refuse(TemporaryFolder folder, byte[] archive, DataFormat format)
    {
        var error = Assert.ThrowsExactly<SatException>(() => Unpack(folder, archive, format));
        Assert.AreEqual(ExitCode.Environment, error.ExitCode);
        Assert.StartsWith(folder.At("archive") + " ", error.Message);
        return error.Message;
    }
}

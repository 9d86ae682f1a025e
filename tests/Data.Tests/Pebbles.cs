using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Sat.Records.Components;
using Sat.Records.Data;

namespace Sat.Data.Tests;

/// <summary>A dataset of two files, and the archives that it could come in.</summary>
internal static class Pebbles
{
    public const string Id = "pebbles";
    public const string Name = "pebbles.tar.gz";

    /// <summary>Random, so that no compression shortens them.</summary>
    public static byte[] Train { get; } = Bytes(1, 200_000);

    public static byte[] Test { get; } = Bytes(2, 50_000);

    public static byte[] Archive { get; } =
        TarGz(Tar(File("pebbles-bin/readme.txt", "Read me."u8), File("pebbles-bin/train.bin", Train), File("pebbles-bin/test.bin", Test)));

    public static DataSource Source { get; } = Of(Name, Archive);

    public static DataLayout Layout { get; } =
        new()
        {
            Folder = "pebbles-bin",
            Files = ["train.bin", "test.bin"],
            Sources = [Source],
            Obtain = "Collect them at the beach.",
            Variants =
            [
                new DataVariant(
                    "published",
                    "As they lay there.",
                    new Dictionary<string, string> { ["train.bin"] = Sha256(Train), ["test.bin"] = Sha256(Test) }
                ),
            ],
        };

    public static OtherVersion Python { get; } =
        new()
        {
            Name = "the Python version of the pebbles",
            Folder = "pebbles-py",
            Archive = "pebbles-python.tar.gz",
            Files = ["train", "test"],
            Makes = new Dictionary<string, PickledRows>
            {
                ["train.bin"] = new() { File = "train", Columns = ["stones"] },
                ["test.bin"] = new() { File = "test", Columns = ["stones"] },
            },
        };

    public static ComponentSchema Dataset { get; } = With(Layout);

    public static ComponentSchema With(DataLayout? layout) =>
        new()
        {
            Kind = ComponentKind.Dataset,
            Id = Id,
            Summary = "Pebbles.",
            Data = layout,
        };

    public static ComponentSchema With(params DataSource[] sources) => With(Layout with { Sources = sources });

    public static DataSource Of(string name, byte[] content, DataFormat format = DataFormat.TarGz) =>
        new()
        {
            Name = name,
            Address = "https://beach.invalid/" + name,
            Format = format,
            Bytes = content.Length,
            Sha256 = Sha256(content),
        };

    public static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public static byte[] Bytes(int seed, int count)
    {
        var bytes = new byte[count];
#pragma warning disable CA5394 // Any bytes, the same each time.
        new Random(seed).NextBytes(bytes);
#pragma warning restore CA5394
        return bytes;
    }

    public static TarEntry File(string name, ReadOnlySpan<byte> content) =>
        new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content.ToArray()) };

    public static TarEntry Link(TarEntryType type, string name, string to) => new PaxTarEntry(type, name) { LinkName = to };

    public static byte[] Tar(params TarEntry[] entries)
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var entry in entries)
                writer.WriteEntry(entry);
        }
        return tar.ToArray();
    }

    public static byte[] TarGz(byte[] tar)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(tar);
        return result.ToArray();
    }

    public static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        using var result = new MemoryStream();
        using (var zip = new ZipArchive(result, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }
        return result.ToArray();
    }
}

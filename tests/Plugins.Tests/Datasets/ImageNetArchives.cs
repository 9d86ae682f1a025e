using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Sat.Datasets.Tests;

/// <summary>Small archives as image-net.org hands them out, of the classes of <c>meta.mat</c>.</summary>
static class ImageNetArchives
{
    /// <summary>WordNet ids by ILSVRC2012_ID - 1.</summary>
    public static readonly string[] Synsets = ["n01440764", "n03028079", "n02102040"];

    /// <summary>The class of each validation photo, as an index of <see cref="Synsets"/>.</summary>
    public static readonly int[] Truth = [2, 0, 1, 1];

    /// <summary>Writes photos, each a plain picture of its own level, packed or unpacked.</summary>
    public static void Write(TemporaryFolder folder, bool packed, byte first = 10)
    {
        var level = first;
        var train = Synsets
            .Order(StringComparer.Ordinal)
            .ToDictionary(c => c, c => Enumerable.Range(0, 3).Select(i => ($"{c}_{i * 7}.JPEG", Pictures.Plain(level += 3))).ToArray());
        var test = Truth.Select((_, i) => ($"ILSVRC2012_val_{i + 1:00000000}.JPEG", Pictures.Plain(level += 3))).ToArray();
        if (packed)
        {
            folder.Write("ILSVRC2012_img_train.tar", Tar(train.Select(c => ($"{c.Key}.tar", Tar(c.Value)))));
            folder.Write("ILSVRC2012_img_val.tar", Tar(test.Reverse()));
            WriteDevKit(folder);
            return;
        }
        foreach (var (name, file) in train.SelectMany(c => c.Value.Select(f => ($"train/{c.Key}/{f.Item1}", f.Item2))))
            folder.Write(name, file);
        foreach (var ((name, file), number) in test.Zip(Truth))
            folder.Write($"val/{Synsets[number]}/{name}", file);
    }

    public static byte[] Tar(IEnumerable<(string Name, byte[] Content)> files)
    {
        using var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var (name, content) in files)
                writer.WriteEntry(
                    new UstarTarEntry(TarEntryType.RegularFile, name)
                    {
                        DataStream = new MemoryStream(content),
                        ModificationTime = DateTimeOffset.UnixEpoch,
                    }
                );
        }
        return bytes.ToArray();
    }

    /// <summary>The table of classes that the development kit has.</summary>
    public static byte[] Meta => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "imagenet", "meta.mat"));

    /// <summary>Writes the development kit.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="table">Its table of synsets; null: that of <see cref="Synsets"/>.</param>
    /// <param name="truth">Its list of the photos' classes; null: that of <see cref="Truth"/>.</param>
    public static void WriteDevKit(TemporaryFolder folder, byte[]? table = null, byte[]? truth = null)
    {
        const string data = "ILSVRC2012_devkit_t12/data/";
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(
                Tar([
                    ("ILSVRC2012_devkit_t12/readme.txt", "about"u8.ToArray()),
                    (data + "meta.mat", table ?? Meta),
                    (
                        data + "ILSVRC2012_validation_ground_truth.txt",
                        truth ?? Encoding.ASCII.GetBytes(string.Concat(Truth.Select(t => FormattableString.Invariant($"{t + 1}\n"))))
                    ),
                ])
            );
        }
        folder.Write("ILSVRC2012_devkit_t12.tar.gz", bytes.ToArray());
    }
}

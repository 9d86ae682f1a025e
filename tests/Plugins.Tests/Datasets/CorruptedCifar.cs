using System.Formats.Tar;

namespace Sat.Datasets.Tests;

/// <summary>Files of the layout of CIFAR-10-C, smaller: images of one red each, which counts the rows of all corruptions.</summary>
static class CorruptedCifar
{
    public const string Archive = "CIFAR-10-C.tar";
    public const int Severities = 5;

    public static readonly string[] Common =
    [
        "gaussian_noise",
        "shot_noise",
        "impulse_noise",
        "defocus_blur",
        "glass_blur",
        "motion_blur",
        "zoom_blur",
        "snow",
        "frost",
        "fog",
        "brightness",
        "contrast",
        "elastic_transform",
        "pixelate",
        "jpeg_compression",
    ];

    public static readonly string[] Extra = ["speckle_noise", "gaussian_blur", "spatter", "saturate"];

    /// <summary>All files, of two images a severity.</summary>
    /// <param name="red">The red of an image, of the position of its corruption and of its row.</param>
    public static Dictionary<string, byte[]> Files(Func<int, int, byte>? red = null)
    {
        const int rows = 2 * Severities;
        var files = Common
            .Concat(Extra)
            .Select((name, i) => (name, i))
            .ToDictionary(c => c.name + ".npy", c => Images(rows, row => red?.Invoke(c.i, row) ?? (byte)((c.i * rows) + row)));
        files["labels.npy"] = Npy<byte>([.. Enumerable.Range(0, rows).Select(i => (byte)(i % 2 == 0 ? 3 : 9))], rows);
        return files;
    }

    /// <summary>Images of a red each, and of a green that grows with the row and a blue that grows with the column.</summary>
    public static byte[] Images(int count, Func<int, byte> red, int side = 32)
    {
        var pixels = new byte[count * side * side * 3];
        for (var i = 0; i < pixels.Length; i += 3)
        {
            var at = i / 3;
            (pixels[i], pixels[i + 1], pixels[i + 2]) = (red(at / (side * side)), (byte)(at / side % side), (byte)(at % side));
        }
        return Npy<byte>(pixels, count, side, side, 3);
    }

    public static byte[] Npy<T>(T[] values, params long[] shape)
        where T : unmanaged
    {
        using var written = new MemoryStream();
        Records.Arrays.Npy.Write<T>(written, values, shape);
        return written.ToArray();
    }

    public static byte[] Tar(IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        using var written = new MemoryStream();
        using (var tar = new TarWriter(written, TarEntryFormat.Ustar, leaveOpen: true))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.Directory, "CIFAR-10-C/"));
            foreach (var (name, content) in files)
                tar.WriteEntry(
                    new UstarTarEntry(TarEntryType.RegularFile, "CIFAR-10-C/" + name) { DataStream = new MemoryStream(content) }
                );
        }
        return written.ToArray();
    }
}

using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using System.Text.Json.Nodes;
using BitMiracle.LibTiff.Classic;
using Sat.Records;
using Sat.Records.Data;
using Sat.Records.Specs;
using Sat.Sdk;

namespace Sat.Fuzz.Tests;

/// <summary>
/// Damaged and crafted images, each through the decoder that a run uses. It is native code in this process: a crash of it ends the process
/// of the tests, and so fails them all; nothing here could pass over one.
/// </summary>
[TestClass]
public sealed class ImageFuzzTests
{
    private const string Jpeg =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09P"
        + "T09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAAGAAgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAbEAEAAAcAAAAAAAAAAAAAAAAAAgMFBhIykf/EABUBAQEAAAAAAAAAAAAAAAAAAAME/8QAHBEAAQMFAAAA"
        + "AAAAAAAAAAAAAAIDIgEEBRET/9oADAMBAAIRAxEAPwCWk23Iix14AgaknahcfdvcaSP/2Q==";

    private const string WebpLossy =
        "UklGRkYAAABXRUJQVlA4IDoAAAAQAgCdASoIAAYAAsBMJbACdLoAArrwcddgAP70uAI+6+THjrdlW5PuzvBtUJwLv/vkupxfNjF3jQAA";

    private const string WebpLossless =
        "UklGRnQAAABXRUJQVlA4TGgAAAAvB0ABAH8hECDkSPC/ZmI8GAQA2GL//+N/7dRQQw011FBj/hOggAuIuj8p9yPvvlTch3r3psW96DQYBgBYNDkb2baL6H8AZqKiWy7IbVz2642ES6phe7D0aT3uL1FB1kzHR3WYt/P5Aw==";

    private const string AnimatedGif =
        "R0lGODlhEAAQALMAAAAAABERESIiIjMzM0RERFVVVWZmZnd3d4iIiJmZmaqqqru7u8zMzN3d3e7u7v///yH5BAQKAAAALAAAAAAQABAAAAStEAQxSDEHJbVYg+4FMUgxByW1GGzuATFIMQcltSBr7oEwSDEHJQUXa+6BIEgxByWoFmvugSBGMQfBpBZr7oEgBjEHoqQWa+6BIAYp8KCkFmvugSAGgcWgpBZr7oEgBiTFnKQWa+6BIOAgxRykFmvugQDFIMUclBZr7gEYxCDFHJQUa+5BEMQgxRyU1GoOPhDEIMUclNRi0D0QxCDFHJTUgqw9EMQgxRyUFFysuQgAIfkEBAoAAAAsAAAAABAAEAAABK3wucaWSuiYQoaAAbjGlkromEIGFAG8xpZK6JhC4BABPMeWSuiYAskQATzXlkroGFjIEAE815hK6EBTyBABPN"
        + "fYSggeU8gQATzX2FIQHVPIEAE819iCKh1TyBABPNcYXCohU8gQATzXIFsqoVPIEAE8BxtbKqFjyBABPOgaWyqhY8oQAcDnGlsqoWMKEQGC5xpbKqFjChkwgOcaWyqhYwqBQ4DnGlsqoWMKJEOECAAh+QQECgAAACwAAAAAEAAQAAAErRAAAAAAAAAAAIAAAAAAAAAAAAAEAAAAAAAAAAAgAAAAAAAAAAAAAQAAAAAAAAAACAAAAAAAAAAAQAAAAAAAAAAAAAIAAAAAAAAAABAAAAAAAAAAAIAAAAAAAAAAAAAEAAAAAAAAAAAgAAAAAAAAAAAAAQAAAAAAAAAACAAAAAAAAAAAQAAAAAAAAAAAAAIAAAAAAAAAABAAAAAAAAAAAIAAAAAAAAAAAAAEAIAIADs=";

    /// <summary>Sizes that overflow 32 bits when multiplied, that are as large as their fields allow, or that are none.</summary>
    private static readonly (uint Width, uint Height)[] Sizes =
    [
        (65536, 16385),
        (16385, 65536),
        (32768, 32768),
        (46341, 46341),
        (65535, 65535),
        (65536, 65536),
        (0x7fffffff, 1),
        (1, 0x7fffffff),
        (0x20000001, 2),
        (0x40000001, 4),
        (0xffffffff, 0xffffffff),
        (0x80000000, 0x80000000),
        (0, 6),
        (8, 0),
        (0, 0),
        (16384, 16384),
        (12000, 12000),
    ];

    [TestMethod]
    [Timeout(300_000)]
    [DataRow("png", 3)]
    [DataRow("png of 16 bits", 3)]
    [DataRow("png, interlaced", 3)]
    [DataRow("jpeg", 8)]
    [DataRow("gif, animated", 4)]
    [DataRow("bmp", 20)]
    [DataRow("bmp, top down", 20)]
    [DataRow("webp, lossy", 8)]
    [DataRow("webp, lossless", 8)]
    [DataRow("tiff", 8)]
    [DataRow("tiff, lzw in tiles", 4)]
    [DataRow("tiff, deflate, 16 bits", 4)]
    [DataRow("tiff, packbits, palette", 8)]
    [DataRow("tiff, one bit", 8)]
    [DataRow("tiff, jpeg", 8)]
    [DataRow("tiff, wide", 8)]
    [DataRow("ppm", 20)]
    [DataRow("ppm, text", 4)]
    [DataRow("pbm", 20)]
    public void A_damaged_image_is_decoded_or_refused(string format, int atLeastOneIn)
    {
        using var folder = new TemporaryFolder();
        var original = Image(format);
        Lay(folder, original);
        Open(folder).Dispose();

        var refused = Fuzzing.Each(original, (bytes, seed) =>
        {
            // Half of them with right checksums, so that the damage is not found before it is decoded.
            folder.Write(
                "train/a/0.png",
                format.StartsWith("png", StringComparison.Ordinal) && seed % 2 == 0 ? WithChecksums(bytes) : bytes
            );
            Open(folder).Dispose();
        });

        Assert.IsGreaterThan(Fuzzing.InProcess / atLeastOneIn, refused);
    }

    [TestMethod]
    [Timeout(300_000)]
    [DataRow("png")]
    [DataRow("png of 16 bits")]
    [DataRow("png, interlaced")]
    [DataRow("jpeg")]
    [DataRow("gif, animated")]
    [DataRow("bmp")]
    [DataRow("bmp, top down")]
    [DataRow("webp, lossless")]
    [DataRow("tiff")]
    [DataRow("tiff, lzw in tiles")]
    [DataRow("tiff, deflate, 16 bits")]
    [DataRow("tiff, packbits, palette")]
    [DataRow("tiff, one bit")]
    [DataRow("tiff, jpeg")]
    [DataRow("ppm")]
    [DataRow("ppm, text")]
    [DataRow("pbm")]
    public void An_image_that_states_another_size_than_it_has_is_refused_and_takes_no_memory_for_it(string format)
    {
        using var folder = new TemporaryFolder();
        var original = Image(format);
        Lay(folder, original);
        foreach (var (width, height) in Sizes)
        {
            folder.Write("train/a/0.png", Stating(format, original, width, height));
            var before = GC.GetTotalAllocatedBytes();
            var error = Assert.ThrowsExactly<SatException>(() => Open(folder, maxPixels: 100_000).Dispose(), $"{width} x {height}");
            Assert.AreEqual(ExitCode.Environment, error.ExitCode);
            Assert.Contains("train/a/0.png", error.Message);
            Assert.IsLessThan(32L << 20, GC.GetTotalAllocatedBytes() - before, $"{width} x {height}");
        }
    }

    private static IDataset Open(TemporaryFolder folder, long? maxPixels = null)
    {
        var options = new JsonObject { ["size"] = 4 };
        if (maxPixels is { } limit)
            options["max-pixels"] = limit;
        return Fuzzing.Host.OpenDataset(
            new ComponentSpec { Id = "image-folder", Options = options },
            new Dictionary<string, string> { ["path"] = folder.Path },
            new DatasetContext(DataFiles.At("image-folder", folder.Path))
        );
    }

    private static void Lay(TemporaryFolder folder, byte[] image)
    {
        folder.Write("train/a/0.png", image);
        folder.Write("test/a/0.png", image);
    }

    private static byte[] Image(string format) =>
        format switch
        {
            "png" => Png(8, interlaced: false),
            "png of 16 bits" => Png(16, interlaced: false),
            "png, interlaced" => Png(8, interlaced: true),
            "jpeg" => Convert.FromBase64String(Jpeg),
            "gif, animated" => Convert.FromBase64String(AnimatedGif),
            "bmp" => Bmp(6),
            "bmp, top down" => Bmp(-6),
            "webp, lossy" => Convert.FromBase64String(WebpLossy),
            "tiff" => Tiff(Compression.NONE),
            "tiff, lzw in tiles" => Tiff(Compression.LZW, tiled: true),
            "tiff, deflate, 16 bits" => Tiff(Compression.ADOBE_DEFLATE, bits: 16),
            "tiff, packbits, palette" => Tiff(Compression.PACKBITS, samples: 1, photometric: Photometric.PALETTE),
            "tiff, one bit" => Tiff(Compression.NONE, samples: 1, bits: 1, photometric: Photometric.MINISBLACK),
            "tiff, jpeg" => Tiff(Compression.JPEG),
            "tiff, wide" => Tiff(Compression.LZW, wide: true),
            "ppm" => [.. "P6 8 6 255\n"u8, .. Enumerable.Range(0, 144).Select(i => (byte)(i * 5))],
            "ppm, text" => Encoding.ASCII.GetBytes(
                $"P3 8 6 255\n{string.Join(' ', Enumerable.Range(0, 144).Select(i => (byte)(i * 5)))}\n"
            ),
            "pbm" => [.. "P4 8 6\n"u8, 1, 2, 3, 4, 5, 6],
            _ => Convert.FromBase64String(WebpLossless),
        };

    /// <summary>The same image with another size in its header. What does not fit into a format's fields is cut to them.</summary>
    private static byte[] Stating(string format, byte[] original, uint width, uint height)
    {
        byte[] bytes = [.. original];
        switch (format)
        {
            case "jpeg":
                var frame = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xff, 0xc0]);
                BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(frame + 5), Field(height, 0xffff));
                BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(frame + 7), Field(width, 0xffff));
                return bytes;
            case "gif, animated":
                BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(6), Field(width, 0xffff));
                BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), Field(height, 0xffff));
                // A frame larger than its screen widens the screen, so the frames get the size too.
                for (var at = 13 + 48; at < bytes.Length - 9; at++)
                {
                    if (bytes[at] == 0x2c && bytes.AsSpan(at + 1, 4).SequenceEqual(new byte[4]))
                    {
                        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at + 5), Field(width, 0xffff));
                        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at + 7), Field(height, 0xffff));
                    }
                }
                return bytes;
            case "bmp" or "bmp, top down":
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(18), width);
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(22), format == "bmp" ? height : (uint)-(int)height);
                return bytes;
            case "webp, lossless":
                var size = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(21)) & 0xf0000000;
                BinaryPrimitives.WriteUInt32LittleEndian(
                    bytes.AsSpan(21),
                    size | (Field(width, 0x4000) - 1u) & 0x3fff | ((Field(height, 0x4000) - 1u) & 0x3fff) << 14
                );
                return bytes;
            case "ppm" or "ppm, text" or "pbm":
                var stated = string.Create(CultureInfo.InvariantCulture, $"P{(char)bytes[1]} {width} {height}");
                return [.. Encoding.ASCII.GetBytes(stated), .. bytes["P6 8 6".Length..]];
            case var tiff when tiff.StartsWith("tiff", StringComparison.Ordinal):
                var directory = (int)BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4));
                for (var entry = 0; entry < BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(directory)); entry++)
                {
                    var at = bytes.AsSpan(directory + 2 + entry * 12, 12);
                    if (BinaryPrimitives.ReadUInt16LittleEndian(at) is (256 or 257) and var tag)
                    {
                        BinaryPrimitives.WriteUInt16LittleEndian(at[2..], 4);
                        BinaryPrimitives.WriteUInt32LittleEndian(at[8..], tag == 256 ? width : height);
                    }
                }
                return bytes;
            default:
                BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(16), width);
                BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(20), height);
                return WithChecksums(bytes);
        }
    }

    /// <summary>8 x 6 pixels.</summary>
    private static byte[] Tiff(
        Compression compression,
        bool tiled = false,
        int samples = 3,
        int bits = 8,
        Photometric photometric = Photometric.RGB,
        bool wide = false
    )
    {
        using var stream = new MemoryStream();
        using (var tiff = BitMiracle.LibTiff.Classic.Tiff.ClientOpen("image", wide ? "wl8" : "wl", stream, new Kept()))
        {
            tiff.SetField(TiffTag.IMAGEWIDTH, 8);
            tiff.SetField(TiffTag.IMAGELENGTH, 6);
            tiff.SetField(TiffTag.BITSPERSAMPLE, bits);
            tiff.SetField(TiffTag.SAMPLESPERPIXEL, samples);
            tiff.SetField(TiffTag.PHOTOMETRIC, photometric);
            tiff.SetField(TiffTag.COMPRESSION, compression);
            tiff.SetField(TiffTag.PLANARCONFIG, PlanarConfig.CONTIG);
            if (photometric == Photometric.PALETTE)
            {
                ushort[] ramp = [.. Enumerable.Range(0, 256).Select(i => (ushort)(i * 257))];
                tiff.SetField(TiffTag.COLORMAP, ramp, ramp, ramp);
            }
            byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(i * 11))];
            if (tiled)
            {
                tiff.SetField(TiffTag.TILEWIDTH, 16);
                tiff.SetField(TiffTag.TILELENGTH, 16);
                tiff.WriteTile(Bytes(16 * 16 * samples * bits / 8), 0, 0, 0, 0);
            }
            else
            {
                tiff.SetField(TiffTag.ROWSPERSTRIP, compression == Compression.JPEG ? 8 : 3);
                for (var y = 0; y < 6; y++)
                    tiff.WriteScanline(Bytes(8 * samples * bits / 8), y);
            }
        }
        return stream.ToArray();
    }

    /// <summary>Keeps the stream open when the file is closed.</summary>
    private sealed class Kept : TiffStream
    {
        public override void Close(object clientData) { }
    }

    private static ushort Field(uint value, uint most) => (ushort)Math.Min(value, most);

    private static byte[] Png(byte depth, bool interlaced)
    {
        const int width = 8,
            height = 6;
        var row = width * 3 * depth / 8;
        // The seven passes of an interlaced image: their rows and columns.
        (int Rows, int Columns)[] passes = interlaced ? [(1, 1), (1, 1), (1, 2), (2, 2), (1, 4), (3, 4), (3, 8)] : [(height, width)];
        using var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(pixels, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (var (rows, columns) in passes)
            {
                for (var y = 0; y < rows; y++)
                    zlib.Write([0, .. Enumerable.Range(0, row * columns / width).Select(i => (byte)(i * 11 + y * 40))]);
            }
        }
        return
        [
            0x89,
            .. "PNG\r\n"u8,
            0x1a,
            .. "\n"u8,
            .. Chunk("IHDR"u8, [0, 0, 0, width, 0, 0, 0, height, depth, 2, 0, 0, interlaced ? (byte)1 : (byte)0]),
            .. Chunk("IDAT"u8, pixels.ToArray()),
            .. Chunk("IEND"u8, []),
        ];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] content)
    {
        byte[] checkedPart = [.. type, .. content];
        var (length, sum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc32.HashToUInt32(checkedPart));
        return [.. length, .. checkedPart, .. sum];
    }

    /// <summary>Each chunk of a PNG with the checksum of what it holds, as far as chunks can be found.</summary>
    private static byte[] WithChecksums(byte[] png)
    {
        byte[] bytes = [.. png];
        var at = 8L;
        while (at + 12 <= bytes.Length)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan((int)at));
            if (at + 12 + length > bytes.Length)
                break;
            BinaryPrimitives.WriteUInt32BigEndian(
                bytes.AsSpan((int)(at + 8 + length)),
                Crc32.HashToUInt32(bytes.AsSpan((int)at + 4, (int)length + 4))
            );
            at += 12 + length;
        }
        return bytes;
    }

    /// <summary>8 x 6 pixels of 24 bits; a negative height stores the rows from the top.</summary>
    private static byte[] Bmp(int height)
    {
        var file = new byte[54 + 24 * 6];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), 54);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), 8);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        (file[26], file[28]) = (1, 24);
        for (var i = 54; i < file.Length; i++)
            file[i] = (byte)(i * 5);
        return file;
    }
}

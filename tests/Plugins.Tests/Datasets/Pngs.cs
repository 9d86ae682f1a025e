using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Sat.Datasets.Tests;

/// <summary>Small PNG files.</summary>
static class Pngs
{
    /// <summary>How a file is written.</summary>
    public sealed record Form
    {
        /// <summary>Samples a pixel: 1 and 3 are grey and colours, 2 and 4 the same with transparency.</summary>
        public int Samples { get; init; } = 3;

        public int Bits { get; init; } = 16;

        public bool Interlaced { get; init; }

        public byte Orientation { get; init; } = 1;
    }

    /// <summary>An image of so many pixels, whose rows go through all filters.</summary>
    /// <param name="side">Height and width.</param>
    /// <param name="form">How it is written.</param>
    /// <param name="sample">Column, row and sample to its value.</param>
    public static byte[] Write(int side, Form form, Func<int, int, int, int> sample)
    {
        using var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(pixels, CompressionLevel.Optimal, leaveOpen: true))
        {
            if (!form.Interlaced)
                Pass(0, 0, 1, 1);
            else
                foreach (
                    var (x, y, across, down) in new[]
                    {
                        (0, 0, 8, 8),
                        (4, 0, 8, 8),
                        (0, 4, 4, 8),
                        (2, 0, 4, 4),
                        (0, 2, 2, 4),
                        (1, 0, 2, 2),
                        (0, 1, 1, 2),
                    }
                )
                    Pass(x, y, across, down);

            void Pass(int left, int top, int across, int down)
            {
                byte[]? above = null;
                for (var y = top; y < side && left < side; y += down)
                {
                    var row = new List<byte>();
                    for (var x = left; x < side; x += across)
                    {
                        for (var c = 0; c < form.Samples; c++)
                        {
                            if (form.Bits == 16)
                                row.Add((byte)(sample(x, y, c) >> 8));
                            row.Add((byte)sample(x, y, c));
                        }
                    }
                    zlib.Write(Filtered(y / down % 5, [.. row], above ?? new byte[row.Count], form.Samples * form.Bits / 8));
                    above = [.. row];
                }
            }
        }
        byte colours = form.Samples switch
        {
            1 => 0,
            2 => 4,
            3 => 2,
            _ => 6,
        };
        byte[] exif = [.. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, form.Orientation, 0, 0, 0, 0, 0, 0];
        return
        [
            0x89,
            .. "PNG\r\n"u8,
            0x1a,
            .. "\n"u8,
            .. Chunk(
                "IHDR",
                [0, 0, 0, (byte)side, 0, 0, 0, (byte)side, (byte)form.Bits, colours, 0, 0, form.Interlaced ? (byte)1 : (byte)0]
            ),
            .. form.Orientation == 1 ? [] : Chunk("eXIf", exif),
            // In two chunks, of which the first is short.
            .. Chunk("IDAT", pixels.ToArray()[..7]),
            .. Chunk("IDAT", pixels.ToArray()[7..]),
            .. Chunk("IEND", []),
        ];
    }

    private static byte[] Filtered(int filter, byte[] row, byte[] above, int pixel)
    {
        var written = new byte[row.Length + 1];
        written[0] = (byte)filter;
        for (var i = 0; i < row.Length; i++)
        {
            var (a, b, c) = (i < pixel ? 0 : row[i - pixel], (int)above[i], i < pixel ? 0 : above[i - pixel]);
            // The nearest to a + b - c; of equals the first.
            var paeth = new[] { a, b, c }.MinBy(v => Math.Abs(a + b - c - v));
            written[i + 1] = (byte)(row[i] - new[] { 0, a, b, (a + b) / 2, paeth }[filter]);
        }
        return written;
    }

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. content];
        var (length, checksum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        // A gzip file ends with the same checksum, little-endian, and a length.
        using var zip = new MemoryStream();
        using (var gzip = new GZipStream(zip, CompressionLevel.NoCompression, leaveOpen: true))
            gzip.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(checksum, BinaryPrimitives.ReadUInt32LittleEndian(zip.ToArray().AsSpan()[^8..]));
        return [.. length, .. body, .. checksum];
    }
}

using System.Buffers.Binary;
using System.IO.Compression;
using Sat.Records.Arrays;

namespace Sat.Datasets.Files.Decoders;

/// <summary>Decodes PNG files of 16 bits a sample, of which Skia keeps the upper eight: https://www.w3.org/TR/png-3/</summary>
static class PngDecoder
{
    private const int SampleBytes = 2;
    private const int HeaderEnd = 33;

    /// <summary>Adam7: the first column and row of each pass, and the steps from there. Without it there is one pass over all.</summary>
    private static readonly (int X, int Y, int Across, int Down)[] Passes =
    [
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ];

    /// <summary>True if a file begins as a PNG of 16 bits.</summary>
    public static bool Knows(ReadOnlySpan<byte> file) =>
        file.Length >= HeaderEnd && PngChunks.Knows(file) && file[12..16].SequenceEqual("IHDR"u8) && file[24] == 16;

    /// <summary>Decodes an image; colours are taken as they are, without its profile or transparency.</summary>
    /// <param name="file">The file.</param>
    /// <param name="limit">How large it may be.</param>
    /// <param name="white">The value of white; null: 65535.</param>
    /// <exception cref="InvalidDataException">It is damaged, or too large.</exception>
    public static RgbImage Decode(byte[] file, ImageLimit limit, double? white)
    {
        var (width, height) = (
            BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(16)),
            BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(20))
        );
        var samples = file[25] switch
        {
            0 => 1,
            2 => 3,
            4 => 2,
            6 => 4,
            _ => throw new InvalidDataException($"it is damaged: it states 16 bits for the colours {file[25]}"),
        };
        if (file[26] != 0 || file[27] != 0 || file[28] > 1)
            throw new InvalidDataException("it is damaged: its header states a method that PNG does not have");
        return limit.Decode(width, height, () => Decode(file, (int)width, (int)height, samples, white).Upright(PngChunks.Origin(file)));
    }

    private static RgbImage Decode(byte[] file, int width, int height, int samples, double? white)
    {
        var rgba = new byte[(long)width * height * RgbImage.BytesPerPixel];
        var scale = new PixelScale(new NpyHeader(NpyKind.Unsigned, SampleBytes, false, false, []), white);
        using var pixels = new ZLibStream(Compressed(file), CompressionMode.Decompress);
        try
        {
            foreach (var (left, top, across, down) in file[28] == 1 ? Passes : [(0, 0, 1, 1)])
            {
                var (columns, rows) = ((width - left + across - 1) / across, (height - top + down - 1) / down);
                if ((long)columns * samples * SampleBytes > Array.MaxLength)
                    throw new InvalidDataException("it has more bytes in a row than can be decoded at once");
                if (columns > 0 && rows > 0)
                    Pass(columns, rows, (x, y) =>
                        (((long)top + (long)y * down) * width + left + (long)x * across) * RgbImage.BytesPerPixel
                    );
            }
            if (pixels.ReadByte() >= 0)
                throw new InvalidDataException("it is damaged: it has more pixels than its size");
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("it is cut off", e);
        }
        catch (InvalidDataException e) when (e.TargetSite?.DeclaringType?.Namespace == typeof(ZLibStream).Namespace)
        {
            throw new InvalidDataException("it is damaged", e);
        }
        return scale.Problem() is { } problem ? throw new InvalidDataException(problem) : new RgbImage(rgba, width, height);

        void Pass(int columns, int rows, Func<int, int, long> place)
        {
            var pixel = samples * SampleBytes;
            var colours = samples >= 3 ? 3 : 1;
            var (above, row) = (new byte[columns * pixel], new byte[columns * pixel]);
            Span<byte> colour = stackalloc byte[3 * SampleBytes];
            for (var y = 0; y < rows; y++, (above, row) = (row, above))
            {
                var filter = pixels.ReadByte();
                pixels.ReadExactly(row);
                Unfilter(filter, row, above, pixel);
                for (var x = 0; x < columns; x++)
                {
                    // To little-endian.
                    for (var c = 0; c < colours; c++)
                        (colour[2 * c], colour[2 * c + 1]) = (row[x * pixel + 2 * c + 1], row[x * pixel + 2 * c]);
                    var to = rgba.AsSpan((int)place(x, y), 3);
                    scale.Convert(colour[..(colours * SampleBytes)], to[..colours]);
                    if (colours == 1)
                        to[1..].Fill(to[0]);
                }
            }
        }
    }

    /// <summary>The data of all IDAT chunks, one after another.</summary>
    private static MemoryStream Compressed(byte[] file)
    {
        var data = new MemoryStream();
        foreach (var (type, content) in PngChunks.Read(file))
        {
            if (type == "IDAT")
                data.Write(content.Span);
        }
        data.Position = 0;
        return data;
    }

    private static void Unfilter(int filter, byte[] row, byte[] above, int pixel)
    {
        for (var i = 0; i < row.Length; i++)
        {
            int left = i < pixel ? 0 : row[i - pixel],
                up = above[i],
                corner = i < pixel ? 0 : above[i - pixel];
            row[i] += (byte)(
                filter switch
                {
                    0 => 0,
                    1 => left,
                    2 => up,
                    3 => (left + up) / 2,
                    4 => Paeth(left, up, corner),
                    _ => throw new InvalidDataException("it is damaged: a row has a filter that PNG does not have"),
                }
            );
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        var estimate = left + up - corner;
        var (toLeft, toUp, toCorner) = (Math.Abs(estimate - left), Math.Abs(estimate - up), Math.Abs(estimate - corner));
        return toLeft <= toUp && toLeft <= toCorner ? left
            : toUp <= toCorner ? up
            : corner;
    }
}

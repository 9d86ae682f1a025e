using SkiaSharp;

namespace Sat.Datasets.Files.Decoders;

/// <summary>An image of four bytes a pixel, the fourth of which is not looked at.</summary>
sealed record RgbImage(byte[] Rgba, int Width, int Height)
{
    public const int BytesPerPixel = 4;

    /// <summary>Turned and mirrored as its camera asks for (EXIF).</summary>
    public RgbImage Upright(SKEncodedOrigin origin)
    {
        var (right, bottom) = (Width - 1, Height - 1);
        // From a place in the upright image to its place in the stored one.
        Func<int, int, (int X, int Y)>? source = origin switch
        {
            SKEncodedOrigin.TopRight => (x, y) => (right - x, y),
            SKEncodedOrigin.BottomRight => (x, y) => (right - x, bottom - y),
            SKEncodedOrigin.BottomLeft => (x, y) => (x, bottom - y),
            SKEncodedOrigin.LeftTop => (x, y) => (y, x),
            SKEncodedOrigin.RightTop => (x, y) => (y, bottom - x),
            SKEncodedOrigin.RightBottom => (x, y) => (right - y, bottom - x),
            SKEncodedOrigin.LeftBottom => (x, y) => (right - y, x),
            _ => null,
        };
        if (source is null)
            return this;
        var (width, height) = origin >= SKEncodedOrigin.LeftTop ? (Height, Width) : (Width, Height);
        var turned = new byte[Rgba.Length];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (fromX, fromY) = source(x, y);
                Rgba.AsSpan((fromY * Width + fromX) * 4, 4).CopyTo(turned.AsSpan((y * width + x) * 4, 4));
            }
        }
        return new RgbImage(turned, width, height);
    }

    /// <summary>The shorter side resized, the middle square cut out: [channels, size, size].</summary>
    /// <remarks>
    /// Linear interpolation with a support that widens as the image shrinks, so nothing is skipped. Skia's own differs with
    /// the processor; these sums are the same everywhere.
    /// </remarks>
    public byte[] ToSquare(int size)
    {
        var scale = Math.Min(Width, Height) / (double)size;
        var columns = Weights(Width, size, scale);
        var rows = Weights(Height, size, scale);
        var (top, bottom) = (rows.Min(r => r.From), rows.Max(r => r.From + r.Values.Length));

        var narrow = new double[(bottom - top) * size * 3];
        for (var y = top; y < bottom; y++)
        {
            for (var x = 0; x < size; x++)
            {
                var (from, weights) = columns[x];
                double red = 0,
                    green = 0,
                    blue = 0;
                for (var i = 0; i < weights.Length; i++)
                {
                    var at = (y * Width + from + i) * 4;
                    red += weights[i] * Rgba[at];
                    green += weights[i] * Rgba[at + 1];
                    blue += weights[i] * Rgba[at + 2];
                }
                var to = ((y - top) * size + x) * 3;
                (narrow[to], narrow[to + 1], narrow[to + 2]) = (red, green, blue);
            }
        }

        var square = new byte[3 * size * size];
        for (var y = 0; y < size; y++)
        {
            var (from, weights) = rows[y];
            for (var x = 0; x < size; x++)
            {
                for (var channel = 0; channel < 3; channel++)
                {
                    double level = 0;
                    for (var i = 0; i < weights.Length; i++)
                        level += weights[i] * narrow[((from - top + i) * size + x) * 3 + channel];
                    square[(channel * size + y) * size + x] = (byte)(level + 0.5);
                }
            }
        }
        return square;
    }

    /// <summary>For each pixel of the middle <paramref name="size"/> along a side, its first source pixel and the weights from there
    /// on.</summary>
    private static (int From, double[] Values)[] Weights(int length, int size, double scale)
    {
        var offset = (length / scale - size) / 2;
        var support = Math.Max(1, scale);
        return
        [
            .. Enumerable
                .Range(0, size)
                .Select(i =>
                {
                    var centre = (i + offset + 0.5) * scale;
                    var from = Math.Max(0, (int)(centre - support + 0.5));
                    var to = Math.Min(length, (int)(centre + support + 0.5));
                    var values = Enumerable
                        .Range(from, Math.Max(1, to - from))
                        .Select(p => Math.Max(1e-9, 1 - Math.Abs(p + 0.5 - centre) / support))
                        .ToArray();
                    var sum = values.Sum();
                    return (from, values.Select(v => v / sum).ToArray());
                }),
        ];
    }
}

using System.Buffers;
using System.Runtime.Intrinsics;

namespace Sat.Datasets.Files.ImageNet;

/// <summary>From a photo's pixels to a picture's.</summary>
static class PhotoResampling
{
    private const int Half = 1 << (SideWeights.Digits - 1);

    /// <summary>Rows, then columns, with bytes between them, as Pillow resizes.</summary>
    /// <param name="pixels">What is there of the photo: four bytes a pixel, the fourth of which is not looked at.</param>
    /// <param name="stride">Bytes from a row to the next.</param>
    /// <param name="top">The photo's row that comes first.</param>
    /// <param name="left">The photo's column that comes first.</param>
    /// <param name="rows">Weights of the photo's rows.</param>
    /// <param name="columns">Weights of its columns.</param>
    /// <param name="size">Side of the picture, a multiple of 4.</param>
    /// <param name="picture">[3, size, size].</param>
    public static unsafe void Resize(
        byte* pixels,
        int stride,
        int top,
        int left,
        SideWeights rows,
        SideWeights columns,
        int size,
        Span<byte> picture
    )
    {
        var (low, high) = (rows.Low, rows.High);
        var row = size * 4;
        var narrow = ArrayPool<byte>.Shared.Rent((high - low) * row);
        fixed (byte* narrowed = narrow)
        {
            for (var y = low; y < high; y++)
                Narrow((uint*)(pixels + (long)(y - top) * stride), left, columns, size, narrowed + (y - low) * row);
            fixed (byte* to = picture)
            {
                for (var y = 0; y < size; y++)
                {
                    var weights = rows.Values.AsSpan(y * rows.Stride, rows.Count[y]);
                    Sum(narrowed + (rows.First[y] - low) * row, row, weights, to + y * size, size * size);
                }
            }
        }
        ArrayPool<byte>.Shared.Return(narrow);
    }

    private static unsafe void Narrow(uint* row, int left, SideWeights columns, int size, byte* to)
    {
        fixed (int* values = columns.Values)
        {
            for (var x = 0; x < size; x++)
            {
                var sum = Vector128.Create(Half);
                var pixel = row + (columns.First[x] - left);
                var weight = values + x * columns.Stride;
                for (var end = weight + columns.Count[x]; weight < end; weight++, pixel++)
                    sum += Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalarUnsafe(*pixel).AsByte())).AsInt32() * *weight;
                sum >>= SideWeights.Digits;
                ((uint*)to)[x] = Vector128.Narrow(Vector128.Narrow(sum, sum).AsUInt16(), Vector128<ushort>.Zero).AsUInt32().ToScalar();
            }
        }
    }

    /// <summary>A row of the picture, each colour to its plane.</summary>
    private static unsafe void Sum(byte* from, int row, ReadOnlySpan<int> weights, byte* to, int plane)
    {
        var byColour = Vector128.Create((byte)0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
        for (var x = 0; x < row; x += Vector128<byte>.Count)
        {
            var (a, b, c, d) = (Vector128.Create(Half), Vector128.Create(Half), Vector128.Create(Half), Vector128.Create(Half));
            for (var i = 0; i < weights.Length; i++)
            {
                var (lower, upper) = Vector128.Widen(Vector128.Load(from + i * row + x));
                var ((p, q), (r, s)) = (Vector128.Widen(lower), Vector128.Widen(upper));
                a += p.AsInt32() * weights[i];
                b += q.AsInt32() * weights[i];
                c += r.AsInt32() * weights[i];
                d += s.AsInt32() * weights[i];
            }
            var words = (
                Vector128.Narrow(a >> SideWeights.Digits, b >> SideWeights.Digits).AsUInt16(),
                Vector128.Narrow(c >> SideWeights.Digits, d >> SideWeights.Digits).AsUInt16()
            );
            var colours = Vector128.Shuffle(Vector128.Narrow(words.Item1, words.Item2), byColour).AsInt32();
            for (var colour = 0; colour < 3; colour++)
                *(int*)(to + colour * plane + x / 4) = colours.GetElement(colour);
        }
    }
}

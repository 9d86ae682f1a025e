using System.Numerics;
using Sat.Sdk;

namespace Sat.Engine.Data;

/// <summary>One channel of one image, from bytes to values.</summary>
internal static class PlaneKernel
{
    /// <summary>Cuts a window.</summary>
    /// <param name="plane">[height, width].</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="window">Which.</param>
    /// <param name="result">[height, width].</param>
    public static void Cut(ReadOnlySpan<byte> plane, int height, int width, Window window, Span<byte> result)
    {
        // Columns of the window, not yet mirrored, that lie within the image.
        var first = Math.Clamp(-window.Left, 0, width);
        var end = Math.Clamp(width - window.Left, first, width);
        for (var y = 0; y < height; y++)
        {
            var row = result.Slice(y * width, width);
            var from = y + window.Top;
            if (from < 0 || from >= height || first == end)
            {
                row.Clear();
                continue;
            }
            row[..first].Clear();
            plane.Slice(from * width + first + window.Left, end - first).CopyTo(row[first..]);
            row[end..].Clear();
            if (window.Mirrored)
                row.Reverse();
        }
    }

    /// <summary>(byte - mean) / deviation, rounded after each of both as the same operations on tensors are.</summary>
    /// <param name="bytes">Any number of them.</param>
    /// <param name="mean">In [0, 255].</param>
    /// <param name="deviation">Above 0.</param>
    /// <param name="values">As many.</param>
    public static void Normalize(ReadOnlySpan<byte> bytes, float mean, float deviation, Span<float> values)
    {
        var (means, deviations) = (new Vector<float>(mean), new Vector<float>(deviation));
        var i = 0;
        for (; i <= bytes.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(bytes[i..]), out var low, out var high);
            Vector.Widen(low, out var first, out var second);
            Vector.Widen(high, out var third, out var fourth);
            Store(first, values[i..]);
            Store(second, values[(i + Vector<float>.Count)..]);
            Store(third, values[(i + 2 * Vector<float>.Count)..]);
            Store(fourth, values[(i + 3 * Vector<float>.Count)..]);
        }
        for (; i < bytes.Length; i++)
            values[i] = (bytes[i] - mean) / deviation;

        void Store(Vector<uint> pixels, Span<float> to) =>
            ((Vector.ConvertToSingle(Vector.AsVectorInt32(pixels)) - means) / deviations).CopyTo(to);
    }
}

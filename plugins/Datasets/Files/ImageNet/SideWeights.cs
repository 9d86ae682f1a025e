namespace Sat.Datasets.Files.ImageNet;

/// <summary>The weights of a side of a photo in the pixels of a picture.</summary>
/// <remarks>Linear interpolation whose support widens as the photo shrinks, in whole numbers, as Pillow computes them
/// (src/libImaging/Resample.c): the same bits on every machine.</remarks>
sealed class SideWeights
{
    /// <summary>Digits behind the point of a weight.</summary>
    public const int Digits = 22;

    private SideWeights(int[] first, int[] count, int[] values, int stride) =>
        (First, Count, Values, Stride) = (first, count, values, stride);

    /// <summary>For each pixel, the photo's first that it is made of.</summary>
    public int[] First { get; }

    /// <summary>For each pixel, how many it is made of.</summary>
    public int[] Count { get; }

    /// <summary>Weights, those of a pixel from <see cref="Stride"/> times its position on.</summary>
    public int[] Values { get; }

    public int Stride { get; }

    /// <summary>The photo's first pixel that any is made of.</summary>
    public int Low => First[0];

    /// <summary>The one behind the last.</summary>
    public int High => First[^1] + Count[^1];

    public static SideWeights Of(PhotoSide axis, int size)
    {
        var scale = axis.Length / size;
        var support = Math.Max(1, scale);
        var stride = (int)Math.Ceiling(support) * 2 + 1;
        var (first, count, values) = (new int[size], new int[size], new int[size * stride]);
        Span<double> weights = stackalloc double[stride];
        for (var i = 0; i < size; i++)
        {
            var centre = axis.Start + (i + 0.5) * scale;
            var from = Math.Max(axis.From, (int)(centre - support + 0.5));
            var to = Math.Min(axis.To, (int)(centre + support + 0.5));
            var sum = 0.0;
            for (var p = from; p < to; p++)
                sum += weights[p - from] = Math.Max(0, 1 - Math.Abs((p - centre + 0.5) / support));
            for (var p = 0; p < to - from; p++)
                values[i * stride + p] = (int)(weights[p] / sum * (1 << Digits) + 0.5);
            (first[i], count[i]) = (from, to - from);
        }
        return new SideWeights(first, count, values, stride);
    }
}

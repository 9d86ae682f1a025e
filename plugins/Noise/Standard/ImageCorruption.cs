using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Noise.Standard;

/// <summary>Replaces some images by corrupted ones; labels stay.</summary>
static class ImageCorruption
{
    /// <summary>Corrupts a few images at a time, so that memory stays small.</summary>
    private const int Chunk = 1024;

    /// <summary>Makes corrupted images.</summary>
    /// <param name="images">uint8 [m, channels, height, width].</param>
    /// <param name="context">The noise's context.</param>
    /// <returns>uint8 of the same shape.</returns>
    internal delegate Tensor Corrupt(Tensor images, NoiseContext context);

    public static NoiseResult Apply(NoiseContext context, CorruptionOptions options, Func<NoiseContext, Corrupt> kind)
    {
        var images = context.Images
            ?? throw new SatException(
                ExitCode.Planning,
                "image corruptions need a dataset kept in memory, but this one is decoded as it is read: set dataset.loading to resident"
            );
        using var scope = NewDisposeScope();
        var count = images.shape[0];
        var positions = context.Files.TryGetValue("pattern", out var saved)
            ? tensor(Distinct(new SavedLabels("pattern", "positions of images", count).Read(saved), saved.Location), ScalarType.Int64)
            : Share.Draw(options.Rate, count, context.Generator).sort().Values;

        var corrupt = kind(context);
        var result = images.clone();
        for (long from = 0; from < positions.shape[0]; from += Chunk)
        {
            using var chunk = NewDisposeScope();
            var some = positions.slice(0, from, Math.Min(from + Chunk, positions.shape[0]), 1);
            result.index_copy_(0, some, corrupt(images.index_select(0, some), context));
        }
        return new NoiseResult { Images = result.MoveToOuterDisposeScope(), CorruptedImages = positions.MoveToOuterDisposeScope() };
    }

    /// <summary>Each pixel from a normal distribution with its channel's mean and deviation over the dataset, rounded and clipped to
    /// bytes.</summary>
    public static Corrupt Gaussian(NoiseContext context)
    {
        var (mean, deviation) = Statistics(context);
        return (images, c) => (randn(images.shape, generator: c.Generator) * deviation + mean).round().clamp(0, 255).to(ScalarType.Byte);
    }

    /// <summary>A permutation for each image, the same for its channels.</summary>
    public static Corrupt RandomPixels(NoiseContext context) =>
        (images, c) =>
        {
            // In double precision no two keys of an image are equal, so that sorting them gives every permutation alike.
            var order = rand([images.shape[0], 1, images.shape[2] * images.shape[3]], ScalarType.Float64, generator: c.Generator)
                .argsort(2);
            return Permuted(images, order);
        };

    /// <summary>One permutation for all images and channels.</summary>
    public static Corrupt ShuffledPixels(NoiseContext context)
    {
        var order = randperm(context.Images!.shape[2] * context.Images.shape[3], ScalarType.Int64, generator: context.Generator)
            .view(1, 1, -1);
        return (images, _) => Permuted(images, order);
    }

    private static Tensor Permuted(Tensor images, Tensor order)
    {
        var pixels = images.flatten(2);
        return pixels.gather(2, order.expand(pixels.shape)).view(images.shape);
    }

    /// <summary>In bytes, [1, channels, 1, 1]: the published values, or else the images' own.</summary>
    private static (Tensor Mean, Tensor Deviation) Statistics(NoiseContext context)
    {
        if (context.Normalization is { } published)
            return (Bytes(published.Mean), Bytes(published.Deviation));
        var channels = context.Images!.shape[1];
        var mean = new double[channels];
        var deviation = new double[channels];
        for (var channel = 0; channel < channels; channel++)
        {
            using var scope = NewDisposeScope();
            var levels = arange(256, ScalarType.Float64);
            var histogram = context.Images.select(1, channel).flatten().bincount(null, 256).to(ScalarType.Float64);
            var shares = histogram / histogram.sum();
            mean[channel] = (levels * shares).sum().item<double>() / 255;
            deviation[channel] = Math.Sqrt(((levels / 255 - mean[channel]).square() * shares).sum().item<double>());
        }
        return (Bytes(mean), Bytes(deviation));
    }

    private static Tensor Bytes(IReadOnlyList<double> values) => tensor(values.Select(v => (float)(v * 255)).ToArray()).view(1, -1, 1, 1);

    private static long[] Distinct(long[] positions, string location)
    {
        var sorted = positions.Distinct().Order().ToArray();
        return sorted.Length == positions.Length
            ? sorted
            : throw new SatException(ExitCode.Environment, $"{location} names some images twice: it is not a pattern of corrupted images");
    }
}

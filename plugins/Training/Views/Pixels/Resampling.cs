using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Training.Views.Pixels;

/// <summary>
/// Resizes parts of images, each its own, to one size. Rows and columns are separate: a row of the result is a weighted sum
/// of a few rows. Kernels and their smoothing of larger parts are those of PIL, and of torchvision with antialias.
/// </summary>
static class Resampling
{
    /// <param name="images">float32 [batch, channels, height, width].</param>
    /// <param name="boxes">The part of each image.</param>
    /// <param name="flips">Whether each is flipped from left to right.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    /// <param name="interpolation">Kernel.</param>
    /// <returns>float32 [batch, channels, <paramref name="height"/>, <paramref name="width"/>]; bicubic values can leave the range of the
    /// input's.</returns>
    public static Tensor Resize(
        Tensor images,
        ReadOnlySpan<Box> boxes,
        ReadOnlySpan<bool> flips,
        long height,
        long width,
        Interpolation interpolation
    )
    {
        var batch = boxes.Length;
        var (top, left, tall, wide, flipped) = (new float[batch], new float[batch], new float[batch], new float[batch], new float[batch]);
        for (var i = 0; i < batch; i++)
        {
            (top[i], left[i], tall[i], wide[i]) = (boxes[i].Top, boxes[i].Left, boxes[i].Height, boxes[i].Width);
            flipped[i] = flips[i] ? 1 : 0;
        }
        var rows = Rows(images, Taps(top, tall, new float[batch], images.shape[2], height, interpolation, images.device));
        var columns = Rows(
            rows.transpose(2, 3).contiguous(),
            Taps(left, wide, flipped, images.shape[3], width, interpolation, images.device)
        );
        return columns.transpose(2, 3).contiguous();
    }

    /// <summary>Rows of the input and their weights for each row of the output.</summary>
    /// <param name="Index">int64 [batch, output, taps].</param>
    /// <param name="Weights">float32 [batch, output, taps]; each row sums to 1.</param>
    readonly record struct RowTaps(Tensor Index, Tensor Weights);

    /// <summary>[batch, channels, input, n] to [batch, channels, output, n].</summary>
    static Tensor Rows(Tensor images, RowTaps taps)
    {
        var (batch, channels, input, n) = (images.shape[0], images.shape[1], images.shape[2], images.shape[3]);
        var output = taps.Index.shape[1];
        var all = images.reshape(batch * channels * input, n);
        var planes = arange(batch * channels, device: images.device).mul_(input).view(batch, channels, 1);
        Tensor sum = null!;
        for (var tap = 0; tap < taps.Index.shape[2]; tap++)
        {
            var rows = all.index_select(0, (planes + taps.Index.select(2, tap).unsqueeze(1)).flatten()).view(batch, channels, output, n);
            var weights = taps.Weights.select(2, tap).view(batch, 1, output, 1);
            sum = tap == 0 ? rows.mul_(weights) : sum.addcmul_(rows, weights, 1);
        }
        return sum;
    }

    static RowTaps Taps(float[] start, float[] length, float[] flipped, long input, long output, Interpolation interpolation, Device device)
    {
        var batch = start.Length;
        var radius = interpolation == Interpolation.Bicubic ? 2 : 1;
        Tensor Column(float[] values) => tensor(values, [batch, 1, 1]).SendTo(device);
        var (starts, lengths, flips) = (Column(start), Column(length), Column(flipped));
        var scale = lengths / output;
        var smoothing = scale.clamp_min(1);
        var support = smoothing * radius;

        var place = arange(output, ScalarType.Float32, device).view(1, output, 1);
        place = place + (flips * (output - 1 - (2 * place)));
        var centre = (place + 0.5) * scale;
        var first = (centre - support + 0.5).floor_().clamp_min_(0);
        var past = minimum((centre + support + 0.5).floor_(), lengths);
        // A stretch of length 2 s holds 2 s whole numbers where s is one, and else at most one more than it is long.
        var longest = length.Max();
        var taps = longest > output ? (long)(2.0 * radius * longest / output) + 1 : 2 * radius;
        var position = first + arange(taps, ScalarType.Float32, device).view(1, 1, taps);

        var weights = Kernel((position - centre + 0.5).div_(smoothing).abs_(), interpolation).mul_(position.lt(past));
        weights.div_(weights.sum(2, keepdim: true));
        return new(position.add_(starts).clamp_max_(input - 1).to(ScalarType.Int64), weights);
    }

    /// <summary>The kernel at a distance of at least 0; Keys' cubic with a = -1/2.</summary>
    static Tensor Kernel(Tensor distance, Interpolation interpolation)
    {
        if (interpolation == Interpolation.Bilinear)
            return (1 - distance).clamp_min_(0);
        var near = (((1.5 * distance) - 2.5) * distance * distance).add_(1);
        var far = (((((distance - 5) * distance) + 8) * distance) - 4).mul_(-0.5);
        return near.where(distance.lt(1), far.mul_(distance.lt(2)));
    }
}

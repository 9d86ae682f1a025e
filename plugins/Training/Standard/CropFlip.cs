using System.Runtime.InteropServices;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Training.Standard;

/// <summary>Every pixel of the batch is fetched once: its row is shifted by the crop, its column by the crop and the flip.</summary>
sealed class CropFlip(CropFlipOptions options) : IAugmentation, IWindowed
{
    public Tensor Apply(Tensor images, Generator random)
    {
        using var scope = NewDisposeScope();
        var (batch, channels, height, width) = (images.shape[0], images.shape[1], images.shape[2], images.shape[3]);
        var (flipped, top, left) = Draw(batch, random);
        (flipped, top, left) = (flipped.SendTo(images.device), top.SendTo(images.device), left.SendTo(images.device));

        var padded = nn.functional.pad(images, [options.Padding, options.Padding, options.Padding, options.Padding]);
        var paddedWidth = padded.shape[3];
        var rows = top + arange(height, device: images.device).view(1, height, 1);
        var columns = arange(width, device: images.device).view(1, 1, width);
        columns = left + where(flipped, width - 1 - columns, columns);
        var pixels = (rows * paddedWidth + columns).view(batch, 1, height * width).expand(batch, channels, height * width);
        return padded.flatten(2).gather(2, pixels).view(batch, channels, height, width).MoveToOuterDisposeScope();
    }

    public IReadOnlyList<Window> Windows(int images, Generator random)
    {
        using var scope = NewDisposeScope();
        var (flipped, top, left) = Draw(images, random);
        var mirrored = flipped.bytes;
        var tops = MemoryMarshal.Cast<byte, long>(top.bytes);
        var lefts = MemoryMarshal.Cast<byte, long>(left.bytes);
        var windows = new Window[images];
        for (var i = 0; i < images; i++)
            windows[i] = new Window((int)tops[i] - options.Padding, (int)lefts[i] - options.Padding, mirrored[i] != 0);
        return windows;
    }

    /// <summary>Flip, row and column of each crop within the padded image, each [batch, 1, 1] on the CPU.</summary>
    private (Tensor Flipped, Tensor Top, Tensor Left) Draw(long batch, Generator random)
    {
        var offsets = 2L * options.Padding + 1;
        return (
            rand([batch, 1, 1], generator: random).lt(options.Flip),
            randint(0, offsets, [batch, 1, 1], ScalarType.Int64, generator: random),
            randint(0, offsets, [batch, 1, 1], ScalarType.Int64, generator: random)
        );
    }
}

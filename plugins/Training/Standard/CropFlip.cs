using Sat.Records.Options;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Training.Standard;

sealed record CropFlipOptions
{
    [Option("Zeros added on each side before the crop, in pixels; the crop has the image's own size.", Min = 0, Max = 64)]
    public int Padding { get; init; } = 4;

    [Option("Probability of a horizontal flip.", Min = 0, Max = 1)]
    public double Flip { get; init; } = 0.5;
}

/// <summary>Every pixel of the batch is fetched once: its row is shifted by the crop, its column by the crop and the flip.</summary>
sealed class CropFlip(CropFlipOptions options) : IAugmentation
{
    public Tensor Apply(Tensor images, Generator random)
    {
        using var scope = NewDisposeScope();
        var (batch, channels, height, width) = (images.shape[0], images.shape[1], images.shape[2], images.shape[3]);
        var offsets = 2L * options.Padding + 1;
        var flipped = rand([batch, 1, 1], generator: random).lt(options.Flip).to(images.device);
        var top = randint(0, offsets, [batch, 1, 1], ScalarType.Int64, generator: random).to(images.device);
        var left = randint(0, offsets, [batch, 1, 1], ScalarType.Int64, generator: random).to(images.device);

        var padded = nn.functional.pad(images, [options.Padding, options.Padding, options.Padding, options.Padding]);
        var paddedWidth = padded.shape[3];
        var rows = top + arange(height, device: images.device).view(1, height, 1);
        var columns = arange(width, device: images.device).view(1, 1, width);
        columns = left + where(flipped, width - 1 - columns, columns);
        var pixels = (rows * paddedWidth + columns).view(batch, 1, height * width).expand(batch, channels, height * width);
        return padded.flatten(2).gather(2, pixels).view(batch, channels, height, width).MoveToOuterDisposeScope();
    }
}

using Sat.Records.Options;

namespace Sat.Models.Convolutional;

sealed record SmallConvOptions
{
    [Option("Channels of the first convolution (w); the later ones have 2w, 4w, 4w and 8w.", Min = 1, Max = 4096)]
    public int Width { get; init; } = 32;
}

using Sat.Records.Options;

namespace Sat.Models.Convolutional;

sealed record ResNetOptions
{
    [Option("Channels of the first stage (w); the others have 2w, 4w and 8w.", Min = 1, Max = 4096)]
    public int Width { get; init; } = 64;
}

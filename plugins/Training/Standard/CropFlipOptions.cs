using Sat.Records.Options;

namespace Sat.Training.Standard;

sealed record CropFlipOptions
{
    [Option("Zeros added on each side before the crop, in pixels; the crop has the image's own size.", Min = 0, Max = 64)]
    public int Padding { get; init; } = 4;

    [Option("Probability of a horizontal flip.", Min = 0, Max = 1)]
    public double Flip { get; init; } = 0.5;
}

using Sat.Records.Options;

namespace Sat.Datasets.Shapes;

sealed record ShapesOptions
{
    [Option("Training images; a smaller set is the beginning of a larger one.", Min = 10, Max = 500_000)]
    public int TrainSamples { get; init; } = 1000;

    [Option("Test images.", Min = 10, Max = 500_000)]
    public int TestSamples { get; init; } = 1000;

    [Option("easy: lighter than the background, near the middle, turned by up to 23 degrees. hard: any colour, anywhere, at any angle.")]
    public Difficulty Difficulty { get; init; }

    [Option("Largest number of small lines and dots in an image that belong to no shape.", Min = 0, Max = 50)]
    public int Clutter { get; init; } = 4;

    [Option("Deviation of the noise of each pixel, in levels of 255.", Min = 0, Max = 100)]
    public int Grain { get; init; } = 12;

    [Option("Smallest difference between shape and background in the mean of the colours, in levels of 255.", Min = 10, Max = 200)]
    public int Contrast { get; init; } = 50;

    [Option("Seed of the drawing: part of the dataset, not of the run.", Min = 0)]
    public long DrawSeed { get; init; } = 1;
}

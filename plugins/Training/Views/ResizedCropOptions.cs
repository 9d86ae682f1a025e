using Sat.Records.Options;

namespace Sat.Training.Views;

/// <summary>The defaults are those of torchvision's RandomResizedCrop and RandomHorizontalFlip.</summary>
sealed record ResizedCropOptions
{
    [Option("Smallest share of the image's area that a crop takes.", Min = 0, Max = 1, AboveMin = true)]
    public double CropMin { get; init; } = 0.08;

    [Option("Largest share of the image's area that a crop takes.", Min = 0, Max = 1, AboveMin = true)]
    public double CropMax { get; init; } = 1;

    [Option("Probability of a horizontal flip.", Min = 0, Max = 1)]
    public double Flip { get; init; } = 0.5;
}

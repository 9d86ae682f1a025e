using Sat.Records.Options;
using Sat.Training.Views.Pixels;

namespace Sat.Training.Views;

/// <summary>Options of the views; the defaults are those of BYOL.</summary>
sealed record ByolViewsOptions
{
    [Option("Side of a view, in pixels; 0: the images' own height and width.", Min = 0, Max = 4096)]
    public int Size { get; init; }

    [Option("Smallest share of the image's area that a crop takes.", Min = 0, Max = 1, AboveMin = true)]
    public double CropMin { get; init; } = 0.08;

    [Option("Largest share of the image's area that a crop takes.", Min = 0, Max = 1, AboveMin = true)]
    public double CropMax { get; init; } = 1;

    [Option("How a crop is resized to the view's size; larger crops are smoothed first.")]
    public Interpolation Interpolation { get; init; }

    [Option("Probability of a horizontal flip.", Min = 0, Max = 1)]
    public double Flip { get; init; } = 0.5;

    [Option("Probability of colour jitter: brightness, contrast, saturation and hue, in random order.", Min = 0, Max = 1)]
    public double ColourJitter { get; init; } = 0.8;

    [Option("Brightness is multiplied by 1 plus or minus at most this.", Min = 0, Max = 1, Needs = "colour-jitter")]
    public double Brightness { get; init; } = 0.4;

    [Option("Contrast is multiplied by 1 plus or minus at most this.", Min = 0, Max = 1, Needs = "colour-jitter")]
    public double Contrast { get; init; } = 0.4;

    [Option("Saturation is multiplied by 1 plus or minus at most this.", Min = 0, Max = 1, Needs = "colour-jitter")]
    public double Saturation { get; init; } = 0.2;

    [Option("Hue is rotated by at most this share of the circle.", Min = 0, Max = 0.5, Needs = "colour-jitter")]
    public double Hue { get; init; } = 0.1;

    [Option("Probability of greyscale.", Min = 0, Max = 1)]
    public double Greyscale { get; init; } = 0.2;

    [Option("Probability of Gaussian blur, one for each view; the last applies to all further views.", Min = 0, Max = 1)]
    public double[] Blur { get; init; } = [1, 0.1];

    [Option(
        "Side of the blur's kernel, an odd number of pixels; 0: the odd number nearest to a tenth of the view's side, at least 3.",
        Min = 0,
        Max = 255,
        Needs = "blur"
    )]
    public int BlurKernel { get; init; }

    [Option("Smallest standard deviation of the blur, in pixels.", Min = 0, AboveMin = true, Needs = "blur")]
    public double BlurMin { get; init; } = 0.1;

    [Option("Largest standard deviation of the blur, in pixels.", Min = 0, AboveMin = true, Needs = "blur")]
    public double BlurMax { get; init; } = 2;

    [Option("Probability of solarisation, one for each view; the last applies to all further views.", Min = 0, Max = 1)]
    public double[] Solarise { get; init; } = [0, 0.2];
}

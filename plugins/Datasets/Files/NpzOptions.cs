using Sat.Datasets.Files.Decoders;
using Sat.Records.Options;

namespace Sat.Datasets.Files;

sealed record NpzOptions
{
    [Option("The .npz file.", IsPath = true, Required = true)]
    public string? Path { get; init; }

    [Option(
        "Name of the training images: [n, height, width], [n, height, width, channels] or [n, channels, height, width], with 1 or 3 channels, of bytes, other integers, or floats in [0, 1]."
    )]
    public string TrainImages { get; init; } = "x_train";

    [Option("Name of the training labels: integers from 0, [n] or [n, 1].")]
    public string TrainLabels { get; init; } = "y_train";

    [Option("Name of the test images.")]
    public string TestImages { get; init; } = "x_test";

    [Option("Name of the test labels.")]
    public string TestLabels { get; init; } = "y_test";

    [Option("Where the channels are; auto takes the side of length 1 or 3.")]
    public ImageLayout Layout { get; init; }

    [Option(
        "The order of the training samples: as given, or shuffled in a fixed way. Subsets are taken from the beginning, the validation set from the end."
    )]
    public ArchiveOrder Order { get; init; }

    [Option("Class names in the order of their numbers; unset: the numbers themselves. Classes named here may lack training samples.")]
    public string[]? ClassNames { get; init; }

    [Option("Mean and deviation for normalising pixels: none, or those published for ImageNet or used for CIFAR.")]
    public PixelNormalization Normalization { get; init; }

    [Option(
        "Number of classes, some of which may then lack training samples. Unset: as many as 'class-names', or one more than the largest training label, and each must have a sample.",
        Min = 1,
        Max = MostClasses
    )]
    public int? Classes { get; init; }

    [Option(OwnLabels.Description)]
    public bool? TrustLabels { get; init; }

    [Option(PixelScale.Description, Min = 0, AboveMin = true)]
    public double? White { get; init; }

    public const int MostClasses = 100_000;
}

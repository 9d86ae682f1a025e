using Sat.Datasets.Files.Decoders;
using Sat.Datasets.Files.Loading;
using Sat.Records.Options;

namespace Sat.Datasets.Files;

sealed record ImageFolderOptions
{
    [Option(
        "The folder with train/ and test/ (or val/), each with a folder per class, or with the class folders themselves: see 'split-test'. Classes are numbered in the byte order of their folders' names. "
            + "The archives of ImageNet are read by the dataset 'imagenet'.",
        IsPath = true,
        Required = true
    )]
    public string? Path { get; init; }

    [Option(
        "Height and width of the images in pixels: the shorter side is resized to it, and the square in the middle is cut out.",
        Min = 4,
        Max = 1024
    )]
    public int Size { get; init; } = 32;

    [Option(PublishedImages.LoadingDescription)]
    public ImageLoading? Loading { get; init; }

    [Option(
        "Whose mean and deviation pixels are normalised by: those published for ImageNet, or used for CIFAR. none: by none, so that 'normalize' changes nothing."
    )]
    public PixelNormalization Normalization { get; init; }

    [Option(OwnLabels.Description)]
    public bool? TrustLabels { get; init; }

    [Option(
        "Width times height of the largest image to decode; a larger one is refused. Unset: 134217728, half a gibibyte in memory.",
        Min = 1,
        Max = ImageLimit.Largest
    )]
    public long? MaxPixels { get; init; }

    [Option(
        "The value of white in 16-bit TIFF and PNG images, such as 4095 for 12 bits: a value x becomes round(255 x / white). Unset: 65535.",
        Min = 0,
        AboveMin = true,
        Max = PixelScale.White16Bits
    )]
    public double? White { get; init; }

    [Option(
        "Without train/ and test/: the share of each class that becomes the test set. Unset: 0.2.",
        Min = 0,
        AboveMin = true,
        Max = 1,
        BelowMax = true
    )]
    public double? SplitTest { get; init; }

    [Option(
        "What to do with files that cannot be decoded. refuse: train on nothing, and name them. skip: leave them out, and record which; all images are decoded once more for it when the dataset is opened."
    )]
    public BadFiles? BadFiles { get; init; }

    [Option("The seed that decides which images become the test set. Unset: 0.", Min = 0)]
    public long? SplitSeed { get; init; }
}

using Sat.Records.Options;

namespace Sat.Datasets.Files;

sealed record DogsVsCatsOptions
{
    [Option("Kaggle's train.zip, its folder, or the folder of images that it unpacks to.", IsPath = true)]
    public string? Path { get; init; }

    [Option(PublishedImages.SizeDescription, Min = 4, Max = 1024)]
    public int Size { get; init; } = 64;

    [Option(PublishedImages.LoadingDescription)]
    public ImageLoading? Loading { get; init; }
}

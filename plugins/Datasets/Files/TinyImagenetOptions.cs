using Sat.Records.Options;

namespace Sat.Datasets.Files;

sealed record TinyImagenetOptions
{
    [Option("tiny-imagenet-200.zip, its folder, or the folder that it unpacks to.", IsPath = true)]
    public string? Path { get; init; }

    [Option(PublishedImages.SizeDescription + " They have 64.", Min = 4, Max = 1024)]
    public int Size { get; init; } = 64;

    [Option(PublishedImages.LoadingDescription)]
    public ImageLoading? Loading { get; init; }
}

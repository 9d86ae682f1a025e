using Sat.Sdk;

namespace Sat.Datasets.Files.ImageNet;

/// <summary>ImageNet, opened; disposing it disposes all that it was made of.</summary>
sealed class ImageNetDataset(string[] classes, ImageNetOptions options, PhotoFiles files, ImageNetSplit train, ImageNetSplit test)
    : IDataset,
        IHasTrueLabels,
        IHasStatedClasses,
        IHasReadingNotes
{
    /// <summary>WordNet ids in byte order, as torchvision numbers them.</summary>
    public IReadOnlyList<string> Classes => classes;

    public bool LabelsAreTrue => true;

    public bool ClassesAreStated => true;

    public ImageShape Shape { get; } = new(3, options.Size, options.Size);

    /// <summary>As torchvision's models have it.</summary>
    public Normalization Normalization { get; } = new([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]);

    public ISplit Train => train;

    public ISplit Test => test;

    /// <summary>How photos are decoded, and which are left out.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    public void Dispose()
    {
        train.Dispose();
        test.Dispose();
        files.Dispose();
    }
}

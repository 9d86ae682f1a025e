using Sat.Sdk;

namespace Sat.Datasets.Files;

/// <summary>Images that stay in their files until they are asked for.</summary>
sealed class ImageFolderDataset(
    IReadOnlyList<string> classes,
    Normalization? normalization,
    int size,
    bool labelsAreTrue,
    ImageFolderSplit train,
    ImageFolderSplit test
) : IDataset, IHasTrueLabels, IHasStatedClasses, IHasReadingNotes
{
    public IReadOnlyList<string> Notes { get; init; } = [];

    public bool LabelsAreTrue => labelsAreTrue;

    /// <summary>Its class folders; none is empty.</summary>
    public bool ClassesAreStated => true;

    public IReadOnlyList<string> Classes => classes;

    public ImageShape Shape { get; } = new(3, size, size);

    public Normalization? Normalization => normalization;

    public ISplit Train => train;

    public ISplit Test => test;

    /// <summary>Of all images when they are decoded.</summary>
    public long Bytes => (train.Count + test.Count) * 3 * size * size;

    /// <summary>The same with all images decoded; the caller disposes it.</summary>
    public ResidentDataset InMemory()
    {
        var trained = train.InMemory();
        try
        {
            return new ResidentDataset(classes, normalization, trained, test.InMemory())
            {
                LabelsAreTrue = labelsAreTrue,
                ClassesAreStated = true,
                Notes = Notes,
            };
        }
        catch
        {
            trained.Images.Dispose();
            trained.Labels!.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        train.Dispose();
        test.Dispose();
    }
}

using Sat.Sdk;

namespace Sat.Datasets.Files;

/// <summary>Images that stay in their files until they are asked for.</summary>
/// <param name="owner">Whose they are.</param>
/// <param name="files">Where they are; disposed with this.</param>
/// <param name="decoding">What they become.</param>
/// <param name="classes">Class names.</param>
/// <param name="train">Names and labels of the training images, in their order.</param>
/// <param name="test">The same of the test images.</param>
sealed class ImageFolderDataset(
    ImageOwner owner,
    IImageFiles files,
    Decoding decoding,
    IReadOnlyList<string> classes,
    (string File, long Label)[] train,
    (string File, long Label)[] test
) : IDataset, IHasTrueLabels, IHasStatedClasses, IHasReadingNotes
{
    private readonly ImageFolderSplit _train = new(owner, files, decoding, train);
    private readonly ImageFolderSplit _test = new(owner, files, decoding, test);

    public IReadOnlyList<string> Notes { get; init; } = [];

    public bool LabelsAreTrue { get; init; }

    /// <summary>None is empty.</summary>
    public bool ClassesAreStated => true;

    public IReadOnlyList<string> Classes => classes;

    public ImageShape Shape { get; } = new(3, decoding.Size, decoding.Size);

    public Normalization? Normalization { get; init; }

    public ISplit Train => _train;

    public ISplit Test => _test;

    /// <summary>Of all images when they are decoded.</summary>
    private long Bytes => (_train.Count + _test.Count) * 3 * decoding.Size * decoding.Size;

    /// <summary>The dataset as it is wanted: itself, or with all images decoded, in place of itself.</summary>
    /// <param name="loading">How; null: decoded if that takes at most half of the memory.</param>
    public IDataset Loaded(ImageLoading? loading)
    {
        var isSmall = Bytes <= GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
        if ((loading ?? (isSmall ? ImageLoading.Resident : ImageLoading.Streamed)) == ImageLoading.Streamed)
            return this;
        using (this)
            return InMemory();
    }

    public void Dispose()
    {
        _train.Dispose();
        _test.Dispose();
        files.Dispose();
    }

    /// <summary>The files that cannot be decoded, of both splits.</summary>
    public BadImages Check()
    {
        var problems = new BadImages(owner, files);
        _train.Check(problems);
        _test.Check(problems);
        return problems;
    }

    private ResidentDataset InMemory()
    {
        var problems = new BadImages(owner, files);
        var splits = new List<ResidentSplit>();
        try
        {
            splits.Add(_train.InMemory(problems));
            splits.Add(_test.InMemory(problems));
            return problems.IsEmpty
                ? new ResidentDataset(classes, Normalization, splits[0], splits[1])
                {
                    LabelsAreTrue = LabelsAreTrue,
                    ClassesAreStated = true,
                    Notes = Notes,
                }
                : throw problems.Refused();
        }
        catch
        {
            foreach (var split in splits)
            {
                split.Images.Dispose();
                split.Labels!.Dispose();
            }
            throw;
        }
    }
}

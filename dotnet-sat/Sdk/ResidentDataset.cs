namespace Sat.Sdk;

/// <summary>A dataset held in memory: the usual case.</summary>
public sealed class ResidentDataset(IReadOnlyList<string> classes, Normalization? normalization, ResidentSplit train, ResidentSplit test)
    : IDataset,
        IHasTrueLabels,
        IHasStatedClasses,
        IHasReadingNotes
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Classes { get; } = classes;

    /// <inheritdoc/>
    public ImageShape Shape { get; } = new(train.Images.shape[1], train.Images.shape[2], train.Images.shape[3]);

    /// <inheritdoc/>
    public Normalization? Normalization { get; } = normalization;

    /// <inheritdoc/>
    public bool LabelsAreTrue { get; init; }

    /// <inheritdoc/>
    public bool ClassesAreStated { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <inheritdoc/>
    public ISplit Train { get; } = train;

    /// <inheritdoc/>
    public ISplit Test { get; } = test;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var split in new[] { train, test })
        {
            split.Images.Dispose();
            split.Labels?.Dispose();
        }
    }
}

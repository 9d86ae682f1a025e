using Sat.Records;
using Sat.Records.Portraits;
using Sat.Records.Specs;
using Sat.Sdk;

namespace Sat.Engine.Data;

/// <summary>A dataset that is looked at without being trained on.</summary>
public sealed class OpenedDataset : IDisposable
{
    private readonly IDataset _dataset;

    private OpenedDataset(string id, IDataset dataset)
    {
        (Id, _dataset) = (id, dataset);
        var parts = new List<DatasetPart> { new(SplitPortrait.Training, dataset.Train, dataset) };
        if (dataset is IHasLabeled { Labeled: var labeled } && labeled != dataset.Train)
            parts.Add(new(SplitPortrait.Labelled, labeled, dataset));
        parts.Add(new(SplitPortrait.Test, dataset.Test, dataset));
        Parts = parts;
    }

    /// <summary>Its id.</summary>
    public string Id { get; }

    /// <summary>Its classes, by number.</summary>
    public IReadOnlyList<string> Classes => _dataset.Classes;

    /// <summary>The shape of each image.</summary>
    public ImageShape Shape => _dataset.Shape;

    /// <summary>How it was read, where that needs saying.</summary>
    public IReadOnlyList<string> Notes => (_dataset as IHasReadingNotes)?.Notes ?? [];

    /// <summary>Training, where it is another one what is labelled of it, and test.</summary>
    public IReadOnlyList<DatasetPart> Parts { get; }

    /// <summary>Opens a dataset as a run would.</summary>
    /// <param name="components">Opens it.</param>
    /// <param name="dataset">The dataset.</param>
    /// <param name="paths">Where its files lie, by option.</param>
    /// <exception cref="SatException">Files are missing or wrong (exit code 5).</exception>
    public static OpenedDataset Open(IComponentFactory components, ComponentSpec dataset, IReadOnlyDictionary<string, string> paths)
    {
        ArgumentNullException.ThrowIfNull(components);
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(paths);
        var opened = components.OpenDataset(
            dataset,
            paths,
            new DatasetContext(RunFiles.Find(components, SpecSlots.Dataset, dataset, paths))
        );
        try
        {
            DataCheck.Require(dataset.Id, opened);
            return new OpenedDataset(dataset.Id, opened);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _dataset.Dispose();
}

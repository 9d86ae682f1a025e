using Sat.Records;
using Sat.Records.Specs;
using Sat.Sdk;

namespace Sat.Engine.Data;

/// <summary>The samples of a split, in its order.</summary>
/// <param name="Files">Where each comes from; null: they come from no files.</param>
/// <param name="Labels">The name of each one's class; null: they have no labels.</param>
/// <param name="Count">How many.</param>
public sealed record SampleList(IReadOnlyList<string>? Files, IReadOnlyList<string>? Labels, long Count)
{
    /// <summary>Opens a dataset, reads which samples it has, and closes it.</summary>
    /// <param name="components">Opens it.</param>
    /// <param name="dataset">The dataset.</param>
    /// <param name="paths">Where its files lie, by option.</param>
    /// <param name="test">True for the test samples, false for those of training.</param>
    /// <exception cref="SatException">Files are missing or wrong (exit code 5).</exception>
    public static SampleList Read(IComponentFactory components, ComponentSpec dataset, IReadOnlyDictionary<string, string> paths, bool test)
    {
        ArgumentNullException.ThrowIfNull(components);
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(paths);
        var files = RunFiles.Find(components, SpecSlots.Dataset, dataset, paths);
        using var opened = components.OpenDataset(dataset, paths, new DatasetContext(files));
        DataCheck.Require(dataset.Id, opened);
        var split = test ? opened.Test : opened.Train;
        return new SampleList(
            (split as IHasSampleFiles)?.Files,
            split.Labels is { } labels ? [.. labels.data<long>().ToArray().Select(l => opened.Classes[(int)l])] : null,
            split.Count
        );
    }

    /// <summary>A table with the columns <c>index</c>, <c>file</c> where there are files, and <c>label</c>.</summary>
    public string ToCsv() =>
        Csv.Write(
            Files is null ? ["index", "label"] : ["index", "file", "label"],
            Enumerable.Range(0, (int)Count).Select(i => Files is null ? (IEnumerable<object?>)[i, Labels?[i]] : [i, Files[i], Labels?[i]]),
            "\n"
        );
}

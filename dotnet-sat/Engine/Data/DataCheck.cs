using System.Globalization;
using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Data;

/// <summary>What every dataset must hold to, whoever reads it, before a run is trained on it.</summary>
public static class DataCheck
{
    /// <summary>Values up to here, of 255, are what is left of floats in [0, 1] that were cast to bytes.</summary>
    private const int Dark = 1;

    private const string Scale =
        "Were they floats in [0, 1], cast to bytes? Multiply them by 255 first: (x * 255).round().astype('uint8').";

    /// <summary>Labels are class numbers, each class has a training sample unless the classes were stated, and images differ.</summary>
    /// <param name="id">The dataset's id, for messages.</param>
    /// <param name="dataset">The dataset.</param>
    /// <exception cref="SatException">It does not hold to it (exit code 5).</exception>
    public static void Require(string id, IDataset dataset)
    {
        using var scope = NewDisposeScope();
        var parts = new List<(string Name, ISplit Split)> { ("training", dataset.Train), ("test", dataset.Test) };
        if (dataset is IHasLabeled { Labeled: var labeled } && labeled != dataset.Train)
            parts.Add(("labelled training", labeled));
        foreach (var (name, split) in parts)
        {
            if (split.Labels is { } labels)
                RequireClasses(id, name, labels, dataset.Classes.Count);
            RequireDifference(id, name, split);
        }
        if (dataset.Train.Labels is { } trained)
            RequireSamples($"dataset '{id}'", trained, dataset);
    }

    /// <summary>Each class has a sample, unless the classes were stated.</summary>
    /// <param name="owner">Where the labels come from, for messages.</param>
    /// <param name="labels">int64 [n] on the CPU, in [0, classes).</param>
    /// <param name="dataset">Whose classes.</param>
    public static void RequireSamples(string owner, Tensor labels, IDataset dataset)
    {
        if (dataset is IHasStatedClasses { ClassesAreStated: true })
            return;
        using var scope = NewDisposeScope();
        var empty = Empty(labels, dataset.Classes.Count);
        if (empty.Length == 0)
            return;
        throw new SatException(
            ExitCode.Environment,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{owner}: {empty.Length} of {dataset.Classes.Count} classes have no training sample: {Named(empty, dataset.Classes)}. A network cannot learn such a class, and a noise would draw labels from it. "
            )
                + (empty[0] == 0 ? "Labels are numbered from 0: subtract the smallest one. " : "Number the labels from 0 without gaps. ")
                + "If these classes are intended, state the classes with an option of the dataset, such as 'classes' or 'class-names'."
        );
    }

    /// <summary>What the labels that are left to train on cannot teach, after a subset was taken and samples were held out; null: nothing
    /// is missing.</summary>
    /// <param name="whole">Labels of the whole training set, int64 [n] on the CPU, in [0, classes); null: it has none.</param>
    /// <param name="trained">The same of the samples that are trained on.</param>
    /// <param name="classes">The classes' names.</param>
    public static string? Missing(Tensor? whole, Tensor trained, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(trained);
        ArgumentNullException.ThrowIfNull(classes);
        using var scope = NewDisposeScope();
        if (classes.Count == 1)
            return $"the dataset has one class only, '{classes[0]}': there is nothing to tell apart, and every accuracy is 1.";
        var empty = Empty(trained, classes.Count);
        if (empty.Length == 0)
            return null;
        var cut = whole is not null && Empty(whole, classes.Count).Length < empty.Length;
        return string.Create(
                CultureInfo.InvariantCulture,
                $"{empty.Length} of {classes.Count} classes have no sample among the {trained.shape[0]} that are trained on: {Named(empty, classes)}. A network cannot learn such a class."
            )
            + (
                cut
                    ? " 'training.samples' takes the first samples and 'training.validation' the last ones: take more, or shuffle a dataset that is ordered by class."
                    : ""
            );
    }

    private static int[] Empty(Tensor labels, int classes)
    {
        using var samples = labels.bincount(null, classes);
        var counts = samples.data<long>().ToArray();
        return [.. Enumerable.Range(0, classes).Where(k => counts[k] == 0)];
    }

    private static string Named(int[] some, IReadOnlyList<string> classes)
    {
        const int most = 5;
        return string.Join(", ", some.Take(most).Select(k => string.Create(CultureInfo.InvariantCulture, $"{k} ('{classes[k]}')")))
            + (some.Length > most ? ", …" : "");
    }

    private static void RequireClasses(string id, string name, Tensor labels, int classes)
    {
        if (labels.shape[0] == 0)
            return;
        var (least, most) = (labels.min().item<long>(), labels.max().item<long>());
        if (least < 0 || most >= classes)
        {
            throw new SatException(
                ExitCode.Environment,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"dataset '{id}': the {name} labels go from {least} to {most}, but its {classes} classes go from 0 to {classes - 1}. Correct the labels, or state all classes."
                )
            );
        }
    }

    /// <summary>Looks no further than it must: in most datasets at a few images.</summary>
    private static void RequireDifference(string id, string name, ISplit split)
    {
        if (split.Count < 2)
            return;
        using var first = Read(split, 0, 1);
        var (differ, bright) = (false, false);
        long step = 8;
        for (var start = 0L; start < split.Count && !(differ && bright); start += step, step = Math.Min(1024, 2 * step))
        {
            using var scope = NewDisposeScope();
            var some = Read(split, start, Math.Min(step, split.Count - start));
            differ = differ || some.ne(first).any().item<bool>();
            bright = bright || some.max().item<byte>() > Dark;
        }
        if (!differ)
            throw new SatException(
                ExitCode.Environment,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"dataset '{id}': all {split.Count} {name} images are the same, so nothing can be learned from them. {Scale}"
                )
            );
        if (!bright)
            throw new SatException(
                ExitCode.Environment,
                $"dataset '{id}': no value of the {name} images is above {Dark} of 255, so they are all but black. {Scale}"
            );
    }

    private static Tensor Read(ISplit split, long start, long count) =>
        split switch
        {
            ResidentSplit resident => resident.Images.narrow(0, start, count),
            IStreamedSplit streamed => streamed.Read([.. Enumerable.Range(0, (int)count).Select(i => start + i)]),
            _ => throw new NotSupportedException(
                $"{split.GetType().Name} is neither a {nameof(ResidentSplit)} nor a {nameof(IStreamedSplit)}"
            ),
        };
}

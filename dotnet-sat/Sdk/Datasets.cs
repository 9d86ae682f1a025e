using Sat.Records.Data;
using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>What a dataset is opened with.</summary>
/// <param name="Files">Its files, found and verified against the run's checksums; <see cref="DataFiles.None"/> when it reads none.</param>
public sealed record DatasetContext(DataFiles Files);

/// <summary>Height, width and channels of images, in pixels.</summary>
/// <param name="Channels">1 for grey, 3 for red, green and blue.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
public readonly record struct ImageShape(long Channels, long Height, long Width);

/// <summary>What to subtract from and divide by, channel by channel, for pixels in [0, 1].</summary>
/// <param name="Mean">A value a channel.</param>
/// <param name="Deviation">A value a channel, above 0.</param>
public sealed record Normalization(IReadOnlyList<double> Mean, IReadOnlyList<double> Deviation);

/// <summary>Images and labels. Disposed by the host.</summary>
public interface IDataset : IDisposable
{
    /// <summary>Class names in the order of their numbers; empty when nothing is labelled.</summary>
    IReadOnlyList<string> Classes { get; }

    /// <summary>Shape of every image.</summary>
    ImageShape Shape { get; }

    /// <summary>The published normalisation; null leaves pixels in [0, 1].</summary>
    Normalization? Normalization { get; }

    /// <summary>The training set. Its order must say nothing of the classes: subsets are taken from its front, validation from its
    /// end.</summary>
    ISplit Train { get; }

    /// <summary>The test set.</summary>
    ISplit Test { get; }
}

/// <summary>A dataset whose training set is not labelled, or not all of it: what is learned from it is measured on labelled images of their
/// own.</summary>
public interface IHasLabeled
{
    /// <summary>Labelled training images, in an order that says nothing of the classes. They may be among those of
    /// <see cref="IDataset.Train"/>.</summary>
    ISplit Labeled { get; }
}

/// <summary>
/// A dataset that knows whether its labels are true. One without this ability has labels that are merely given: how many of them are wrong
/// is unknown, and nothing is measured against them as if they were the truth.
/// </summary>
public interface IHasTrueLabels
{
    /// <summary>True if whoever made the dataset vouches for its labels, as for a published benchmark's.</summary>
    bool LabelsAreTrue { get; }
}

/// <summary>
/// A dataset that knows whether its classes were stated, by whoever made it or uses it, or counted from its labels. Of one without this
/// ability each class must have a training sample: otherwise the labels are numbered wrongly, and a noise would draw labels of a class that
/// does not exist.
/// </summary>
public interface IHasStatedClasses
{
    /// <summary>True if the classes were stated, so that one without a training sample is meant.</summary>
    bool ClassesAreStated { get; }
}

/// <summary>A split that knows where its samples come from, so that what is said of a sample can lead to it.</summary>
public interface IHasSampleFiles
{
    /// <summary>
    /// Each sample's file, relative to the dataset's folder with <c>/</c>, or the file that holds it and its position there
    /// (<see cref="FilePositions"/>), in the split's order; null: they come from no files.
    /// </summary>
    IReadOnlyList<string>? Files { get; }
}

/// <summary>A dataset that read its files by a rule that decides what images or splits are, and says so in the run's record.</summary>
public interface IHasReadingNotes
{
    /// <summary>What it did, a clause each, such as <c>x_train: float32 from 0 to 1, read as round(255 x)</c>; empty: nothing that need be
    /// said.</summary>
    IReadOnlyList<string> Notes { get; }
}

/// <summary>Some of a dataset's images: an <see cref="ResidentSplit"/>, or a <see cref="IStreamedSplit"/>.</summary>
public interface ISplit
{
    /// <summary>How many.</summary>
    long Count { get; }

    /// <summary>Their labels, true or merely given (<see cref="IHasTrueLabels"/>), int64 [<see cref="Count"/>] on the CPU, in [0, classes);
    /// null when unlabelled.</summary>
    Tensor? Labels { get; }
}

/// <summary>Images that fit in memory, kept as bytes on the device that trains.</summary>
/// <param name="images">uint8 [n, channels, height, width] on the CPU.</param>
/// <param name="labels">int64 [n] on the CPU, or null. Both are owned by the split's dataset.</param>
public sealed class ResidentSplit(Tensor images, Tensor? labels) : ISplit, IHasSampleFiles
{
    /// <summary>uint8 [n, channels, height, width] on the CPU.</summary>
    public Tensor Images { get; } = images;

    /// <inheritdoc/>
    public long Count => Images.shape[0];

    /// <inheritdoc/>
    public Tensor? Labels { get; } = labels;

    /// <inheritdoc/>
    public IReadOnlyList<string>? Files { get; init; }
}

/// <summary>Images that are decoded when they are asked for.</summary>
public interface IStreamedSplit : ISplit
{
    /// <summary>
    /// Decodes images. It is called from one thread at a time for the same split, and not always from the same one: while a step is
    /// trained, a thread of the thread pool may read the next batch, so whatever else the dataset does on the thread that trains must bear
    /// that. What it gives depends on the positions alone, not on earlier calls, nor on libtorch's global generator. Within a call it may
    /// use as many threads as it likes.
    /// </summary>
    /// <param name="indices">Positions in [0, <see cref="ISplit.Count"/>).</param>
    /// <returns>uint8 [indices, channels, height, width] on the CPU; the caller disposes it.</returns>
    Tensor Read(ReadOnlySpan<long> indices);
}

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

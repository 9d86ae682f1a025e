using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Evaluations;

/// <summary>A dataset as evaluations see it: the labelled training images, or the first of the training set, and the test set.</summary>
public sealed class LabelledDataset : IDataset
{
    private readonly IDataset _whole;
    private readonly Front _train;

    /// <param name="whole">The dataset, disposed by whoever opened it.</param>
    /// <param name="samples">The first so many of the training set, where it has no labelled images of their own; null: all.</param>
    /// <param name="ofLabelled">The first so many of its labelled images; null: all.</param>
    /// <exception cref="SatException">There are fewer than asked for (exit code 2).</exception>
    public LabelledDataset(IDataset whole, long? samples, long? ofLabelled)
    {
        ArgumentNullException.ThrowIfNull(whole);
        var labelled = (whole as IHasLabeled)?.Labeled;
        var count = labelled is null ? samples : ofLabelled;
        var split = labelled ?? whole.Train;
        if (count > split.Count)
            throw new SatException(
                ExitCode.Planning,
                $"samples is {count}, but the dataset has {Count.Of(split.Count, "labelled training image")}. Lower it, or give 0 to use them all."
            );
        _whole = whole;
        _train = new Front(split, count ?? split.Count);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Classes => _whole.Classes;

    /// <inheritdoc/>
    public ImageShape Shape => _whole.Shape;

    /// <inheritdoc/>
    public Normalization? Normalization => _whole.Normalization;

    /// <inheritdoc/>
    public ISplit Train => _train.Split;

    /// <inheritdoc/>
    public ISplit Test => _whole.Test;

    /// <inheritdoc/>
    public void Dispose() => _train.Dispose();

    /// <summary>The first images of a split.</summary>
    private sealed class Front : IDisposable
    {
        private readonly Tensor? _labels;

        public Front(ISplit split, long count)
        {
            if (count == split.Count)
            {
                Split = split;
                return;
            }
            _labels = split.Labels?.narrow(0, 0, count).DetachFromDisposeScope();
            Split = split is ResidentSplit resident
                ? new ResidentSplit(resident.Images.narrow(0, 0, count).DetachFromDisposeScope(), _labels)
                : new Streamed((IStreamedSplit)split, count, _labels);
        }

        public ISplit Split { get; }

        public void Dispose()
        {
            if (_labels is null)
                return;
            _labels.Dispose();
            (Split as ResidentSplit)?.Images.Dispose();
        }
    }

    private sealed class Streamed(IStreamedSplit whole, long count, Tensor? labels) : IStreamedSplit
    {
        public long Count => count;

        public Tensor? Labels => labels;

        public Tensor Read(ReadOnlySpan<long> indices) => whole.Read(indices);
    }
}

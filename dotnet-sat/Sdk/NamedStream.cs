using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>
/// A stream of batches beside the main one, with random numbers of its own. Each epoch begins with a new order; a stream that is used up
/// before the epoch's last step goes on with the same samples in another order, so that every batch is full.
/// </summary>
public sealed record NamedStream
{
    /// <summary>Lower-case letters, digits and hyphens; the key in <see cref="Batch.Streams"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Samples a step, at least 1; they may be more than the stream has, and then repeat.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Where its samples come from.</summary>
    public StreamSource Source { get; init; } = StreamSource.Training;

    /// <summary>The study's augmentation to an augmentation a view, as in <see cref="IMultiView.Views"/>; null: the views of the main
    /// batch.</summary>
    public Func<IAugmentation, IReadOnlyList<IAugmentation>>? Views { get; init; }

    /// <summary>
    /// The samples of an epoch, in the order of their first pass, asked where <see cref="ISampler.Order"/> would be: int64 [n], n at
    /// least 1, of positions in [0, <see cref="StreamEpoch.Samples"/>), which may repeat. Null: all samples, in random order.
    /// </summary>
    public Func<StreamEpoch, Tensor>? Positions { get; init; }
}

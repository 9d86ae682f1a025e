using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>A batch of training samples. Its tensors live until the step's end; the host disposes them.</summary>
public sealed record Batch
{
    private static readonly Dictionary<string, Batch> None = [];

    /// <summary>Augmented, normalised images, float32 [batch, channels, height, width]: one tensor a view, the first for methods that want
    /// one.</summary>
    public required IReadOnlyList<Tensor> Views { get; init; }

    /// <summary>The labels trained on, int64 [batch]; an empty tensor when the dataset has none.</summary>
    public required Tensor Labels { get; init; }

    /// <summary>Positions in the training set, int64 [batch], in [0, <see cref="TrainingTask.Samples"/>): where per-sample state is
    /// kept.</summary>
    public required Tensor Indices { get; init; }

    /// <summary>The epoch, counted from 0 as in the papers.</summary>
    public required int Epoch { get; init; }

    /// <summary>The step, counted from 0 over all epochs.</summary>
    public required long Step { get; init; }

    /// <summary>The batches of the method's other streams (<see cref="IBatchStreams"/>), by name. Their <see cref="Indices"/> are positions
    /// in the stream's source.</summary>
    public IReadOnlyDictionary<string, Batch> Streams { get; init; } = None;

    /// <summary>The first view.</summary>
    public Tensor Images => Views[0];
}

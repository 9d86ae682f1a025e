using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>What a noise did. The host disposes the tensors.</summary>
public sealed record NoiseResult
{
    /// <summary>Labels to train on, int64 [n] on the CPU; null: the dataset's.</summary>
    public Tensor? Labels { get; init; }

    /// <summary>Images to train on, uint8 as they came, in a tensor of their own; null: unchanged.</summary>
    public Tensor? Images { get; init; }

    /// <summary>Positions of the corrupted images, int64 [m] ascending; null: none.</summary>
    public Tensor? CorruptedImages { get; init; }
}

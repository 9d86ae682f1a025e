using static TorchSharp.torch;

namespace Sat.Sdk;

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

    /// <inheritdoc/>
    public bool IsInFileOrder { get; init; } = true;
}

using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>Images that are decoded when they are asked for, whose files have more pixels than <see cref="IDataset.Shape"/>, and other
/// proportions.</summary>
public interface IRegionSplit : IStreamedSplit
{
    /// <summary>Decodes parts of images, each resized to <see cref="IDataset.Shape"/>; called as
    /// <see cref="IStreamedSplit.Read(ReadOnlySpan{long})"/> is.</summary>
    /// <param name="indices">Positions in [0, <see cref="ISplit.Count"/>); one may occur several times.</param>
    /// <param name="regions">For each position, the part by the image's height and width in pixels.</param>
    /// <returns>uint8 [indices, channels, height, width] on the CPU; the caller disposes it.</returns>
    Tensor Read(ReadOnlySpan<long> indices, IReadOnlyList<Func<int, int, Region>> regions);
}

using static TorchSharp.torch;

namespace Sat.Sdk;

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

using Sat.Engine.Data;
using static TorchSharp.torch;

namespace Sat.Engine.Training;

/// <summary>The order of an epoch's samples, and what reads their images where they are not on the device.</summary>
/// <param name="indices">int64 [samples] on the device; owned by the order from now on.</param>
/// <param name="reader">Reads the images in this order; null: they are on the device. Owned too.</param>
public sealed class SampleOrder(Tensor indices, BatchReader? reader) : IDisposable
{
    private readonly Tensor _indices = indices.DetachFromDisposeScope();

    /// <summary>int64 [samples] on the device.</summary>
    public Tensor Indices => _indices;

    /// <summary>The images of a batch; made within a dispose scope.</summary>
    /// <param name="images">All of them.</param>
    /// <param name="batch">Counted from 0, one after the other.</param>
    /// <param name="indices">Those of the batch, int64 [batch] on the device.</param>
    public ImageSelection Select(ImageSource images, long batch, Tensor indices) =>
        reader is null ? images.Select(indices) : new ImageSelection(reader.Read(batch), null);

    /// <summary>Waits for what is being read.</summary>
    public void Dispose()
    {
        reader?.Dispose();
        _indices.Dispose();
    }
}

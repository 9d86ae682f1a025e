using static TorchSharp.torch;

namespace Sat.Engine.Data;

/// <summary>
/// The images that a noise has corrupted, as they were before. They stay where their dataset has them, on the CPU, and come to the device a
/// few at a time: nothing is kept twice.
/// </summary>
/// <param name="images">The dataset's, uint8 [n, channels, height, width] on the CPU; not owned.</param>
/// <param name="corrupted">Positions among them, int64 [m] on the CPU; owned from now on.</param>
/// <param name="offset">The part's first image.</param>
/// <param name="device">Where they are wanted.</param>
public sealed class Originals(Tensor images, Tensor corrupted, long offset, Device device) : ImageSource
{
    private readonly Tensor _corrupted = corrupted.DetachFromDisposeScope();

    /// <summary>Where they stand in their part, int64 [m] on the device.</summary>
    public Tensor Positions { get; } = (corrupted - offset).to(device).DetachFromDisposeScope();

    /// <inheritdoc/>
    public override long Count => _corrupted.shape[0];

    /// <inheritdoc/>
    public override Tensor Fetch(Tensor indices)
    {
        using var scope = NewDisposeScope();
        return images.index_select(0, _corrupted.index_select(0, indices.to(CPU))).to(device).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Fetch(long start, long count)
    {
        using var scope = NewDisposeScope();
        return images.index_select(0, _corrupted.narrow(0, start, count)).to(device).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _corrupted.Dispose();
        Positions.Dispose();
    }
}

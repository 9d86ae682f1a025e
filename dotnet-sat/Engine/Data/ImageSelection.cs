using static TorchSharp.torch;

namespace Sat.Engine.Data;

/// <summary>Some of the images that lie together in memory.</summary>
/// <param name="Images">uint8 [n, channels, height, width] on the device.</param>
/// <param name="Positions">Which of them, int64 [selected] on the device; null: all, in their order.</param>
public readonly record struct ImageSelection(Tensor Images, Tensor? Positions)
{
    /// <summary>How many are selected.</summary>
    public long Count => (Positions ?? Images).shape[0];

    /// <summary>uint8 [selected, channels, height, width], to be read only.</summary>
    public Tensor Gather() => Positions is null ? Images : Images.index_select(0, Positions);
}

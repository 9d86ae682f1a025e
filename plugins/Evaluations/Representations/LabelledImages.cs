using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Evaluations.Representations;

/// <summary>A labelled split on the device: as a whole where it is in memory, and else as it is asked for.</summary>
sealed class LabelledImages : IDisposable
{
    readonly ISplit _split;
    readonly Tensor? _resident;
    readonly Device _device;

    /// <param name="owner">Which evaluation asks, for messages.</param>
    /// <param name="name">Which split, for messages.</param>
    /// <param name="split">The images.</param>
    /// <param name="device">Where they are wanted.</param>
    /// <exception cref="SatException">They have no labels, or there are none of them.</exception>
    public LabelledImages(string owner, string name, ISplit split, Device device)
    {
        if (split.Labels is not { } labels)
        {
            throw new SatException(
                ExitCode.Planning,
                $"evaluation '{owner}' needs labels, but the dataset's {name} images have none: choose a labelled part of the dataset."
            );
        }
        if (split.Count == 0)
            throw new SatException(ExitCode.Planning, $"evaluation '{owner}': the dataset has no {name} images.");
        _split = split;
        _device = device;
        Labels = labels.to(device).alias().DetachFromDisposeScope();
        _resident = (split as ResidentSplit)?.Images.to(device).alias().DetachFromDisposeScope();
    }

    public long Count => _split.Count;

    /// <summary>int64 [<see cref="Count"/>] on the device.</summary>
    public Tensor Labels { get; }

    /// <summary>uint8 [indices, channels, height, width] on the device.</summary>
    /// <param name="indices">int64 on the device.</param>
    public Tensor Fetch(Tensor indices)
    {
        if (_resident is not null)
            return _resident.index_select(0, indices);
        var streamed =
            _split as IStreamedSplit
            ?? throw new NotSupportedException(
                $"{_split.GetType().Name} is neither a {nameof(ResidentSplit)} nor a {nameof(IStreamedSplit)}"
            );
        using var positions = indices.cpu();
        return streamed.Read(positions.data<long>().ToArray()).to(_device);
    }

    public void Dispose()
    {
        Labels.Dispose();
        _resident?.Dispose();
    }
}

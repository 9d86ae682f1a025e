using TorchSharp;

namespace Sat.Engine.Conditions;

/// <summary>How the images of streamed datasets are read. No bit of any result depends on it.</summary>
/// <param name="Threads">Threads that decode the images of a batch, at least 1.</param>
/// <param name="Ahead">True if a batch is read while the one before it is trained on; no more than one is, so memory stays the same over an
/// epoch.</param>
public sealed record Loading(int Threads, bool Ahead)
{
    /// <summary>What was asked for; else what training leaves. On a card it leaves all processors. On the CPU it leaves those that its own
    /// threads do not use; where there are none, images are read between steps, when it uses none.</summary>
    /// <param name="asked">Threads as asked for; null: not given.</param>
    /// <param name="device">Where training is done.</param>
    /// <param name="training">Threads of training.</param>
    /// <param name="processors">Processors that the run may use.</param>
    public static Loading Choose(int? asked, DeviceType device, int training, int processors)
    {
        var left = device == DeviceType.CPU ? processors - training : processors;
        var ahead = ReadAhead.IsOn(device, hasProcessors: asked is not null || left > 0);
        return new Loading(asked ?? Math.Max(1, ahead ? left : processors), ahead);
    }
}

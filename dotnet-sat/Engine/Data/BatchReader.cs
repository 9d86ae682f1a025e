using TorchSharp;
using static TorchSharp.torch;

namespace Sat.Engine.Data;

/// <summary>
/// Reads the images of an epoch batch by batch; if told to, those of the next batch on another thread while the present one is trained on.
/// At most one batch is read ahead, and none beyond the epoch's end. What is read is the same either way.
/// </summary>
/// <param name="read">A batch, counted from 0, and its positions to images, uint8 [n, channels, height, width] on the CPU; never called
/// twice at a time.</param>
/// <param name="order">Positions of all images, in their order.</param>
/// <param name="batchSize">Images a batch; the last may have fewer.</param>
/// <param name="device">Where they are wanted.</param>
/// <param name="ahead">True to read ahead.</param>
public sealed class BatchReader(Func<long, long[], Tensor> read, long[] order, int batchSize, Device device, bool ahead) : IDisposable
{
    private (long Batch, Task<Tensor> Images)? _next;

    /// <summary>The images of a batch, uint8 [n, channels, height, width] on the device, within the caller's dispose scope.</summary>
    /// <param name="batch">Counted from 0; each call asks for the batch after the last one's.</param>
    /// <exception cref="Exception">What reading it threw, on whatever thread.</exception>
    public Tensor Read(long batch)
    {
        using var images = Take(batch);
        // Pinned where the device is one that waits for other memory.
        var moved = device.type == DeviceType.CPU ? images.alias() : images.to(device, non_blocking: true);
        var following = batch + 1;
        if (ahead && following * batchSize < order.Length)
            _next = (following, Task.Run(() => Load(following)));
        return moved;
    }

    /// <summary>Waits for what is being read, and lets go of it: nobody needs it, nor its error.</summary>
    public void Dispose()
    {
        if (_next is not { Images: var images })
            return;
        _next = null;
        Task.WaitAny(images);
        if (images.Exception is null)
            images.Result.Dispose();
    }

    private Tensor Take(long batch)
    {
        if (_next?.Batch == batch)
        {
            var images = _next.Value.Images;
            _next = null;
            return images.GetAwaiter().GetResult();
        }
        Dispose();
        return Load(batch);
    }

    /// <summary>On no dispose scope: those are a thread's own, and the batch changes threads.</summary>
    private Tensor Load(long batch)
    {
        using var scope = NewDisposeScope();
        var start = batch * batchSize;
        var images = read(batch, order[(int)start..(int)Math.Min(start + batchSize, order.Length)]);
        if (device.type != DeviceType.CUDA)
            return images.DetachFromDisposeScope();
        using (images)
            return images.pin_memory().DetachFromDisposeScope();
    }
}

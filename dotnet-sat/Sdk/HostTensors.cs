using TorchSharp;
using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>What is drawn or read on the host for the device that trains.</summary>
public static class HostTensors
{
    /// <summary>
    /// Moves a tensor to a device without waiting for what the device still has to do. <c>to(device)</c> and <c>tensor(values, device:
    /// device)</c> wait for all of it (libtorch synchronises the stream after copying memory that is not pinned), so a training step uses
    /// this in their place.
    /// </summary>
    /// <param name="host">On the CPU, of any shape; disposed by its owner, at once if wanted.</param>
    /// <param name="device">Where it is wanted.</param>
    /// <returns>The same values on the device, for operations that are asked for from now on; on the CPU the same memory.</returns>
    public static Tensor SendTo(this Tensor host, Device device)
    {
        if (device.type == DeviceType.CPU)
            return host.alias();
        if (device.type != DeviceType.CUDA)
            return host.to(device);
        // libtorch keeps pinned memory that is given back until the copies from it are made.
        using var pinned = host.pin_memory();
        return pinned.to(device, non_blocking: true);
    }
}

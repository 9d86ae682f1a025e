using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>Changes a batch of images at random, all of it at once, on the device it lies on.</summary>
public interface IAugmentation
{
    /// <summary>One random view of each image.</summary>
    /// <param name="images">uint8 in [0, 255] or float32 in [0, 1], [batch, channels, height, width], on any device; not to be changed in
    /// place.</param>
    /// <param name="random">A generator on the CPU: parameters are drawn there, so that every device sees the same views.</param>
    /// <returns>Images of the same meaning: uint8 in [0, 255] or float32 in [0, 1]; sizes may differ from the input's.</returns>
    Tensor Apply(Tensor images, Generator random);
}

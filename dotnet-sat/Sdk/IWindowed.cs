using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>
/// An augmentation that moves images and does nothing else: each view is a window of its image, of the image's own size. On the
/// CPU the engine cuts such views itself, and normalises them in the same pass.
/// </summary>
public interface IWindowed
{
    /// <summary>The windows that <see cref="IAugmentation.Apply"/> would show, by the same draws from the generator.</summary>
    /// <param name="images">How many images.</param>
    /// <param name="random">A generator on the CPU.</param>
    /// <returns>A window an image.</returns>
    IReadOnlyList<Window> Windows(int images, Generator random);
}

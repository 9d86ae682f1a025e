using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>
/// An augmentation that shows a part of each image, resized and perhaps mirrored, and does nothing else. Where images are decoded when they
/// are asked for (<see cref="IRegionSplit"/>), the engine draws the parts first, and each is made from the pixels of the image's own file;
/// elsewhere <see cref="IAugmentation.Apply"/> makes it from the image that the dataset gives.
/// </summary>
public interface IRegional
{
    /// <summary>A part for each of some images, whose sizes are not known yet.</summary>
    /// <param name="images">How many images.</param>
    /// <param name="random">A generator on the CPU.</param>
    /// <returns>For each image, the part of it by its height and width in pixels.</returns>
    IReadOnlyList<Func<int, int, Region>> Regions(int images, Generator random);
}

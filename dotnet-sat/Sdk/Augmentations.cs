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

/// <summary>An augmentation that treats the views of an image differently (BYOL always blurs the first and rarely the second). On its own
/// it makes the first view.</summary>
public interface IViewAugmentation : IAugmentation
{
    /// <summary>What makes a view.</summary>
    /// <param name="view">Counted from 0; any number, whatever number of views the augmentation was published for.</param>
    IAugmentation View(int view);
}

/// <summary>Views of one image.</summary>
public static class AugmentationViews
{
    /// <summary>What makes each of several views: the augmentation's own form for it, or the augmentation itself, drawn anew.</summary>
    /// <param name="augmentation">The study's augmentation.</param>
    /// <param name="count">Views, at least 1.</param>
    public static IReadOnlyList<IAugmentation> Views(this IAugmentation augmentation, int count) =>
        [.. Enumerable.Range(0, count).Select(v => augmentation is IViewAugmentation views ? views.View(v) : augmentation)];
}

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

/// <summary>
/// A window of an image: its pixel (y, x) is the image's at (y + Top, x + Left), or at (y + Top, width - 1 - x + Left) when
/// mirrored; 0 outside the image.
/// </summary>
/// <param name="Top">In pixels; negative: the window begins above the image.</param>
/// <param name="Left">In pixels; negative: the window begins left of the image.</param>
/// <param name="Mirrored">True if left and right are exchanged.</param>
public readonly record struct Window(int Top, int Left, bool Mirrored);

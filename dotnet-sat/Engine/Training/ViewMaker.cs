using Sat.Engine.Data;
using Sat.Sdk;
using TorchSharp;
using static TorchSharp.torch;

namespace Sat.Engine.Training;

/// <summary>Makes the views of a batch.</summary>
/// <param name="views">An augmentation a view.</param>
/// <param name="pixels">From augmented to normalised images.</param>
/// <param name="random">What augmentations draw from.</param>
/// <param name="device">Where batches live.</param>
internal sealed class ViewMaker(IReadOnlyList<IAugmentation> views, Pixels pixels, Generator random, Device device)
{
    /// <summary>The views, if each is a part of its image and nothing else; null: one is more.</summary>
    public IReadOnlyList<IRegional>? Regional { get; } = views.All(v => v is IRegional) ? [.. views.Cast<IRegional>()] : null;

    /// <summary>A tensor a view, of images that are the parts already: all of the first view, then all of the next.</summary>
    public IReadOnlyList<Tensor> OfParts(ImageSelection images) => [.. images.Gather().chunk(views.Count).Select(v => pixels.Normalize(v))];

    /// <summary>A tensor a view.</summary>
    public IReadOnlyList<Tensor> Of(ImageSelection images)
    {
        Tensor? gathered = null;
        var result = new List<Tensor>();
        foreach (var view in views)
        {
            result.Add(
                view is IWindowed windowed && device.type == DeviceType.CPU
                    ? pixels.Normalize(images, windowed.Windows((int)images.Count, random))
                    : pixels.Normalize(view.Apply(gathered ??= images.Gather(), random))
            );
        }
        return result;
    }
}

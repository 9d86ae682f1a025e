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

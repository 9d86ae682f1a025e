using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>
/// A network from images to features. Heads are added by methods, which use it by <c>call</c>, as PyTorch's <c>module(x)</c>:
/// <c>forward</c> alone leaves the run's precision out. Initialise weights in the constructor: torch's global
/// generator is seeded from the run's seed.
/// </summary>
/// <param name="name">Module name.</param>
public abstract class Backbone(string name) : nn.Module<Tensor, Tensor>(name)
{
    /// <summary>Length F of the features: <c>forward</c> takes float32 [batch, channels, height, width], in any order of memory
    /// (<c>reshape</c>, not <c>view</c>), to [batch, F].</summary>
    public abstract long FeatureDimension { get; }

    /// <summary>Makes the published last layer, from features to outputs; linear with torch's own initialisation unless
    /// overridden.</summary>
    /// <param name="outputs">Outputs, at least 1.</param>
    public virtual nn.Module<Tensor, Tensor> CreateHead(long outputs) => nn.Linear(FeatureDimension, outputs);
}

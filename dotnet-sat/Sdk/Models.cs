using static TorchSharp.torch;

namespace Sat.Sdk;

/// <summary>What a backbone is built for.</summary>
/// <param name="Shape">Shape of the images it will see.</param>
public sealed record ModelContext(ImageShape Shape);

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

/// <summary>A backbone that published weights of other code bases fit, under other names.</summary>
public interface IPublishedNames
{
    /// <summary>This backbone's name for a parameter or buffer of another's; names that mean nothing here are returned as they
    /// are.</summary>
    string NameOf(string published);
}

/// <summary>A backbone whose width is an option.</summary>
public interface IHasWidth
{
    /// <summary>Base width, in channels (ResNet: 64 in the papers).</summary>
    int Width { get; }
}

/// <summary>A backbone with a head.</summary>
public sealed class Classifier : nn.Module<Tensor, Tensor>
{
    /// <summary>Joins both; the classifier owns them.</summary>
    public Classifier(Backbone backbone, nn.Module<Tensor, Tensor> head)
        : base(nameof(Classifier))
    {
        Backbone = backbone;
        Head = head;
        register_module("backbone", backbone);
        register_module("head", head);
    }

    /// <summary>Images to features.</summary>
    public Backbone Backbone { get; }

    /// <summary>Features to outputs.</summary>
    public nn.Module<Tensor, Tensor> Head { get; }

    /// <summary>Images, float32 [batch, channels, height, width], to outputs [batch, outputs].</summary>
    public override Tensor forward(Tensor input)
    {
        using var features = Backbone.call(input);
        return Head.call(features);
    }
}

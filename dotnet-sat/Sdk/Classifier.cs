using static TorchSharp.torch;

namespace Sat.Sdk;

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

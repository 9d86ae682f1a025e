using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.SelfSupervised.Networks;

/// <summary>A backbone f and a projector g.</summary>
sealed class Encoder : nn.Module
{
    readonly nn.Module<Tensor, Tensor> projector;

    public Encoder(Backbone backbone, nn.Module<Tensor, Tensor> projector)
        : base(nameof(Encoder))
    {
        Backbone = backbone;
        this.projector = projector;
        register_module("backbone", backbone);
        register_module("projector", projector);
    }

    public Backbone Backbone { get; }

    /// <param name="images">float32 [batch, channels, height, width].</param>
    public Encoded Encode(Tensor images)
    {
        var features = Backbone.call(images);
        return new(features, projector.call(features));
    }
}

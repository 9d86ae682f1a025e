using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.Supervised.Tests;

/// <summary>A backbone without weights: its images, [batch, K, 1, 1], are the logits.</summary>
class GivenLogits(long classes) : Backbone(nameof(GivenLogits))
{
    public override long FeatureDimension { get; } = classes;

    public override Tensor forward(Tensor input) => input.flatten(1);

    public override nn.Module<Tensor, Tensor> CreateHead(long outputs)
    {
        Assert.AreEqual(FeatureDimension, outputs, "these methods have one output a class");
        return nn.Identity();
    }
}

/// <summary>The same, of a width.</summary>
sealed class GivenLogitsOfWidth(long classes, int width) : GivenLogits(classes), IHasWidth
{
    public int Width { get; } = width;
}

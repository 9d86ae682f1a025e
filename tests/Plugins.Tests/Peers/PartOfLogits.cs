using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.Peers.Tests;

/// <summary>A backbone without weights, for one of several networks: its images, [batch, networks K, 1, 1], are the logits of
/// all.</summary>
sealed class PartOfLogits(int network, long classes) : Backbone(nameof(PartOfLogits))
{
    public override long FeatureDimension { get; } = classes;

    public override Tensor forward(Tensor input) => input.flatten(1).narrow(1, network * FeatureDimension, FeatureDimension);

    public override nn.Module<Tensor, Tensor> CreateHead(long outputs) => nn.Identity();
}

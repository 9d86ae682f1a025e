using Sat.Sdk;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Methods.Peers.Tests;

/// <summary>A hidden layer wide enough to memorise a few hundred wrong labels.</summary>
sealed class WideLayer : Backbone
{
    readonly Linear _hidden;

    public WideLayer(long inputs, long width)
        : base(nameof(WideLayer))
    {
        FeatureDimension = width;
        _hidden = nn.Linear(inputs, width);
        RegisterComponents();
    }

    public override long FeatureDimension { get; }

    public override Tensor forward(Tensor input) => relu(_hidden.forward(input.flatten(1)));
}

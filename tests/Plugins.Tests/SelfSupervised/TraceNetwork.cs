using Sat.Sdk;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sat.Methods.SelfSupervised.Tests;

/// <summary>The encoder of the traces: linear, batch normalisation, ReLU, on images of one pixel.</summary>
sealed class TraceNetwork : Backbone
{
    public const int Inputs = 12;

    readonly Sequential layers;

    public TraceNetwork()
        : base(nameof(TraceNetwork))
    {
        layers = nn.Sequential(nn.Linear(Inputs, FeatureDimension), nn.BatchNorm1d(FeatureDimension), nn.ReLU());
        RegisterComponents();
    }

    public override long FeatureDimension => 16;

    public override Tensor forward(Tensor input) => layers.forward(input.flatten(1));
}

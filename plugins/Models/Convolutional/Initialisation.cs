using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sat.Models.Convolutional;

/// <summary>The published initial weights, drawn from torch's global generator.</summary>
static class Initialisation
{
    /// <summary>Convolutions from a normal distribution of variance 2 / (k k c_out), their biases 0; batch normalisation 1 and 0, as torch
    /// has it.</summary>
    public static void DrawConvolutions(nn.Module network)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        foreach (var convolution in network.modules().OfType<Conv2d>())
        {
            var weight = convolution.weight!;
            nn.init.normal_(weight, 0, Math.Sqrt(2.0 / (weight.shape[2] * weight.shape[3] * weight.shape[0])));
            if (convolution.bias is { } bias)
                nn.init.zeros_(bias);
        }
    }

    /// <summary>Weights from a normal distribution of the given deviation, biases 0.</summary>
    public static Linear DrawLinear(Linear layer, double deviation)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        nn.init.normal_(layer.weight!, 0, deviation);
        return ZeroBias(layer);
    }

    /// <summary>Sets the bias to 0.</summary>
    public static Linear ZeroBias(Linear layer)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        nn.init.zeros_(layer.bias!);
        return layer;
    }
}

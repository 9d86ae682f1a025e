using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Evaluations.Robustness.AutoAttack;

/// <summary>Numbers from a generator on the CPU, so that every device attacks alike.</summary>
/// <param name="random">The generator.</param>
/// <param name="device">Where they are wanted.</param>
sealed class Draws(Generator random, Device device) : IDraws
{
    public Tensor Uniform(params long[] shape)
    {
        using var drawn = rand(shape, generator: random);
        return drawn.SendTo(device);
    }

    public Tensor Normal(params long[] shape)
    {
        using var drawn = randn(shape, generator: random);
        return drawn.SendTo(device);
    }
}

using static TorchSharp.torch;

namespace Sat.Evaluations.Robustness.AutoAttack;

/// <summary>Random numbers for an attack.</summary>
interface IDraws
{
    /// <summary>Uniform in [0, 1), float32.</summary>
    Tensor Uniform(params long[] shape);

    /// <summary>Standard normal, float32.</summary>
    Tensor Normal(params long[] shape);
}

using static TorchSharp.torch;

namespace Sat.Methods.Peers.Mixing;

/// <summary>The share of one of two images that are mixed.</summary>
static class BetaShare
{
    /// <summary>A share from Beta(alpha, alpha), the first of the two of a Dirichlet distribution: a float32 scalar on the host.</summary>
    public static Tensor Draw(double alpha, Generator random)
    {
        using var noGradient = no_grad();
        using var concentration = full(2, alpha, ScalarType.Float64);
        using var shares = _sample_dirichlet(concentration, random);
        return shares.select(0, 0).to(ScalarType.Float32);
    }
}

using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Methods.SelfSupervised.Measures;

/// <summary>How far representations are from having collapsed. Rows are normalised to length 1 first; results are scalars in double
/// precision.</summary>
static class Spread
{
    /// <summary>
    /// The standard deviation of each entry over the samples, averaged: 0 when all are one vector, 1 / sqrt(d) when they
    /// fill the sphere (arXiv 2011.10566, section 4.1).
    /// </summary>
    /// <param name="vectors">float32 [n, d], n at least 2.</param>
    public static Tensor Deviation(Tensor vectors) => Unit(vectors).std(0).mean();

    /// <summary>
    /// exp of the entropy of the singular values' shares: 1 when all are one direction, min(n, d) when none prevails
    /// (Roy and Vetterli 2007; arXiv 2210.02885, not centred).
    /// </summary>
    /// <param name="vectors">float32 [n, d].</param>
    public static Tensor EffectiveRank(Tensor vectors)
    {
        var unit = Unit(vectors);
        var products = unit.shape[0] < unit.shape[1] ? unit.matmul(unit.t()) : unit.t().matmul(unit);
        var singular = linalg.eigvalsh(products).clamp_min(0).sqrt();
        var shares = singular / singular.sum();
        return (-(shares * shares.clamp_min(double.Epsilon).log()).sum()).exp();
    }

    /// <summary>Mean squared distance of the two vectors of one sample: 0 when views do not matter (arXiv 2005.10242, equation 1, alpha =
    /// 2).</summary>
    /// <param name="vectors">float32 [n, d].</param>
    /// <param name="partners">float32 [n, d].</param>
    public static Tensor Alignment(Tensor vectors, Tensor partners) => (Unit(vectors) - Unit(partners)).square().sum(1).mean();

    /// <summary>log of the mean of exp(-2 |u - v|^2) over pairs of samples: 0 when all are one vector, the lower the more evenly spread
    /// (arXiv 2005.10242, equation 2, t = 2).</summary>
    /// <param name="vectors">float32 [n, d], n at least 2.</param>
    public static Tensor Uniformity(Tensor vectors)
    {
        var unit = Unit(vectors);
        var n = unit.shape[0];
        var kernel = (unit.matmul(unit.t()) - 1).mul_(4).exp_();
        // |u - v|^2 = 2 - 2 u v; each vector's pair with itself counts 1 and is no pair.
        return ((kernel.sum() - kernel.diagonal().sum()) / (n * (n - 1))).log();
    }

    static Tensor Unit(Tensor vectors) => normalize(vectors.to(ScalarType.Float64), dim: 1);
}

using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Methods.SelfSupervised;

/// <summary>The squared distance of unit vectors, |p/|p| - t/|t||^2 = 2 - 2 cos(p, t) (arXiv 2006.07733, equation 2).</summary>
static class RegressionLoss
{
    /// <param name="predictions">p, float32 [batch, D].</param>
    /// <param name="targets">t, float32 [batch, D], without gradient.</param>
    /// <returns>The mean over the batch, in [0, 4].</returns>
    public static Tensor Compute(Tensor predictions, Tensor targets) => 2 - 2 * MeanCosine(predictions, targets);

    /// <summary>Mean of cos(p, t) over the batch, in [-1, 1].</summary>
    public static Tensor MeanCosine(Tensor predictions, Tensor targets) =>
        (normalize(predictions, dim: 1) * normalize(targets, dim: 1)).sum(1).mean();
}

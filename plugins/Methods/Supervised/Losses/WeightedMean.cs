using static TorchSharp.torch;

namespace Sat.Methods.Supervised.Losses;

/// <summary>sum_i w_i l_i / sum_i w_i.</summary>
static class WeightedMean
{
    /// <param name="losses">l, float32 [batch].</param>
    /// <param name="weights">w, float32 [batch], of positive sum.</param>
    /// <returns>A scalar.</returns>
    public static Tensor Compute(Tensor losses, Tensor weights) => (weights * losses).sum() / weights.sum();
}

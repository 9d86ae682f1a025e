using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Methods.Supervised.Losses;

/// <summary>- sum_j p_ij log t_ij, with p = softmax(logits): cross entropy with the roles of prediction and target exchanged.</summary>
static class ReverseCrossEntropy
{
    /// <summary>Where the prediction underflows, t can be 0, and 0 log 0 would be no number.</summary>
    const double SmallestNormal = 1.17549435e-38;

    /// <param name="logits">float32 [batch, K].</param>
    /// <param name="targets">t, float32 [batch, K], rows that sum to 1.</param>
    /// <param name="floor">Entries of t below it count as this much inside the logarithm, in [0, 1].</param>
    /// <returns>float32 [batch].</returns>
    public static Tensor PerSample(Tensor logits, Tensor targets, double floor) =>
        -(softmax(logits, 1) * targets.clamp_min(Math.Max(floor, SmallestNormal)).log()).sum(1);
}

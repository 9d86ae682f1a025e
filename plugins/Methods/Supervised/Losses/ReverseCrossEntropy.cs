using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Methods.Supervised.Losses;

/// <summary>- sum_j p_ij log t_ij, with p = softmax(logits): cross entropy with the roles of prediction and target exchanged.</summary>
static class ReverseCrossEntropy
{
    /// <param name="logits">float32 [batch, K].</param>
    /// <param name="targets">t, float32 [batch, K], rows that sum to 1.</param>
    /// <param name="floor">Entries of t below it count as this much inside the logarithm; above 0.</param>
    /// <returns>float32 [batch].</returns>
    public static Tensor PerSample(Tensor logits, Tensor targets, double floor) =>
        -(softmax(logits, 1) * targets.clamp_min(floor).log()).sum(1);
}

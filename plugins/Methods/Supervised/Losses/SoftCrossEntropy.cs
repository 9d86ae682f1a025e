using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Methods.Supervised.Losses;

/// <summary>- sum_j t_ij log p_ij, with p = softmax(logits).</summary>
static class SoftCrossEntropy
{
    /// <param name="logits">float32 [batch, K].</param>
    /// <param name="targets">t, float32 [batch, K], rows that sum to 1.</param>
    /// <returns>float32 [batch].</returns>
    public static Tensor PerSample(Tensor logits, Tensor targets) => -(targets * log_softmax(logits, 1)).sum(1);
}

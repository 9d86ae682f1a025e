using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Methods.Adversarial;

/// <summary>KL(p || q) = sum_j p_j log(p_j / q_j), with p and q softmaxes of logits; gradients flow to both.</summary>
static class KullbackLeibler
{
    /// <param name="p">Logits of p, float32 [batch, K].</param>
    /// <param name="q">Logits of q, of the same shape.</param>
    /// <returns>The sum over the batch: a scalar.</returns>
    public static Tensor Sum(Tensor p, Tensor q)
    {
        var logP = log_softmax(p, 1);
        return (logP.exp() * (logP - log_softmax(q, 1))).sum();
    }
}

using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Methods.Peers.Losses;

/// <summary>What a network gives the labels.</summary>
static class LabelProbability
{
    /// <summary>log p_y with p = softmax(logits), float32 [batch].</summary>
    /// <param name="logits">float32 [batch, K].</param>
    /// <param name="labels">y, int64 [batch].</param>
    public static Tensor Logarithm(Tensor logits, Tensor labels) => At(log_softmax(logits, 1), labels);

    /// <summary>The entry of each row at its label, [batch].</summary>
    /// <param name="rows">[batch, K].</param>
    /// <param name="labels">y, int64 [batch].</param>
    public static Tensor At(Tensor rows, Tensor labels) => rows.gather(1, labels.unsqueeze(1)).squeeze(1);
}

using Sat.Methods.Peers.Labelled;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.Peers.Losses;

/// <summary>
/// Generalised cross entropy (arXiv 1805.07836): L_q = (1 - p_y^q) / q, equation 6. With a truncation k, a loss above L_q(k) = (1 - k^q) /
/// q counts as that (section 3, "truncated L_q loss"). It is judged by the prediction that is trained on; the paper instead marks samples
/// every ten epochs, by a pass of the best network so far over all of them.
/// </summary>
sealed class GeneralizedCrossEntropy(TrainingTask task, GceOptions options) : LogitsMethod(task)
{
    protected override Tensor Loss(Batch batch, Tensor logits)
    {
        // By expm1, so that a small q keeps its digits; and p^(q-1), which is infinite where p underflows, is nowhere.
        var losses = (LabelProbability.Logarithm(logits, batch.Labels) * options.Q).expm1() / -options.Q;
        return (Truncates(batch.Epoch) ? losses.clamp_max(Largest) : losses).mean();
    }

    /// <summary>L_q(k).</summary>
    double Largest => (1 - Math.Pow(options.Truncation, options.Q)) / options.Q;

    bool Truncates(int epoch) => options.Truncation > 0 && epoch >= options.StartEpoch;
}

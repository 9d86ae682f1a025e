using Sat.Methods.Peers.Labelled;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Methods.Peers.Losses;

/// <summary>
/// Bootstrapping (arXiv 1412.6596, its objectives "soft" and "hard"): -sum_k [beta t_k + (1 - beta) s_k] log q_k, where t is the given
/// label, q the prediction, and s either q or the class where q is largest. In the soft one the gradient flows through both q, which makes
/// the second term the entropy of the prediction, as the paper says.
/// </summary>
sealed class Bootstrapping(TrainingTask task, BootstrapOptions options) : LogitsMethod(task)
{
    const double SoftBeta = 0.95;
    const double HardBeta = 0.8;

    readonly double _beta = options.Beta ?? (options.Target == BootstrapTarget.Soft ? SoftBeta : HardBeta);

    protected override Tensor Loss(Batch batch, Tensor logits)
    {
        var logarithms = log_softmax(logits, 1);
        var given = LabelProbability.At(logarithms, batch.Labels);
        var own =
            options.Target == BootstrapTarget.Soft
                ? (logarithms.exp() * logarithms).sum(1)
                : LabelProbability.At(logarithms, logarithms.detach().argmax(1));
        return -((_beta * given) + ((1 - _beta) * own)).mean();
    }
}

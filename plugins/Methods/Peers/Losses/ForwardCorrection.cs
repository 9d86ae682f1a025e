using Sat.Methods.Peers.Labelled;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Methods.Peers.Losses;

/// <summary>
/// Forward correction (arXiv 1609.03683, Theorem 2): -log sum_i T_iy p_i, where T_ij is the probability that class i was labelled j. T is
/// that of symmetric noise of a given rate; the paper's estimate of T, which needs a network trained without correction first, is left out.
/// </summary>
sealed class ForwardCorrection : LogitsMethod
{
    /// <summary>log T with a row a label, [K, K]: symmetric noise is the same both ways.</summary>
    readonly Tensor _logTransition;

    public ForwardCorrection(TrainingTask task, ForwardCorrectionOptions options)
        : base(task)
    {
        var classes = task.Classes.Count;
        var drawnFrom = options.Redraw == RedrawnFrom.AllClasses ? classes : Math.Max(classes - 1, 1);
        var other = options.Rate / drawnFrom;
        using var noGradient = no_grad();
        using var same = eye(classes, dtype: ScalarType.Float32, device: task.Device);
        using var transition = (same * (1 - (other * classes))) + other;
        _logTransition = transition.log().DetachFromDisposeScope();
    }

    protected override Tensor Loss(Batch batch, Tensor logits) =>
        -(log_softmax(logits, 1) + _logTransition.index_select(0, batch.Labels)).logsumexp(1).mean();
}

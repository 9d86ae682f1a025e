using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Evaluations.Robustness.AutoAttack;

/// <summary>What attacks raise or lower: a value an image, [n], of logits z, [n, K].</summary>
static class Margins
{
    /// <summary>In place of a difference of 0, which nothing can be divided by.</summary>
    const double Tiny = 1e-12;

    public static Func<Tensor, Tensor> CrossEntropy(Tensor labels) => logits => cross_entropy(logits, labels, reduction: nn.Reduction.None);

    /// <summary>The targeted difference of logits ratio: -(z_y - z_t) / (z_(1) - (z_(3) + z_(4)) / 2), with z_(1) &gt;= z_(2) &gt;= ...
    /// It does not change when logits are scaled, so that no scale hides the gradient.</summary>
    /// <param name="labels">y, int64 [n].</param>
    /// <param name="targets">t, int64 [n].</param>
    public static Func<Tensor, Tensor> TargetedRatio(Tensor labels, Tensor targets) =>
        logits =>
        {
            var (largest, _) = logits.topk(4, 1);
            var scale = largest.select(1, 0) - ((largest.select(1, 2) + largest.select(1, 3)) / 2) + Tiny;
            return (LogitsAt(logits, targets) - LogitsAt(logits, labels)) / scale;
        };

    /// <summary>z_y minus the largest of the others: not above 0 where another class is given.</summary>
    /// <param name="logits">[n, K].</param>
    /// <param name="labels">y, int64 [n].</param>
    public static Tensor ToOthers(Tensor logits, Tensor labels)
    {
        var others = logits.scatter(1, labels.unsqueeze(1), full_like(LogitsAt(logits, labels).unsqueeze(1), double.NegativeInfinity));
        return LogitsAt(logits, labels) - others.amax([1]);
    }

    /// <summary>The logits of one class an image, [n].</summary>
    public static Tensor LogitsAt(Tensor logits, Tensor classes) => logits.gather(1, classes.unsqueeze(1)).squeeze(1);

    /// <summary>The class of the rank-th largest logit, int64 [n].</summary>
    /// <param name="logits">[n, K].</param>
    /// <param name="rank">From 1, the largest, to K.</param>
    public static Tensor Ranked(Tensor logits, int rank)
    {
        var (_, classes) = logits.topk(rank, 1);
        return classes.select(1, rank - 1);
    }
}

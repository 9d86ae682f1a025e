using static TorchSharp.torch;

namespace Sat.Methods.Supervised.Adaptation;

/// <summary>A probability vector t_i for each training sample, moved towards predictions.</summary>
sealed class SoftTargetTable
{
    /// <summary>Starts each t_i at onehot(y_i).</summary>
    /// <param name="labels">y, int64 [n], in [0, <paramref name="classes"/>).</param>
    /// <param name="classes">K.</param>
    public SoftTargetTable(Tensor labels, long classes)
    {
        using var hot = nn.functional.one_hot(labels, classes);
        Values = hot.to(ScalarType.Float32);
        Values.DetachFromDisposeScope();
    }

    /// <summary>All t_i, float32 [n, K].</summary>
    public Tensor Values { get; }

    /// <summary>t_i &lt;- alpha t_i + (1 - alpha) p_i, without gradient and without waiting for the device.</summary>
    /// <param name="indices">i, int64 [batch], each at most once.</param>
    /// <param name="predictions">p, float32 [batch, K].</param>
    /// <param name="alpha">Momentum, in [0, 1].</param>
    /// <returns>The new t_i, float32 [batch, K].</returns>
    public Tensor Update(Tensor indices, Tensor predictions, double alpha)
    {
        using var noGradient = no_grad();
        var targets = Values.index_select(0, indices);
        targets.mul_(alpha).add_(predictions, alpha: 1 - alpha);
        Values.index_copy_(0, indices, targets);
        return targets;
    }
}

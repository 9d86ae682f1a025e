using static TorchSharp.torch;

namespace Sat.Methods.SelfSupervised;

/// <summary>
/// The target t of each sample and direction: the moving average of all that the target encoder has made of it. The
/// table is as large as the training set, and a step reads and writes the rows of its batch alone.
/// </summary>
sealed class SampleTargets
{
    public SampleTargets(long samples, int directions, long dimension, Device device)
    {
        Values = zeros([samples, directions, dimension], device: device).DetachFromDisposeScope();
        Visited = zeros([samples], ScalarType.Bool, device).DetachFromDisposeScope();
    }

    /// <summary>All t, float32 [samples, directions, D], of length at most 1; zeros before a sample's first visit.</summary>
    public Tensor Values { get; }

    /// <summary>Which samples have been visited, bool [samples].</summary>
    public Tensor Visited { get; }

    /// <summary>t &lt;- z at the first visit and alpha t + (1 - alpha) z at later ones, without gradient and without waiting for the
    /// device.</summary>
    /// <param name="indices">int64 [batch], each at most once.</param>
    /// <param name="outputs">z, of length 1, float32 [batch, directions, D].</param>
    /// <param name="alpha">Momentum, in [0, 1].</param>
    /// <returns>The new t, float32 [batch, directions, D].</returns>
    public Tensor Update(Tensor indices, Tensor outputs, double alpha)
    {
        using var noGradient = no_grad();
        // With a share of 1, lerp gives z itself, to the bit.
        var share = Visited.index_select(0, indices).to(outputs.dtype).mul_(-alpha).add_(1).view(-1, 1, 1);
        var targets = Values.index_select(0, indices).lerp_(outputs, share);
        Values.index_copy_(0, indices, targets);
        Visited.index_fill_(0, indices, true);
        return targets;
    }
}

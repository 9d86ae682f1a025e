using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Evaluations.Representations;

/// <summary>
/// Linear classifiers on the same features, each with a learning rate of its own, trained side by side: multinomial
/// cross entropy, SGD with Nesterov's momentum, weights and biases from 0 (the loss is convex).
/// </summary>
sealed class LinearProbes : IDisposable
{
    readonly double momentum, weightDecay;
    readonly Tensor weights;
    readonly Tensor velocities;
    readonly Tensor rates;

    /// <param name="features">F.</param>
    /// <param name="classes">K.</param>
    /// <param name="rates">A learning rate a probe.</param>
    /// <param name="momentum">Momentum.</param>
    /// <param name="weightDecay">Weight decay, without biases.</param>
    /// <param name="device">Where they live.</param>
    public LinearProbes(long features, long classes, IReadOnlyList<double> rates, double momentum, double weightDecay, Device device)
    {
        (this.momentum, this.weightDecay) = (momentum, weightDecay);
        // The bias is the weight of a feature that is always 1.
        weights = zeros([rates.Count, features + 1, classes], device: device).DetachFromDisposeScope();
        velocities = zeros_like(weights).DetachFromDisposeScope();
        this.rates = tensor(rates.Select(r => (float)r).ToArray(), [rates.Count, 1, 1], device: device).DetachFromDisposeScope();
    }

    /// <summary>One step.</summary>
    /// <param name="features">float32 [batch, F].</param>
    /// <param name="labels">int64 [batch].</param>
    /// <param name="counts">float32 [probes, batch]: 1 where a sample counts for a probe, and 0 where it does not.</param>
    /// <param name="factor">What the learning rates are multiplied by.</param>
    public void Step(Tensor features, Tensor labels, Tensor counts, double factor)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var inputs = WithOne(features);
        var errors = softmax(inputs.matmul(weights), 2) - one_hot(labels, weights.shape[2]);
        errors.mul_((counts / counts.sum(1, keepdim: true).clamp_min(1)).unsqueeze(2));
        var gradients = inputs.t().matmul(errors);
        if (weightDecay > 0)
            gradients.narrow(1, 0, features.shape[1]).add_(weights.narrow(1, 0, features.shape[1]), alpha: weightDecay);
        velocities.mul_(momentum).add_(gradients);
        weights.sub_(gradients.add_(velocities, alpha: momentum).mul_(rates * factor));
    }

    /// <summary>Class scores, float32 [probes, samples, K].</summary>
    public Tensor Logits(Tensor features)
    {
        using var noGradient = no_grad();
        return WithOne(features).matmul(weights);
    }

    public void Dispose()
    {
        weights.Dispose();
        velocities.Dispose();
        rates.Dispose();
    }

    static Tensor WithOne(Tensor features) => cat([features, features.new_ones(features.shape[0], 1)], 1);
}

using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Evaluations.Representations;

/// <summary>
/// Linear classifiers on the same features, each with a learning rate of its own, trained side by side: multinomial
/// cross entropy, SGD with Nesterov's momentum, weights and biases from 0 (the loss is convex).
/// </summary>
sealed class LinearProbes : IDisposable
{
    readonly double _momentum;
    readonly double _weightDecay;
    readonly Tensor _weights;
    readonly Tensor _velocities;
    readonly Tensor _rates;

    /// <param name="features">F.</param>
    /// <param name="classes">K.</param>
    /// <param name="rates">A learning rate a probe.</param>
    /// <param name="momentum">Momentum.</param>
    /// <param name="weightDecay">Weight decay, without biases.</param>
    /// <param name="device">Where they live.</param>
    public LinearProbes(long features, long classes, IReadOnlyList<double> rates, double momentum, double weightDecay, Device device)
    {
        (_momentum, _weightDecay) = (momentum, weightDecay);
        // The bias is the weight of a feature that is always 1.
        _weights = zeros([rates.Count, features + 1, classes], device: device).DetachFromDisposeScope();
        _velocities = zeros_like(_weights).DetachFromDisposeScope();
        _rates = tensor(rates.Select(r => (float)r).ToArray(), [rates.Count, 1, 1], device: device).DetachFromDisposeScope();
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
        var errors = softmax(inputs.matmul(_weights), 2) - one_hot(labels, _weights.shape[2]);
        errors.mul_((counts / counts.sum(1, keepdim: true).clamp_min(1)).unsqueeze(2));
        var gradients = inputs.t().matmul(errors);
        if (_weightDecay > 0)
            gradients.narrow(1, 0, features.shape[1]).add_(_weights.narrow(1, 0, features.shape[1]), alpha: _weightDecay);
        _velocities.mul_(_momentum).add_(gradients);
        _weights.sub_(gradients.add_(_velocities, alpha: _momentum).mul_(_rates * factor));
    }

    /// <summary>Class scores, float32 [probes, samples, K].</summary>
    public Tensor Logits(Tensor features)
    {
        using var noGradient = no_grad();
        return WithOne(features).matmul(_weights);
    }

    public void Dispose()
    {
        _weights.Dispose();
        _velocities.Dispose();
        _rates.Dispose();
    }

    static Tensor WithOne(Tensor features) => cat([features, features.new_ones(features.shape[0], 1)], 1);
}

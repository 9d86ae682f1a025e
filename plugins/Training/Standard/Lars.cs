using Sat.Sdk;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sat.Training.Standard;

/// <summary>
/// Layer-wise adaptive rate scaling (arXiv 1708.03888, Algorithm 1, in the form of BYOL's code): u = g + wd w; r = eta |w| / |u|;
/// m &lt;- mu m + r u; w &lt;- w - lr m. Biases and normalisation have u = g and r = 1. The libraries' form has
/// r = min(eta |w| / (|g| + wd |w| + 1e-8) / lr, 1). It remembers nothing but SGD's momentum.
/// </summary>
sealed class Lars : SGD, IOptimizerState
{
    const double Epsilon = 1e-8;
    readonly Parameter[] _adapted;
    readonly LarsOptions _options;

    public static Lars Create(IReadOnlyList<NamedParameter> parameters, LarsOptions options)
    {
        var (weights, rest) = NormAndBias.Split(parameters);
        return new(weights, rest, options);
    }

    Lars(Parameter[] weights, Parameter[] rest, LarsOptions options)
        : base([.. weights, .. rest], options.Lr, options.Momentum)
    {
        _adapted = weights;
        _options = options;
    }

    public override Tensor step(Func<Tensor>? closure = null)
    {
        Tensor? loss = null;
        if (closure is not null)
        {
            using var gradients = enable_grad();
            loss = closure();
        }
        Adapt();
        base.step();
        return loss!;
    }

    /// <summary>Changes the gradients of weights in place, without waiting for the device.</summary>
    void Adapt()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        foreach (var weight in _adapted)
        {
            if (weight.grad is not { } gradient)
                continue;
            var bare = _options.Denominator == LarsDenominator.SumOfNorms ? gradient.norm() : null;
            gradient.add_(weight, alpha: _options.WeightDecay);
            var (length, update) = (weight.norm(), bare ?? gradient.norm());
            var ratio = length * _options.Eta / (bare is null ? update : update + (length * _options.WeightDecay) + Epsilon);
            if (_options.ClipRatio == true)
                ratio = (ratio / ParamGroups.First().LearningRate).clamp_max(1);
            gradient.mul_(ratio.where(length.gt(0).logical_and(update.gt(0)), ones_like(ratio)));
        }
    }
}

using Sat.Records.Options;
using Sat.Sdk;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sat.Training.Standard;

/// <summary>Options of LARS. The defaults are the form of BYOL's code, with the numbers that libraries use on CIFAR; their form too needs
/// <c>clip-ratio: true</c> and <c>denominator: sum-of-norms</c>.</summary>
sealed record LarsOptions
{
    [Option("Learning rate.", Min = 0, AboveMin = true)]
    public double Lr { get; init; } = 1;

    [Option("Momentum.", Min = 0, Max = 1, BelowMax = true)]
    public double Momentum { get; init; } = 0.9;

    [Option("Weight decay, added to the gradient of weights; biases and normalisation are exempt.", Min = 0)]
    public double WeightDecay { get; init; } = 1e-5;

    [Option("Trust coefficient (eta): the length of a step as a share of the weights' own.", Min = 0, AboveMin = true)]
    public double Eta { get; init; } = 0.02;

    [Option("Clip the trust ratio: divide it by the learning rate, and let it be at most 1 (solo-learn's clip_lr). Unset: false.")]
    public bool? ClipRatio { get; init; }

    [Option(
        "What the weights' length is divided by: norm-of-sum is |g + wd w| (BYOL's code), sum-of-norms is |g| + wd |w| + 1e-8 (arXiv 1708.03888, solo-learn). Unset: norm-of-sum."
    )]
    public LarsDenominator? Denominator { get; init; }
}

/// <summary>The denominator of the trust ratio.</summary>
enum LarsDenominator
{
    /// <summary>The norm of gradient and decay together.</summary>
    NormOfSum,

    /// <summary>The norm of the gradient, and that of the decay.</summary>
    SumOfNorms,
}

/// <summary>
/// Layer-wise adaptive rate scaling (arXiv 1708.03888, Algorithm 1, in the form of BYOL's code): u = g + wd w; r = eta |w| / |u|;
/// m &lt;- mu m + r u; w &lt;- w - lr m. Biases and normalisation have u = g and r = 1. The libraries' form has
/// r = min(eta |w| / (|g| + wd |w| + 1e-8) / lr, 1).
/// </summary>
sealed class Lars : SGD
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

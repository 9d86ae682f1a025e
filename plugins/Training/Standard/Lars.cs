using Sat.Records.Options;
using Sat.Sdk;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sat.Training.Standard;

/// <summary>Options of LARS; the defaults are those of the maintained libraries' recipe for BYOL on CIFAR.</summary>
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
}

/// <summary>
/// Layer-wise adaptive rate scaling (arXiv 1708.03888, Algorithm 1, in the form of BYOL's code): u = g + wd w;
/// u &lt;- eta |w| / |u| u; m &lt;- mu m + u; w &lt;- w - lr m. Biases and normalisation have u = g.
/// </summary>
sealed class Lars : SGD
{
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
            gradient.add_(weight, alpha: _options.WeightDecay);
            var (length, update) = (weight.norm(), gradient.norm());
            var ratio = length * _options.Eta / update;
            gradient.mul_(ratio.where(length.gt(0).logical_and(update.gt(0)), ones_like(ratio)));
        }
    }
}

using Sat.Records;
using Sat.Records.Options;
using Sat.Sdk;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sat.Training.Standard;

sealed record SgdOptions
{
    [Option("Learning rate.", Min = 0, AboveMin = true)]
    public double Lr { get; init; } = 0.1;

    [Option("Momentum.", Min = 0, Max = 1, BelowMax = true)]
    public double Momentum { get; init; } = 0.9;

    [Option("Weight decay, added to the gradient of every parameter.", Min = 0)]
    public double WeightDecay { get; init; } = 5e-4;

    [Option("Nesterov's momentum; needs a momentum and no dampening.", Needs = "momentum")]
    public bool Nesterov { get; init; }

    [Option("Dampening of the momentum.", Min = 0, Max = 1, Needs = "momentum")]
    public double Dampening { get; init; }

    /// <remarks>Without a default, so that runs planned before there was the option keep their ids.</remarks>
    [Option("Exempt biases and normalisation from weight decay. Unset: they decay like all parameters.", Needs = "weight-decay")]
    public bool? ExcludeNormAndBias { get; init; }
}

sealed record AdamOptions
{
    [Option("Learning rate.", Min = 0, AboveMin = true)]
    public double Lr { get; init; } = 1e-3;

    [Option("Decay of the mean of the gradients.", Min = 0, Max = 1, BelowMax = true)]
    public double Beta1 { get; init; } = 0.9;

    [Option("Decay of the mean of the squared gradients.", Min = 0, Max = 1, BelowMax = true)]
    public double Beta2 { get; init; } = 0.999;

    [Option("Added to the denominator.", Min = 0)]
    public double Eps { get; init; } = 1e-8;

    [Option("Weight decay, added to the gradient of every parameter.", Min = 0)]
    public double WeightDecay { get; init; }
}

static class Optimizers
{
    public static optim.Optimizer Sgd(IReadOnlyList<NamedParameter> parameters, SgdOptions options)
    {
        if (options.Nesterov && (options.Momentum == 0 || options.Dampening != 0))
            throw new SatException(ExitCode.Planning, "optimizer 'sgd': nesterov needs a momentum above 0 and a dampening of 0");
        if (options.ExcludeNormAndBias == true)
        {
            var (weights, rest) = NormAndBias.Split(parameters);
            SGD.ParamGroup Group(Parameter[] group, double decay) =>
                new(group, options.Lr, options.Momentum, options.Dampening, decay, options.Nesterov);
            return optim.SGD(
                [Group(weights, options.WeightDecay), Group(rest, 0)],
                options.Lr,
                options.Momentum,
                options.Dampening,
                options.WeightDecay,
                options.Nesterov
            );
        }
        return optim.SGD(
            parameters.Select(p => p.Parameter),
            options.Lr,
            options.Momentum,
            options.Dampening,
            options.WeightDecay,
            options.Nesterov
        );
    }

    public static optim.Optimizer Adam(IReadOnlyList<NamedParameter> parameters, AdamOptions options) =>
        optim.Adam(parameters.Select(p => p.Parameter), options.Lr, options.Beta1, options.Beta2, options.Eps, options.WeightDecay);
}

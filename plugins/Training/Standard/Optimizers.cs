using Sat.Records;
using Sat.Sdk;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sat.Training.Standard;

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

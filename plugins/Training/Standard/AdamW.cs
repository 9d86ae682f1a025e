using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Training.Standard;

static class AdamW
{
    public static optim.Optimizer Create(IReadOnlyList<NamedParameter> parameters, AdamWOptions options)
    {
        var (weights, rest) = NormAndBias.Split(parameters);
        TorchSharp.Modules.AdamW.ParamGroup Group(TorchSharp.Modules.Parameter[] group, double decay) =>
            new(group, options.Lr, options.Beta1, options.Beta2, options.Eps, decay);
        return optim.AdamW(
            [Group(weights, options.WeightDecay), Group(rest, options.ExcludeNormAndBias ? 0 : options.WeightDecay)],
            options.Lr,
            options.Beta1,
            options.Beta2,
            options.Eps,
            options.WeightDecay
        );
    }
}

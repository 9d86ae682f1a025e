using Sat.Sdk;
using TorchSharp.Modules;

namespace Sat.Training.Standard;

/// <summary>Tells biases and the scales and shifts of normalisation from weights: they alone have one dimension.</summary>
static class NormAndBias
{
    public static (Parameter[] Weights, Parameter[] NormAndBias) Split(IReadOnlyList<NamedParameter> parameters)
    {
        var groups = parameters.ToLookup(p => p.Parameter.dim() > 1, p => p.Parameter);
        return ([.. groups[true]], [.. groups[false]]);
    }
}

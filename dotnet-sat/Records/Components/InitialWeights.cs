using Sat.Records.Options;

namespace Sat.Records.Components;

/// <summary>An option that every model has: the file of weights that it begins with.</summary>
public static class InitialWeights
{
    /// <summary>Name of the option.</summary>
    public const string Option = "weights";

    /// <summary>As manifests list it.</summary>
    public static OptionSchema Schema { get; } =
        new()
        {
            Name = Option,
            Kind = OptionKind.Path,
            Description =
                "A .safetensors file of weights to start from, of an earlier run or as published for PyTorch; none: random weights.",
        };
}

using Sat.Records.Options;

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

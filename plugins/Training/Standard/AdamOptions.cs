using Sat.Records.Options;

namespace Sat.Training.Standard;

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

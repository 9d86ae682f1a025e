using Sat.Records.Options;

namespace Sat.Methods.Peers;

/// <summary>Options of early-learning regularisation; the defaults are those of the published code for CIFAR-10.</summary>
sealed record ElrOptions
{
    [Option("Weight of the regularisation (lambda).", Min = 0)]
    public double Lambda { get; init; } = 3;

    [Option("Momentum of each sample's running mean of predictions (beta).", Min = 0, Max = 1, BelowMax = true, Needs = "lambda")]
    public double Beta { get; init; } = 0.7;
}

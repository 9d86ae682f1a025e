using Sat.Records.Options;

namespace Sat.Methods.Adversarial;

/// <summary>Options of TRADES; the defaults are those of the paper on CIFAR-10.</summary>
record TradesOptions : AttackOptions
{
    [Option("Weight of the divergence between predictions for natural and adversarial images (beta, 1/lambda).", Min = 0)]
    public double Beta { get; init; } = 6;

    [Option(
        "Deviation of the normal noise that the attack starts from: at the image itself the divergence has no gradient.",
        Min = 0,
        Max = 1,
        AboveMin = true
    )]
    public double StartNoise { get; init; } = 0.001;
}

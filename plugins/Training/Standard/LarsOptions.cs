using Sat.Records.Options;

namespace Sat.Training.Standard;

/// <summary>Options of LARS. The defaults are the form of BYOL's code, with the numbers that libraries use on CIFAR; their form too needs
/// <c>clip-ratio: true</c> and <c>denominator: sum-of-norms</c>.</summary>
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

    [Option("Clip the trust ratio: divide it by the learning rate, and let it be at most 1 (solo-learn's clip_lr). Unset: false.")]
    public bool? ClipRatio { get; init; }

    [Option(
        "What the weights' length is divided by: norm-of-sum is |g + wd w| (BYOL's code), sum-of-norms is |g| + wd |w| + 1e-8 (arXiv 1708.03888, solo-learn). Unset: norm-of-sum."
    )]
    public LarsDenominator? Denominator { get; init; }
}

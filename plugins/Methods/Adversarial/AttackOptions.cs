using Sat.Records.Options;

namespace Sat.Methods.Adversarial;

/// <summary>How the images that are trained on are crafted; the defaults are those of TRADES on CIFAR-10.</summary>
record AttackOptions
{
    [Option("Largest change of a pixel, of pixels in [0, 1] (epsilon).", Min = 0, Max = 1, AboveMin = true)]
    public double Radius { get; init; } = 0.031;

    [Option("Steps of the attack.", Min = 1, Max = 1000)]
    public int Steps { get; init; } = 10;

    [Option("Change of a pixel in a step of the attack.", Min = 0, Max = 1, AboveMin = true)]
    public double StepSize { get; init; } = 0.007;
}

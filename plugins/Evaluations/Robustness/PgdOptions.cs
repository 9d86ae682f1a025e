using Sat.Evaluations.Robustness.Attacks;
using Sat.Records.Options;

namespace Sat.Evaluations.Robustness;

/// <summary>Options of PGD; the defaults are those that TRADES and self-adaptive training were measured with on CIFAR-10.</summary>
sealed record PgdOptions
{
    [Option("How changes are measured. linf: the largest change of a pixel; l2: the root of the sum of squares over an image.")]
    public Norm Norm { get; init; }

    [Option("Largest change, of pixels in [0, 1] (epsilon).", Min = 0, Max = 1, AboveMin = true)]
    public double Radius { get; init; } = 0.031;

    [Option("Steps.", Min = 1, Max = 100_000)]
    public int Steps { get; init; } = 20;

    [Option("Length of a step, in the norm.", Min = 0, Max = 1, AboveMin = true)]
    public double StepSize { get; init; } = 0.003;

    [Option("Attacks on each image; one that succeeds is enough.", Min = 1, Max = 1000)]
    public int Restarts { get; init; } = 1;

    [Option("Where an attack begins. none: at the image; uniform: anywhere within the radius.")]
    public StartKind Start { get; init; } = StartKind.Uniform;

    [Option("Images attacked at once.", Min = 1)]
    public int BatchSize { get; init; } = 128;

    [Option("Attack the first so many test images; 0: all.", Min = 0)]
    public int Samples { get; init; }
}

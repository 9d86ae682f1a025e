using Sat.Evaluations.Robustness.Attacks;
using Sat.Records.Options;

namespace Sat.Evaluations.Robustness;

/// <summary>Options of AutoAttack; the defaults are those of its standard version.</summary>
sealed record AutoAttackOptions
{
    [Option("How changes are measured. linf: the largest change of a pixel; l2: the root of the sum of squares over an image.")]
    public Norm Norm { get; init; }

    [Option("Largest change, of pixels in [0, 1] (epsilon).", Min = 0, Max = 1, AboveMin = true)]
    public double Radius { get; init; } = 0.031;

    [Option(
        "Iterations of APGD and FAB, for each target; fewer than 100 attack less well than the published AutoAttack.",
        Min = 1,
        Max = 100_000
    )]
    public int Iterations { get; init; } = 100;

    [Option("Queries of Square for each image; fewer than 5000 attack less well than the published AutoAttack.", Min = 1, Max = 1_000_000)]
    public int Queries { get; init; } = 5000;

    [Option("Classes that APGD-T and FAB-T try, the likeliest first; at most all but the image's own.", Min = 1, Max = 1000)]
    public int Targets { get; init; } = 9;

    [Option("Images attacked at once; after each such block the evaluation can be stopped and go on.", Min = 1)]
    public int BatchSize { get; init; } = 128;

    [Option("Attack the first so many test images; 0: all.", Min = 0)]
    public int Samples { get; init; }
}

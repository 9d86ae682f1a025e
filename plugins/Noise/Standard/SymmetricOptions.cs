using Sat.Records.Options;

namespace Sat.Noise.Standard;

sealed record SymmetricOptions
{
    [Option("Share r of the labels to redraw: floor(r n) of n.", Min = 0, Max = 1)]
    public double Rate { get; init; } = 0.4;

    [Option("The classes to draw from: all K, so that a share r (1 - 1/K) ends up wrong (the papers), or all but the true one.")]
    public Redraw Redraw { get; init; }
}

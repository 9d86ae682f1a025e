using Sat.Records.Options;

namespace Sat.Noise.Standard;

sealed record RateOptions
{
    [Option("Share r of the samples to change: floor(r n) of n.", Min = 0, Max = 1)]
    public double Rate { get; init; } = 0.4;
}

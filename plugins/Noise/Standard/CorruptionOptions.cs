using Sat.Records.Options;

namespace Sat.Noise.Standard;

sealed record CorruptionOptions
{
    [Option("Share r of the images to corrupt: floor(r n) of n. A given pattern replaces it.", Min = 0, Max = 1)]
    public double Rate { get; init; } = 0.4;

    [Option(
        "The positions of the images to corrupt, as an earlier run saved them (noise.npy), or in another format that 'from-file' reads.",
        IsPath = true
    )]
    public string? Pattern { get; init; }
}

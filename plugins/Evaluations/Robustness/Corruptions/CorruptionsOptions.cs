using Sat.Records.Options;

namespace Sat.Evaluations.Robustness.Corruptions;

sealed record CorruptionsOptions
{
    [Option("Measure the first so many images of each corruption and severity; 0: all.", Min = 0)]
    public int Samples { get; init; }

    [Option("Images that pass through the net at once.", Min = 1)]
    public int BatchSize { get; init; } = 256;
}

using Sat.Records.Options;

namespace Sat.Methods.SelfSupervised;

/// <summary>Options of methods whose targets are moving averages, sample by sample.</summary>
sealed record AdaptiveOptions : ByolOptions
{
    [Option("Momentum of each sample's target (alpha): 0 uses only the target encoder's latest output.", Min = 0, Max = 1)]
    public double Alpha { get; init; } = 0.7;
}

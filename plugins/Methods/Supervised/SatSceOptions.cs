using Sat.Records.Options;

namespace Sat.Methods.Supervised;

/// <summary>Options of self-adaptive training with symmetric cross entropy.</summary>
sealed record SatSceOptions : SatOptions
{
    [Option("Weight of the cross entropy.", Min = 0)]
    public double CrossEntropyWeight { get; init; } = 1;

    [Option("Weight of the reverse cross entropy.", Min = 0)]
    public double ReverseWeight { get; init; } = 0.3;

    [Option(
        "Smallest target entry inside the logarithm of the reverse cross entropy: smaller ones count as this much. 0: none, as the published code computes it.",
        Min = 0,
        Max = 1,
        Needs = "reverse-weight"
    )]
    public double LogFloor { get; init; }
}

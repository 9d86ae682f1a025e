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
        "Smallest target entry inside the logarithm of the reverse cross entropy, where log 0 would be infinite.",
        Min = 0,
        Max = 1,
        AboveMin = true,
        Needs = "reverse-weight"
    )]
    public double LogFloor { get; init; } = 1e-7;
}

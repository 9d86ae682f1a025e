using Sat.Records.Options;

namespace Sat.Methods.Peers.Losses;

/// <summary>Options of symmetric cross entropy; the defaults are the paper's weights for CIFAR-10.</summary>
sealed record SceOptions
{
    [Option("Weight of the cross entropy (alpha).", Min = 0)]
    public double Alpha { get; init; } = 0.1;

    [Option("Weight of the reverse cross entropy (beta).", Min = 0)]
    public double Beta { get; init; } = 1;

    [Option(
        "What a label's zeros count as inside the logarithm, of which A is the natural logarithm; the published code has 1e-4, for A = -9.2.",
        Min = 0,
        AboveMin = true,
        Max = 1,
        Needs = "beta"
    )]
    public double LogFloor { get; init; } = 1e-4;
}

using Sat.Records.Options;

namespace Sat.Methods.SelfSupervised;

/// <summary>Sizes of the networks beside the backbone. The defaults are those of BYOL and of the maintained libraries' recipe for
/// CIFAR.</summary>
record RegressionOptions
{
    [Option("Units of the projector's hidden layer.", Min = 1, Max = 65536)]
    public int ProjectorHidden { get; init; } = 4096;

    [Option("Length of a projection, and so of a target (D).", Min = 1, Max = 65536)]
    public int ProjectionDimension { get; init; } = 256;

    [Option("Put a predictor after the projector of the trained network; with neither a predictor nor momentum, representations collapse.")]
    public bool Predictor { get; init; } = true;

    [Option("Units of the predictor's hidden layer.", Min = 1, Max = 65536, Needs = "predictor")]
    public int PredictorHidden { get; init; } = 4096;
}

/// <summary>Options of methods with a momentum encoder.</summary>
record ByolOptions : RegressionOptions
{
    [Option(
        "Momentum of the target encoder at the start (tau_0): 0 makes it the trained encoder of the last step, 1 keeps it as it starts.",
        Min = 0,
        Max = 1
    )]
    public double Momentum { get; init; } = 0.99;

    [Option("Whether the momentum rises to 1 along half a cosine or stays constant.")]
    public MomentumShape MomentumSchedule { get; init; }
}

/// <summary>Options of methods whose targets are moving averages, sample by sample.</summary>
sealed record AdaptiveOptions : ByolOptions
{
    [Option("Momentum of each sample's target (alpha): 0 uses only the target encoder's latest output.", Min = 0, Max = 1)]
    public double Alpha { get; init; } = 0.7;
}

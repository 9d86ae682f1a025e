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

using Sat.Records.Options;

namespace Sat.Methods.SelfSupervised;

/// <summary>Options of SimSiam; the defaults are those of its experiments on CIFAR.</summary>
sealed record SimSiamOptions
{
    [Option("Linear layers of the projector: 2 for CIFAR, 3 for ImageNet in the paper.", Min = 2, Max = 8)]
    public int ProjectorLayers { get; init; } = 2;

    [Option("Units of the projector's hidden layers.", Min = 1, Max = 65536)]
    public int ProjectorHidden { get; init; } = 2048;

    [Option("Length of a projection.", Min = 1, Max = 65536)]
    public int ProjectionDimension { get; init; } = 2048;

    [Option("Units of the predictor's hidden layer.", Min = 1, Max = 65536)]
    public int PredictorHidden { get; init; } = 512;
}

using Sat.Records.Options;

namespace Sat.Evaluations.Representations;

/// <summary>Options of linear evaluation; the defaults are those of BYOL.</summary>
sealed record LinearOptions
{
    [Option("Passes over the training images.", Min = 1)]
    public int Epochs { get; init; } = 80;

    [Option("Images per step.", Min = 1)]
    public int BatchSize { get; init; } = 1024;

    [Option(
        "Learning rates to try; the best on the held-out images is used. They fall to 0 along half a cosine.",
        Min = 0,
        AboveMin = true,
        NotEmpty = true
    )]
    public double[] LearningRates { get; init; } = [0.4, 0.3, 0.2, 0.1, 0.05];

    [Option(
        "Share of the training images held out to choose the learning rate; the reported classifier is then trained on all of them.",
        Min = 0,
        Max = 0.9,
        AboveMin = true
    )]
    public double HeldOut { get; init; } = 0.1;

    [Option("Nesterov's momentum.", Min = 0, Max = 1, BelowMax = true)]
    public double Momentum { get; init; } = 0.9;

    [Option("Weight decay.", Min = 0)]
    public double WeightDecay { get; init; }
}

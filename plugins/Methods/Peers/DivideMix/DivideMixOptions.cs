using Sat.Records.Options;

namespace Sat.Methods.Peers.DivideMix;

/// <summary>Options of DivideMix; the defaults are those of the published code for CIFAR-10, with 10 epochs of warm-up where it trains
/// 300.</summary>
sealed record DivideMixOptions
{
    [Option(
        "Epochs of cross entropy on all given labels, before the first division: 10 for CIFAR-10, 30 for CIFAR-100.",
        Min = 0,
        Before = "training.epochs",
        NoEffect = "{id} would warm up for {value} epochs of {bound}: every epoch would train on the given labels, and none would divide them"
    )]
    public int WarmUpEpochs { get; init; } = 10;

    [Option("Reward the entropy of predictions in the warm-up; the published code does so for asymmetric noise.", Needs = "warm-up-epochs")]
    public bool ConfidencePenalty { get; init; }

    [Option(
        "Epochs whose losses are averaged before the mixture is fitted; the published code takes 5 at a noise rate of 0.9.",
        Min = 1,
        Max = 100
    )]
    public int LossEpochs { get; init; } = 1;

    [Option("Probability of a right label above which a sample keeps it (tau).", Min = 0, Max = 1, BelowMax = true)]
    public double PThreshold { get; init; } = 0.5;

    [Option("Temperature that sharpens targets (T): smaller ones sharpen more.", Min = 0, AboveMin = true)]
    public double Temperature { get; init; } = 0.5;

    [Option("Parameter of the distribution Beta(alpha, alpha) that the share of the first image is drawn from.", Min = 0, AboveMin = true)]
    public double Alpha { get; init; } = 4;

    [Option(
        "Weight of the loss on unlabelled samples in the end (lambda_u); the paper takes 0, 25, 50 or 150, more for more wrong labels and for CIFAR-100.",
        Min = 0
    )]
    public double LambdaU { get; init; } = 25;

    [Option("Epochs after the warm-up over which that weight grows from 0.", Min = 1, Needs = "lambda-u")]
    public int RampEpochs { get; init; } = 16;
}

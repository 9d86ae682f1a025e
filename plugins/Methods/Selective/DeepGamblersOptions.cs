using Sat.Records.Options;

namespace Sat.Methods.Selective;

/// <summary>Options of Deep Gamblers; the defaults are the published settings for CIFAR-10, which pretrain for
/// 100 of 300 epochs.</summary>
sealed record DeepGamblersOptions
{
    [Option(
        "What a right bet pays (o), where abstaining pays 1: above 1, at most the number of classes. The smaller, the more is abstained from.",
        Min = 1,
        AboveMin = true
    )]
    public double Reward { get; init; } = 2.2;

    [Option(
        "Epochs of pretraining: before this epoch, counted from 0, the loss is cross entropy without abstention; small rewards need it.",
        Min = 0,
        Before = "training.epochs",
        DefaultShare = 1.0 / 3,
        NoEffect = "{id} would start at epoch {value} of {bound}: {path} has no effect, and abstention would never be trained"
    )]
    public int StartEpoch { get; init; } = 100;
}

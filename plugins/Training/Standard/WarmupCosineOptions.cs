using Sat.Records.Options;

namespace Sat.Training.Standard;

sealed record WarmupCosineOptions
{
    [Option(
        "Epochs in which the learning rate rises linearly from 0; a run of fewer epochs ends while it rises.",
        Min = 0,
        Before = "training.epochs",
        NoEffect = "{id} would raise the learning rate for {value} epochs of {bound} ({path}): it never reaches its full value, and the curve after it has no effect"
    )]
    public int WarmupEpochs { get; init; } = 10;

    [Option("The factor that the curve falls to.", Min = 0, Max = 1)]
    public double Minimum { get; init; }
}

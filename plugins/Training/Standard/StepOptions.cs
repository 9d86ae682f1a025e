using Sat.Records.Options;

namespace Sat.Training.Standard;

sealed record StepOptions
{
    [Option(
        "Epochs, counted from 0, at whose start the learning rate is multiplied.",
        Min = 0,
        Required = true,
        Before = "training.epochs",
        NoEffect = "{id} would change the learning rate at epoch {value} of {bound}, which the run does not reach: {path} has no effect there"
    )]
    public int[] Milestones { get; init; } = [];

    [Option("The factor to multiply it by.", Min = 0, AboveMin = true)]
    public double Factor { get; init; } = 0.1;
}

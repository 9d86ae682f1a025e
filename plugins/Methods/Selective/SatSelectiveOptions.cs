using Sat.Records.Options;

namespace Sat.Methods.Selective;

/// <summary>Options of self-adaptive training for selective classification; the defaults are those of the published reruns.</summary>
sealed record SatSelectiveOptions
{
    [Option("Momentum of the soft targets (alpha); 1 keeps the given labels.", Min = 0, Max = 1)]
    public double Alpha { get; init; } = 0.99;

    [Option(
        "Epochs of pretraining (E_s): before this epoch, counted from 0, the loss is cross entropy without abstention.",
        Min = 0,
        Before = "training.epochs",
        NoEffect = "{id} would start at epoch {value} of {bound}: {path} has no effect, and abstention would never be trained"
    )]
    public int StartEpoch { get; init; }
}

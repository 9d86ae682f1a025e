using Sat.Records.Options;

namespace Sat.Methods.Adversarial;

/// <summary>Options of TRADES with self-adaptive training; the defaults are those of the paper, whose epochs are counted from 1: number 70
/// of 100 is the first that adapts.</summary>
sealed record TradesSatOptions : TradesOptions
{
    [Option("Momentum of the soft targets (alpha); 1 keeps the given labels.", Min = 0, Max = 1)]
    public double Alpha { get; init; } = 0.9;

    [Option(
        "First epoch, counted from 0, whose natural loss is on the soft targets (E_s - 1 in the paper, which counts from 1); before it that is cross entropy on the given labels.",
        Min = 0,
        Before = "training.epochs",
        DefaultShare = 0.69,
        NoEffect = "{id} would start at epoch {value} of {bound}: {path} has no effect, and every epoch would train on the given labels"
    )]
    public int StartEpoch { get; init; } = 69;

    [Option("Weight each sample by the largest entry of its soft target (w_i).")]
    public bool Reweight { get; init; } = true;
}

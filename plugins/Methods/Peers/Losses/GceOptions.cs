using Sat.Records.Options;

namespace Sat.Methods.Peers.Losses;

/// <summary>Options of generalised cross entropy; the defaults are the paper's for the loss without truncation.</summary>
sealed record GceOptions
{
    [Option(
        "Exponent (q): towards 0 the loss is cross entropy, at 1 it is half the mean absolute error.",
        Min = 0,
        AboveMin = true,
        Max = 1
    )]
    public double Q { get; init; } = 0.7;

    [Option(
        "Truncation (k): samples whose label has a probability of at most this give a constant loss, so that they train nothing; the paper's is 0.5. 0: none.",
        Min = 0,
        Max = 1,
        BelowMax = true
    )]
    public double Truncation { get; init; }

    [Option(
        "First epoch, counted from 0, that truncates, where there is a truncation; the paper's is 40 of 120.",
        Min = 0,
        Before = "training.epochs",
        DefaultShare = 1.0 / 3
    )]
    public int StartEpoch { get; init; } = 40;
}

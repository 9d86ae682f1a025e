using Sat.Records.Options;

namespace Sat.Methods.Supervised;

/// <summary>Options of self-adaptive training; the defaults are those of the paper's label noise experiments, which start at epoch 60 of
/// 200.</summary>
record SatOptions
{
    [Option("Momentum of the soft targets (alpha); 1 keeps the given labels.", Min = 0, Max = 1)]
    public double Alpha { get; init; } = 0.9;

    [Option(
        "First epoch, counted from 0, that trains on the soft targets (E_s); before it the loss is cross entropy on the given labels.",
        Min = 0,
        Before = "training.epochs",
        DefaultShare = 0.3,
        NoEffect = "{id} would start at epoch {value} of {bound}: {path} has no effect, and every epoch would train on the given labels"
    )]
    public int StartEpoch { get; init; } = 60;

    [Option("Weight each sample by the largest entry of its soft target (w_i).")]
    public bool Reweight { get; init; } = true;

    [Option(
        "For a model of base width w, use alpha^(w/64) and start at epoch floor(start-epoch * 64/w), as in the paper's double descent experiments; no effect on models without a width.",
        Needs = "model.width"
    )]
    public bool AdjustForWidth { get; init; }
}

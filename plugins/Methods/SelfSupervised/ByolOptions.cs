using Sat.Records.Options;

namespace Sat.Methods.SelfSupervised;

/// <summary>Options of methods with a momentum encoder.</summary>
record ByolOptions : RegressionOptions
{
    [Option(
        "Momentum of the target encoder at the start (tau_0): 0 makes it the trained encoder of the last step, 1 keeps it as it starts.",
        Min = 0,
        Max = 1
    )]
    public double Momentum { get; init; } = 0.99;

    [Option("Whether the momentum rises to 1 along half a cosine or stays constant.")]
    public MomentumShape MomentumSchedule { get; init; }
}

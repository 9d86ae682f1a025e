using Sat.Records.Options;

namespace Sat.Methods.Peers.Losses;

/// <summary>Options of bootstrapping.</summary>
sealed record BootstrapOptions
{
    [Option("What is mixed into the given label: the prediction's probabilities (soft), or its most probable class (hard).")]
    public BootstrapTarget Target { get; init; }

    [Option(
        "Share of the given label in the target (beta); the paper's unless given, which is 0.95 for soft targets and 0.8 for hard ones.",
        Min = 0,
        Max = 1
    )]
    public double? Beta { get; init; }
}

using Sat.Records.Options;

namespace Sat.Methods.Peers.Losses;

/// <summary>Options of forward correction: the noise that it corrects for, which it is told and does not estimate. The defaults are those
/// of the noise <c>symmetric</c>.</summary>
sealed record ForwardCorrectionOptions
{
    [Option("Rate of the symmetric noise in the labels, as given to the noise: it is not estimated.", Min = 0, Max = 1, BelowMax = true)]
    public double Rate { get; init; } = 0.4;

    [Option("The classes that the noise draws from, as given to the noise: all K, or all but the true one.")]
    public RedrawnFrom Redraw { get; init; }
}

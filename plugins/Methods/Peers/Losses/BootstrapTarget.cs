namespace Sat.Methods.Peers.Losses;

/// <summary>What of the prediction is mixed into the label.</summary>
enum BootstrapTarget
{
    /// <summary>All of it: the probabilities q.</summary>
    Soft,

    /// <summary>The most probable class z.</summary>
    Hard,
}

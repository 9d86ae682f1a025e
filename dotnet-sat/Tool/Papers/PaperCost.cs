using System.Text.Json.Serialization;

namespace Sat.Tool.Papers;

/// <summary>What a study costs.</summary>
/// <param name="FullPetaflops">Floating-point operations of the convolutions and linear layers, forward and backward, in training all runs
/// of the full study, in units of 1e15: counted, not measured. A multiply-add is two. Evaluations are left out.</param>
/// <param name="SmallCpuMinutes">Minutes that a sweep of the small study took, evaluations and all, times its jobs of one thread each;
/// null: not measured.</param>
internal sealed record PaperCost(double FullPetaflops, double? SmallCpuMinutes = null)
{
    /// <summary>What a card is taken to sustain, in units of 1e12 floating-point operations a second: a round number to scale from, which
    /// nobody measured.</summary>
    public const int SustainedTeraflops = 10;

    /// <summary>Hours of training that the full study would take on a card of that speed.</summary>
    [JsonIgnore]
    public double GpuHours => FullPetaflops * 1000 / SustainedTeraflops / 3600;
}

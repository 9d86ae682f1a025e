namespace Sat.Evaluations.Selective;

/// <summary>The samples that a threshold covers.</summary>
/// <param name="Threshold">The highest score of rejection that is covered.</param>
/// <param name="Count">How many are covered.</param>
/// <param name="Errors">How many of these are predicted wrongly.</param>
readonly record struct Covered(double Threshold, int Count, int Errors)
{
    /// <summary>The share of wrong predictions among those covered, in [0, 1]; not a number where none is.</summary>
    public double Error => (double)Errors / Count;
}

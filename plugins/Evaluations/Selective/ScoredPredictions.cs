namespace Sat.Evaluations.Selective;

/// <summary>Predictions, and in which order one would do without them.</summary>
/// <param name="Rejection">A score a sample, finite and at least 0: the higher, the sooner the sample is rejected.</param>
/// <param name="IsWrong">True where the prediction is not the sample's class.</param>
sealed record ScoredPredictions(double[] Rejection, bool[] IsWrong)
{
    public int Count => Rejection.Length;

    /// <summary>Some of them.</summary>
    /// <param name="positions">Which.</param>
    public ScoredPredictions At(ReadOnlySpan<int> positions)
    {
        var (rejection, wrong) = (new double[positions.Length], new bool[positions.Length]);
        for (var i = 0; i < positions.Length; i++)
            (rejection[i], wrong[i]) = (Rejection[positions[i]], IsWrong[positions[i]]);
        return new(rejection, wrong);
    }
}

/// <summary>The samples that a threshold covers.</summary>
/// <param name="Threshold">The highest score of rejection that is covered.</param>
/// <param name="Count">How many are covered.</param>
/// <param name="Errors">How many of these are predicted wrongly.</param>
readonly record struct Covered(double Threshold, int Count, int Errors)
{
    /// <summary>The share of wrong predictions among those covered, in [0, 1]; not a number where none is.</summary>
    public double Error => (double)Errors / Count;
}

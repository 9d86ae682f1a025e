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

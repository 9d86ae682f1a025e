namespace Sat.Benchmarks.Results;

/// <summary>Repeats of one figure in three numbers.</summary>
/// <param name="Median">The middle one; the mean of both in the middle when they are even in number.</param>
/// <param name="Least">The least.</param>
/// <param name="Most">The most.</param>
public readonly record struct MedianRange(double Median, double Least, double Most)
{
    /// <summary>Of some values; null when there are none.</summary>
    public static MedianRange? From(IReadOnlyList<double> values)
    {
        if (values.Count == 0)
            return null;
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return new MedianRange(sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2, sorted[0], sorted[^1]);
    }

    /// <summary>How many times as good as a peer, pair by pair; null unless both have as many repeats.</summary>
    /// <param name="ours">Ours, repeat by repeat.</param>
    /// <param name="peers">The peer's.</param>
    /// <param name="moreIsBetter">False for times.</param>
    public static MedianRange? Ratio(IReadOnlyList<double> ours, IReadOnlyList<double> peers, bool moreIsBetter) =>
        ours.Count == peers.Count ? From([.. ours.Zip(peers, (o, p) => moreIsBetter ? o / p : p / o)]) : null;
}

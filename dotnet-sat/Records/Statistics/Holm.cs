namespace Sat.Records.Statistics;

/// <summary>Holm's correction of p values for being several (Holm, 1979), with Shaffer's improvement (1986) where not all of their
/// hypotheses can be true at once.</summary>
public static class Holm
{
    /// <summary>The p values that the least is to be compared with the error rate by: as many, in the same order, in [0, 1].</summary>
    /// <param name="values">p values.</param>
    /// <param name="mostTrue">How many of their hypotheses can be true at once; null: all.</param>
    public static IReadOnlyList<double> Adjust(IReadOnlyList<double> values, int? mostTrue = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        var adjusted = new double[values.Count];
        var (largest, rank) = (0.0, 0);
        foreach (var i in Enumerable.Range(0, values.Count).OrderBy(i => values[i]))
        {
            var open = Math.Min(values.Count - rank++, mostTrue ?? values.Count);
            adjusted[i] = largest = Math.Max(largest, Math.Min(1, open * values[i]));
        }
        return adjusted;
    }
}

namespace Sat.Cleaning;

/// <summary>Counts of samples by given class (row) and true class (column).</summary>
internal static class CountMatrix
{
    /// <summary>Scales each row to the number of labels of its class, and rounds it to integers with that sum.</summary>
    public static long[][] Calibrate(IReadOnlyList<long[]> counts, IReadOnlyList<int> given)
    {
        var samples = (double)given.Sum(g => (long)g);
        var scaled = counts
            .Select(
                (row, k) =>
                {
                    var sum = Math.Max(1, row.Sum());
                    return row.Select(c => (double)c / sum * given[k]).ToArray();
                }
            )
            .ToArray();
        var total = scaled.Sum(r => r.Sum());
        return [.. scaled.Select((row, k) => Round([.. row.Select(c => c / total * samples)], given[k]))];
    }

    /// <summary>Rounds to integers with a given sum: half to even, then a step where the value is farthest from what it was rounded to; of
    /// equal ones the last when adding, the first when subtracting.</summary>
    private static long[] Round(double[] values, long sum)
    {
        long[] rounded = [.. values.Select(v => (long)Math.Round(v, MidpointRounding.ToEven))];
        for (var missing = sum - rounded.Sum(); missing != 0; missing -= Math.Sign(missing))
        {
            var at = 0;
            for (var i = 1; i < values.Length; i++)
            {
                var (here, best) = (values[i] - rounded[i], values[at] - rounded[at]);
                if (missing > 0 ? here >= best : here < best)
                    at = i;
            }
            rounded[at] += Math.Sign(missing);
        }
        return rounded;
    }

    /// <summary>How many of each pair are to be pruned: the diagonal keeps at least a number of samples, and a part of the rest.</summary>
    /// <param name="calibrated">Calibrated counts.</param>
    /// <param name="kept">The least that stays on the diagonal.</param>
    /// <param name="share">The part of the others that is pruned, in [0, 1].</param>
    public static long[][] Prune(IReadOnlyList<long[]> calibrated, int kept, double share) =>
        [.. calibrated.Select((row, k) => Prune(row, k, kept, share))];

    private static long[] Prune(long[] row, int given, int kept, double share)
    {
        var counts = row.Select(c => (double)c).ToArray();
        var rise = Math.Max(0, kept - counts[given]);
        if (rise > 0)
        {
            counts[given] += rise;
            var others = Enumerable.Range(0, row.Length).Where(j => j != given && counts[j] > 0).ToArray();
            foreach (var j in others)
                counts[j] = Math.Max(0, counts[j] - rise / others.Length);
        }
        for (var j = 0; j < counts.Length; j++)
            if (j != given)
            {
                var pruned = counts[j] * share;
                counts[given] += counts[j] - pruned;
                counts[j] = pruned;
            }
        // Sums of thirds are whole but for the last bits.
        return [.. counts.Select(c => (long)Math.Floor(c + 1e-9))];
    }
}

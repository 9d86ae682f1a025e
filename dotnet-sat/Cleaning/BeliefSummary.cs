namespace Sat.Cleaning;

/// <summary>What of each row everything else is made of, from two passes over the rows.</summary>
internal sealed class BeliefSummary
{
    /// <summary>A class without labels qualifies nothing.</summary>
    public const double NoThreshold = 2;

    private const double LeastThreshold = 2e-6,
        Tie = 1e-6;

    /// <summary>Samples, labels, classes.</summary>
    public required LabelBeliefs Beliefs { get; init; }

    /// <summary>How many samples have each label.</summary>
    public required int[] Given { get; init; }

    /// <summary>Mean of the given class's probability, by given class.</summary>
    public required double[] Thresholds { get; init; }

    /// <summary>Probability of the given class, by sample.</summary>
    public required double[] Own { get; init; }

    /// <summary>Largest probability of another class, by sample.</summary>
    public required double[] Other { get; init; }

    /// <summary>The most probable class, by sample.</summary>
    public required int[] Predicted { get; init; }

    /// <summary>The class that a sample is confidently of; -1: none.</summary>
    public required int[] Presumed { get; init; }

    /// <summary>True if the given class is the most probable one but for the last bits.</summary>
    public bool IsGivenOnTop(int sample) => Own[sample] + Tie > Other[sample];

    /// <summary>Reads all rows, twice.</summary>
    public static BeliefSummary Of(LabelBeliefs beliefs)
    {
        var (labels, classes) = (beliefs.Labels, beliefs.Classes);
        var samples = labels.Count;
        var given = new int[classes];
        var own = new double[samples];
        var other = new double[samples];
        var predicted = new int[samples];
        foreach (var label in labels)
            given[label]++;
        InBlocks(beliefs, (sample, row) =>
        {
            var label = labels[sample];
            var (best, largest) = (0, double.NegativeInfinity);
            for (var k = 0; k < row.Length; k++)
            {
                var p = row[k];
                if (p > row[best])
                    best = k;
                if (k != label && p > largest)
                    largest = p;
            }
            (own[sample], other[sample], predicted[sample]) = (row[label], largest, best);
        });
        // In the order of the samples, whatever the threads did.
        var sums = new double[classes];
        for (var i = 0; i < samples; i++)
            sums[labels[i]] += own[i];
        double[] thresholds = [.. sums.Select((sum, k) => given[k] == 0 ? NoThreshold : Math.Max(LeastThreshold, sum / given[k]))];
        var presumed = new int[samples];
        InBlocks(beliefs, (sample, row) => presumed[sample] = Presume(row, thresholds, predicted[sample]));
        return new BeliefSummary
        {
            Beliefs = beliefs,
            Given = given,
            Thresholds = thresholds,
            Own = own,
            Other = other,
            Predicted = predicted,
            Presumed = presumed,
        };
    }

    /// <summary>Entropy of each row, in nats. Reads all rows once more.</summary>
    public double[] Entropies()
    {
        var entropies = new double[Presumed.Length];
        InBlocks(Beliefs, (sample, row) =>
        {
            var sum = 0.0;
            foreach (var p in row)
                if (p > 0)
                    sum -= p * Math.Log(p);
            entropies[sample] = sum;
        });
        return entropies;
    }

    /// <summary>Reads all rows, on all processors.</summary>
    public static void InBlocks(LabelBeliefs beliefs, Action<int, double[]> read) =>
        Parallel.ForEach(
            System.Collections.Concurrent.Partitioner.Create(0, beliefs.Labels.Count),
            () => new double[beliefs.Classes],
            (range, _, row) =>
            {
                for (var sample = range.Item1; sample < range.Item2; sample++)
                {
                    beliefs.Read(sample, row);
                    read(sample, row);
                }
                return row;
            },
            _ => { }
        );

    private static int Presume(double[] row, double[] thresholds, int predicted)
    {
        var (found, only) = (0, -1);
        for (var k = 0; k < row.Length; k++)
            if (row[k] >= thresholds[k] - Tie)
                (found, only) = (found + 1, k);
        return found switch
        {
            0 => -1,
            1 => only,
            // Of all classes, as the reference does, and not of those alone that qualify.
            _ => predicted,
        };
    }
}

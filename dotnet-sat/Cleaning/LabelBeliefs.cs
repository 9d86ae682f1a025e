namespace Sat.Cleaning;

/// <summary>What is believed of samples: a given label each, and a probability for each class. Rows are read one at a time, so that a table
/// larger than memory can lie behind them.</summary>
public abstract class LabelBeliefs
{
    /// <summary>The given label of each sample, in [0, classes).</summary>
    public abstract IReadOnlyList<int> Labels { get; }

    /// <summary>How many classes there are, at least 2; a class may have no sample.</summary>
    public abstract int Classes { get; }

    /// <summary>Reads a sample's probabilities. Several threads may read at once.</summary>
    /// <param name="sample">In [0, samples).</param>
    /// <param name="row">Receives a probability for each class, which sum to 1.</param>
    public abstract void Read(int sample, Span<double> row);

    /// <summary>Beliefs that are in memory.</summary>
    /// <param name="labels">The given labels.</param>
    /// <param name="probabilities">A row for each sample.</param>
    public static LabelBeliefs Of(IReadOnlyList<int> labels, IReadOnlyList<double[]> probabilities) => new InMemory(labels, probabilities);

    private sealed class InMemory : LabelBeliefs
    {
        private readonly IReadOnlyList<double[]> _rows;

        public InMemory(IReadOnlyList<int> labels, IReadOnlyList<double[]> probabilities)
        {
            ArgumentNullException.ThrowIfNull(labels);
            ArgumentNullException.ThrowIfNull(probabilities);
            if (labels.Count == 0 || labels.Count != probabilities.Count)
                throw new ArgumentException($"there are {labels.Count} labels for {probabilities.Count} rows", nameof(probabilities));
            Classes = probabilities[0].Length;
            if (Classes < 2 || probabilities.Any(p => p.Length != Classes))
                throw new ArgumentException("rows need one length, of at least 2", nameof(probabilities));
            if (labels.Any(l => l < 0 || l >= Classes))
                throw new ArgumentException($"labels are from 0 to {Classes - 1}", nameof(labels));
            Labels = labels;
            _rows = probabilities;
        }

        public override IReadOnlyList<int> Labels { get; }

        public override int Classes { get; }

        public override void Read(int sample, Span<double> row) => _rows[sample].CopyTo(row);
    }
}

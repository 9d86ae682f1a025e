using Sat.Records.Runs;

namespace Sat.Engine.Training;

/// <summary>What came of training.</summary>
/// <param name="Rows">The metrics of every evaluated epoch, the last one trained among them.</param>
/// <param name="Final">The metrics of the epoch whose weights are the result.</param>
/// <param name="Selected">Which epoch that is, where the method chooses; null: the last.</param>
public sealed record TrainingOutcome(IReadOnlyList<MetricsRow> Rows, IReadOnlyDictionary<string, double> Final, SelectedEpoch? Selected)
{
    /// <summary>The outcome of a training.</summary>
    /// <param name="rows">The metrics of every evaluated epoch.</param>
    /// <param name="chosen">What the method chose; null: it does not choose.</param>
    public static TrainingOutcome Of(IReadOnlyList<MetricsRow> rows, ChosenWeights? chosen)
    {
        var last = rows[^1];
        var final = chosen?.Epoch is { } epoch ? rows.First(r => r.Epoch == epoch) : last;
        return new TrainingOutcome(rows, final.Values, chosen is null ? null : new SelectedEpoch(final.Epoch, last.Epoch));
    }
}

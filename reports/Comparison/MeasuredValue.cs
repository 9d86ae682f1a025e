using Sat.Records.Statistics;

namespace Sat.Reports.Comparison;

/// <summary>What a cell measured of what a published value is about.</summary>
/// <param name="Metric">The cell's own name for it.</param>
/// <param name="Statistic">Over seeds.</param>
/// <param name="BySeed">Seed to value.</param>
/// <param name="EvaluationSet">The images that it was measured on; null: those that the protocol says.</param>
internal sealed record MeasuredValue(
    string Metric,
    Statistic Statistic,
    IReadOnlyDictionary<long, double> BySeed,
    string? EvaluationSet = null
)
{
    /// <summary>How the evaluation was made otherwise than published.</summary>
    public IReadOnlyList<FieldComparison> Different { get; init; } = [];
}

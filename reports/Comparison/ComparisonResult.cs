using Sat.Records.Statistics;
using Sat.Reports.Text;

namespace Sat.Reports.Comparison;

/// <summary>A published value beside a cell's.</summary>
public sealed record ComparisonResult
{
    /// <summary>Name of the file of published values.</summary>
    public required string Baselines { get; init; }

    /// <summary>Key of the source within it.</summary>
    public required string Source { get; init; }

    /// <summary>The method, as the source calls it.</summary>
    public required string Method { get; init; }

    public required string Metric { get; init; }

    /// <summary>The run's metric that it is held against; null: none is measured.</summary>
    public string? Measure { get; init; }

    /// <summary>What the value depends on beyond the protocol, such as <c>coverage: 95</c>; null: nothing.</summary>
    public IReadOnlyDictionary<string, string>? When { get; init; }

    public required double Published { get; init; }

    public double? PublishedDeviation { get; init; }

    public int? PublishedTrials { get; init; }

    /// <summary>Bound on the error of reading the published value off a figure, a fraction; null: it is printed as a number.</summary>
    public double? ReadingError { get; init; }

    public string? Notes { get; init; }

    public required ComparisonKind Kind { get; init; }

    public required Judgement Judgement { get; init; }

    /// <summary>The cell's value; null: no finished run.</summary>
    public Statistic? Measured { get; init; }

    /// <summary>Measured less published.</summary>
    public double? Difference { get; init; }

    /// <summary>How sure the difference is; null: no finished run.</summary>
    public DifferenceResult? Test { get; init; }

    /// <summary>Against the reference method in the same setting; null: nothing to judge it by.</summary>
    public DirectionResult? Direction { get; init; }

    /// <summary>Fields that differ or that the source does not state.</summary>
    public required IReadOnlyList<FieldComparison> Fields { get; init; }

    /// <summary>The judgement in words.</summary>
    public required string Sentence { get; init; }

    /// <summary>What was published, as the run's metric; null: it is about another.</summary>
    /// <param name="metric">The run's metric.</param>
    internal double? As(string metric) =>
        metric == Metric ? Published
        : metric == Measure
            ? Metric == Judge.TestError ? 1 - Published
                : Published
        : null;
}

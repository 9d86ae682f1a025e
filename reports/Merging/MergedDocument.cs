using Sat.Records.Metrics;

namespace Sat.Reports.Merging;

/// <summary>The results of several laboratories, cell by cell: the file <c>merged.json</c>.</summary>
public sealed record MergedDocument
{
    /// <summary>Version of this layout.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>Who contributed what, in the order of merging.</summary>
    public required IReadOnlyList<MergedContribution> Contributions { get; init; }

    /// <summary>The cells of all of them.</summary>
    public required IReadOnlyList<MergedCell> Cells { get; init; }

    /// <summary>Runs that several have under one id, with different outcomes.</summary>
    public required IReadOnlyList<MergedConflict> Conflicts { get; init; }

    /// <summary>The metrics that the cells are read by.</summary>
    public IReadOnlyList<MetricSchema> Metrics { get; init; } = [];
}

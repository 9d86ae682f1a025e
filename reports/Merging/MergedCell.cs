namespace Sat.Reports.Merging;

/// <summary>A cell of one or several laboratories.</summary>
/// <param name="Id">Id of the cell: what its runs share but for the seed.</param>
/// <param name="Setting">Dataset, net and training, in words.</param>
/// <param name="Noise">The noise, in words.</param>
/// <param name="Method">The method, in words.</param>
/// <param name="Metric">The metric that it is read by; null: its runs report none that can be compared.</param>
/// <param name="Parts">Each laboratory's value, over its own seeds.</param>
/// <param name="Pooled">The common mean, as a random-effects summary; null: fewer than two laboratories have two seeds or more.</param>
public sealed record MergedCell(
    string Id,
    string Setting,
    string Noise,
    string Method,
    string? Metric,
    IReadOnlyList<MergedPart> Parts,
    PooledValue? Pooled
);

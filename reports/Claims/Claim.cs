using Sat.Records.Statistics;

namespace Sat.Reports.Claims;

/// <summary>One claim that a bundle speaks on: a published value, or an expectation of its study. A file <c>claims/ID.json</c> of a
/// site.</summary>
public sealed record Claim
{
    /// <summary>Version of this layout.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>Its id: equal inputs have equal ones.</summary>
    public required string Id { get; init; }

    /// <summary>The bundle's name.</summary>
    public required string Bundle { get; init; }

    /// <summary>The title of the source; null: an expectation of the study itself.</summary>
    public string? Source { get; init; }

    /// <summary>Where in the source, such as its table; null: not stated.</summary>
    public string? Where { get; init; }

    /// <summary>The claim in words.</summary>
    public required string Title { get; init; }

    /// <summary>The setting in words; null: the claim's own words say it.</summary>
    public string? Setting { get; init; }

    /// <summary>The metric.</summary>
    public required string Metric { get; init; }

    /// <summary>The published value, in the metric's unit.</summary>
    public double? Published { get; init; }

    /// <summary>Measured, over the seeds.</summary>
    public Statistic? Measured { get; init; }

    /// <summary>The verdict, as its key, such as <c>equivalent</c>, <c>undecided</c> or <c>met</c>.</summary>
    public required string Verdict { get; init; }

    /// <summary>The verdict in words.</summary>
    public required string Sentence { get; init; }

    /// <summary>Full ids of the runs.</summary>
    public IReadOnlyList<string> Runs { get; init; } = [];
}

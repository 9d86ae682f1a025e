using Sat.Records.Statistics;

namespace Sat.Reports.Merging;

/// <summary>A laboratory's value of a cell.</summary>
/// <param name="Contribution">The laboratory's name.</param>
/// <param name="Value">Mean and spread over its seeds.</param>
public sealed record MergedPart(string Contribution, Statistic Value);

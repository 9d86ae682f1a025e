namespace Sat.Reports.Results;

/// <summary>Whether a gate is met, and why, a sentence each.</summary>
public sealed record GateResult(bool Met, IReadOnlyList<string> Sentences);

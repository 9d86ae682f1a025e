namespace Sat.Reports.Merging;

/// <summary>A run that several laboratories made with different outcomes.</summary>
/// <param name="Run">Its id.</param>
/// <param name="Cell">Id of its cell.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Values">Each laboratory's value of the cell's metric; null: not reported.</param>
public sealed record MergedConflict(string Run, string Cell, long Seed, IReadOnlyDictionary<string, double?> Values);

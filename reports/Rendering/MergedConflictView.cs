namespace Sat.Reports.Rendering;

/// <summary>A run with several outcomes.</summary>
internal sealed record MergedConflictView(string Run, string Seed, string Values);

namespace Sat.Reports.Rendering;

/// <summary>What a laboratory brought.</summary>
internal sealed record MergedContributionView(string Name, string Title, string Authors, string Runs);

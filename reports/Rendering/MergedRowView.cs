namespace Sat.Reports.Rendering;

/// <summary>A laboratory or the common mean, in a row.</summary>
internal sealed record MergedRowView(string Name, string Mean, string Deviation, string Seeds, string Interval);

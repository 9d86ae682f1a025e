namespace Sat.Reports.Rendering;

/// <summary>A part of a dataset: a row of a table.</summary>
internal sealed record DatasetSplitView(string Name, string Images, string PerClass, string Mean, string Deviation);

namespace Sat.Reports.Rendering;

/// <summary>A class with its first pictures.</summary>
internal sealed record DatasetClassView(string Name, string Number, string Counts, IReadOnlyList<DatasetPictureView> Pictures);

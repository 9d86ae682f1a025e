namespace Sat.Reports.Rendering;

/// <summary>What the page of a dataset shows, in words.</summary>
internal sealed record DatasetView : PageView
{
    public override string Kind => "dataset";
    public override bool HasPictures => true;
    public required string Meta { get; init; }
    public required string Tone { get; init; }
    public required string Headline { get; init; }
    public required IReadOnlyList<string> Findings { get; init; }
    public required IReadOnlyList<string> Notes { get; init; }
    public required IReadOnlyList<DatasetSplitView> Splits { get; init; }
    public required IReadOnlyList<string> Same { get; init; }
    public required string SameSummary { get; init; }
    public required IReadOnlyList<DatasetClassView> Classes { get; init; }
}

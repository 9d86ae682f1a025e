namespace Sat.Reports.Rendering;

/// <summary>What the page of merged results shows, in words.</summary>
internal sealed record MergedView : PageView
{
    public override string Kind => "merged results";
    public required string Lead { get; init; }
    public required string ConflictHeadline { get; init; }
    public required IReadOnlyList<MergedConflictView> Conflicts { get; init; }
    public required IReadOnlyList<MergedContributionView> Contributions { get; init; }
    public required IReadOnlyList<MergedSettingView> Settings { get; init; }
}

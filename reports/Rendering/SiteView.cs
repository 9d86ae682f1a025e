namespace Sat.Reports.Rendering;

/// <summary>What the index of a site shows, in words.</summary>
internal sealed record SiteView : PageView
{
    public override string Kind => "published results";
    public required string Lead { get; init; }
    public required IReadOnlyList<SiteBundleView> Bundles { get; init; }
    public required IReadOnlyList<SitePaperView> Papers { get; init; }
}

namespace Sat.Reports.Rendering;

/// <summary>A table of a paper, or another place in it.</summary>
internal sealed record SiteTableView(string Place, string Label, IReadOnlyList<BadgeView> Counts, IReadOnlyList<SiteClaimView> Claims);

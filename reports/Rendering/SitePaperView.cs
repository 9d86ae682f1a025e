namespace Sat.Reports.Rendering;

/// <summary>A paper.</summary>
internal sealed record SitePaperView(string Anchor, string Title, IReadOnlyList<SiteTableView> Tables);

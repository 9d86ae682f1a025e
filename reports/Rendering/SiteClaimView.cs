namespace Sat.Reports.Rendering;

/// <summary>A claim in a row.</summary>
internal sealed record SiteClaimView(
    string Title,
    string Setting,
    string Published,
    string Measured,
    BadgeView Verdict,
    string Address,
    string Bundle,
    string Report
);

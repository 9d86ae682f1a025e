using System.Globalization;
using Sat.Records;
using Sat.Records.Metrics;
using Sat.Reports.Claims;
using Sat.Reports.Text;

namespace Sat.Reports.Rendering;

/// <summary>The index of a static site of bundles, as one HTML file.</summary>
public static class SitePage
{
    private const string Own = "Expectations of the studies";

    /// <summary>How verdicts look, by their keys.</summary>
    private static readonly Dictionary<string, BadgeView> Verdicts = Enum.GetValues<Judgement>()
        .Select(BadgeView.For)
        .Concat(Enum.GetValues<ExpectationStatus>().Select(BadgeView.For))
        .DistinctBy(b => b.Key)
        .ToDictionary(b => b.Key, StringComparer.Ordinal);

    /// <summary>Renders it.</summary>
    /// <param name="bundles">What the site holds. A bundle's report lies in <c>bundles/NAME/report.html</c>, its archive in
    /// <c>bundles/NAME.zip</c>, a claim in <c>claims/ID.json</c>.</param>
    /// <param name="metrics">Their metrics.</param>
    /// <param name="title">What the site is called.</param>
    /// <param name="output">Where it is written.</param>
    public static void Write(IReadOnlyList<PublishedBundle> bundles, IReadOnlyList<MetricSchema> metrics, string title, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(bundles);
        ArgumentNullException.ThrowIfNull(output);
        TemplateRenderer.Render(output, "site.html", View(bundles, new MetricCatalog(metrics), title), Html.Escape);
    }

    private static SiteView View(IReadOnlyList<PublishedBundle> bundles, MetricCatalog metrics, string title)
    {
        Claim[] claims = [.. bundles.SelectMany(b => b.Claims)];
        return new()
        {
            Title = title,
            Lead = Typography.Bind(
                $"{Count.Of(bundles.Count, "bundle")} with {Count.Of(claims.Length, "claim")}, of which {claims.Count(c => c.Source is not null)} {Count.Word(claims.Count(c => c.Source is not null), "is", "are")} on published values."
            ),
            Bundles =
            [
                .. bundles.Select(b => new SiteBundleView(
                    b.Title,
                    b.Authors,
                    b.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    Typography.Bind(b.Headline),
                    Report(b.Name),
                    $"bundles/{Uri.EscapeDataString(b.Name)}.zip",
                    $"{b.Name}.zip"
                )),
            ],
            Papers =
            [
                .. claims
                    .GroupBy(c => c.Source)
                    .OrderBy(g => g.Key is null)
                    .ThenBy(g => g.Key, StringComparer.Ordinal)
                    .Select(
                        (paper, i) =>
                            new SitePaperView(
                                $"paper-{i + 1}",
                                paper.Key ?? Own,
                                [
                                    .. paper
                                        .GroupBy(c => c.Where)
                                        .OrderBy(g => g.Key, StringComparer.Ordinal)
                                        .Select(table => Table(paper.Key ?? Own, table.Key ?? "", [.. table], metrics)),
                                ]
                            )
                    ),
            ],
        };
    }

    private static SiteTableView Table(string paper, string place, IReadOnlyList<Claim> claims, MetricCatalog metrics) =>
        new(
            Typography.Bind(place),
            place.Length == 0 ? paper : $"{paper}, {place}",
            [
                .. claims
                    .GroupBy(c => c.Verdict)
                    .OrderBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => Verdicts[g.Key] with { Text = $"{g.Count()} {Verdicts[g.Key].Text}" }),
            ],
            [
                .. claims
                    .OrderBy(c => c.Verdict, StringComparer.Ordinal)
                    .ThenBy(c => c.Title, StringComparer.Ordinal)
                    .Select(c => new SiteClaimView(
                        c.Title,
                        c.Setting ?? "",
                        Value(c, c.Published, metrics),
                        Value(c, c.Measured?.Mean, metrics),
                        Verdicts[c.Verdict],
                        $"claims/{c.Id}.json",
                        c.Bundle,
                        Report(c.Bundle)
                    )),
            ]
        );

    private static string Report(string bundle) => $"bundles/{Uri.EscapeDataString(bundle)}/report.html";

    private static string Value(Claim claim, double? value, MetricCatalog metrics) =>
        value is not { } number ? "–"
        : metrics.IsShare(claim.Metric) ? Format.Percent(number)
        : Format.Plain(number);
}

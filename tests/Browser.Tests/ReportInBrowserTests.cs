using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Sat.Reports;
using Sat.Reports.Claims;
using Sat.Reports.Merging;
using Sat.Reports.Rendering;
using Sat.SyntheticSweeps;

namespace Sat.Browser.Tests;

/// <summary>A report as a person meets it: in a browser, on a telephone and on a wide screen, light, dark and on paper.</summary>
[TestClass]
public sealed class ReportInBrowserTests
{
    private const int SmallestLetters = 11;
    private const int SmallestLettersOnPaper = 9;

    // Paper of 210 mm with margins of 10 mm, at 96 pixels an inch.
    private const int PaperWidth = 718;

    /// <summary>Of what axe finds in order, one node a rule is enough: to name all of them takes most of its time.</summary>
    private static readonly AxeRunOptions FaultsInFull = new() { ResultTypes = [ResultType.Violations] };

    /// <summary>What another colour scheme can break on a page whose every rule was checked in the first.</summary>
    private static readonly AxeRunOptions FaultsOfColour = new()
    {
        ResultTypes = [ResultType.Violations],
        RunOnly = RunOnlyOptions.Rules("color-contrast"),
    };

    private static string _folder = "";

    /// <summary>Name of a report to the path of its page.</summary>
    private static readonly Dictionary<string, string> Reports = new(StringComparer.Ordinal);

    public static IEnumerable<object[]> Screens =>
        from report in new[] { "half-done", "whole", "many-settings" }
        from width in new[] { 400, 1600 }
        // Dark changes colours alone, which one page shows; axe looks at their contrast in more.
        from scheme in report == "half-done" ? new[] { ColorScheme.Light, ColorScheme.Dark } : [ColorScheme.Light]
        select new object[] { report, width, scheme };

    [ClassInitialize]
    public static void WriteReports(TestContext _)
    {
        _folder = Directory.CreateTempSubdirectory("sat-browser-").FullName;
        using (var output = OutputFolder.HalfDone())
        {
            output.WritePlan();
            Keep("half-done", output.Path);
        }
        foreach (var (name, runs, epochs) in new[] { ("whole", 125, 200), ("many-settings", 250, 12) })
        {
            var sweep = Path.Combine(_folder, name);
            SyntheticSweep.Write(sweep, runs, epochs);
            Keep(name, sweep);
        }
    }

    [TestMethod]
    [DataRow(400, ColorScheme.Light)]
    [DataRow(1600, ColorScheme.Dark)]
    public async Task The_page_of_a_dataset_shows_its_pictures_and_fits_the_screen(int width, ColorScheme scheme)
    {
        var file = Path.Combine(_folder, $"dataset-{width}.html");
        await using (var text = File.CreateText(file))
            DatasetPage.Write(Portraits.Of("<img src=x onerror=alert(1)> \u202Etac"), text);
        await using var page = await ReportPage.Open(file, new Sight(width, scheme));
        await page.Unfold();

        Assert.IsEmpty(page.Offences);
        CollectionAssert.AreEqual(
            Enumerable.Repeat(Portraits.Side, 2 * Portraits.PerClass).ToArray(),
            await page.Page.EvaluateAsync<int[]>("[...document.images].map(i => i.complete ? i.naturalWidth : 0)")
        );
        // What the browser decodes is what was encoded: its first pixel.
        CollectionAssert.AreEqual(
            new[] { 10, 20, 30, 255 },
            await page.Page.EvaluateAsync<int[]>(
                "(() => { const c = document.createElement('canvas').getContext('2d'); c.drawImage(document.images[0], 0, 0); return [...c.getImageData(0, 0, 1, 1).data]; })()"
            )
        );
        Assert.IsFalse(await page.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"));
        var faults = (await page.Page.RunAxe(FaultsInFull)).Violations.Select(v => $"{v.Id}: {v.Help}").ToArray();
        Assert.IsEmpty(faults, string.Join('\n', faults));
    }

    [TestMethod]
    [DataRow("merged", 400, ColorScheme.Light)]
    [DataRow("merged", 1600, ColorScheme.Dark)]
    [DataRow("site", 400, ColorScheme.Dark)]
    [DataRow("site", 1600, ColorScheme.Light)]
    public async Task Pages_of_many_bundles_fit_the_screen(string kind, int width, ColorScheme scheme)
    {
        var file = Path.Combine(_folder, $"{kind}-{width}.html");
        await using (var text = File.CreateText(file))
            WriteCollection(kind, text);
        var sight = new Sight(width, scheme);
        await using var page = await ReportPage.Open(file, sight);
        await page.Unfold();
        await page.Picture($"{kind}-{sight}");
        await Check(page, $"{kind} at {sight}");
        var faults = (await page.Page.RunAxe(FaultsInFull)).Violations.Select(v => $"{v.Id}: {v.Help}").ToArray();
        Assert.IsEmpty(faults, string.Join('\n', faults));
    }

    /// <summary>Two laboratories with the same sweep, of which the second is called as an attacker would have it.</summary>
    private static void WriteCollection(string kind, TextWriter text)
    {
        var results = ReportWriter.Write(Path.Combine(_folder, "whole")).Document;
        const string hostile = "<img src=x onerror=alert(1)> \u202Etac";
        if (kind == "site")
            SitePage.Write(
                [
                    new PublishedBundle(
                        "first",
                        "First results",
                        "Ada Lovelace",
                        new DateOnly(2026, 1, 2),
                        results.Verdict.Headline,
                        ClaimReader.Of("first", results)
                    ),
                    new PublishedBundle("second", hostile, hostile, new DateOnly(2026, 1, 2), hostile, []),
                ],
                results.Metrics,
                "Site",
                text
            );
        else
            MergedPage.Write(
                Merger.Merge([
                    new Contribution("first", "First results", "Ada Lovelace", results, results.Runs.ToDictionary(r => r.Id, _ => "a")),
                    new Contribution(
                        "second",
                        hostile,
                        hostile,
                        results,
                        results.Runs.ToDictionary(r => r.Id, r => r.Seed == 1 ? "a" : "b")
                    ),
                ]),
                hostile,
                text
            );
    }

    [ClassCleanup]
    public static void DeleteReports() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    [DynamicData(nameof(Screens))]
    public async Task On_a_screen_every_table_and_chart_can_be_read(string report, int width, ColorScheme scheme)
    {
        var sight = new Sight(width, scheme);
        await using var page = await ReportPage.Open(Reports[report], sight);
        await page.Picture($"{report}-{sight}");
        await Check(page, $"{report} at {sight}");
        await page.Unfold();
        var whole = await Check(page, $"{report} at {sight}, unfolded");
        Assert.IsGreaterThan(6, whole.Charts);
        Assert.IsGreaterThan(3, whole.Tables);
    }

    [TestMethod]
    [DataRow("half-done")]
    [DataRow("whole")]
    [DataRow("many-settings")]
    public async Task On_paper_every_table_and_chart_can_be_read(string report)
    {
        await using var page = await ReportPage.Open(Reports[report], new Sight(PaperWidth, ColorScheme.Dark, Media.Print));
        var found = await Check(page, $"{report} on paper", SmallestLettersOnPaper);
        Assert.IsGreaterThan(0, found.Tables);
        await page.Picture($"{report}-print");
        Assert.AreEqual(
            "rgb(255, 255, 255)",
            await page.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"),
            "paper is white"
        );
        var pdf = await page.Page.PdfAsync(
            new PagePdfOptions
            {
                Format = "A4",
                Margin = new Margin
                {
                    Top = "10mm",
                    Bottom = "10mm",
                    Left = "10mm",
                    Right = "10mm",
                },
            }
        );
        Assert.StartsWith("%PDF-", System.Text.Encoding.ASCII.GetString(pdf, 0, 5));
        ReportPage.Keep($"{report}.pdf", pdf);
    }

    [TestMethod]
    [DataRow("half-done", 400, ColorScheme.Light)]
    [DataRow("half-done", 1600, ColorScheme.Dark)]
    [DataRow("whole", 400, ColorScheme.Dark)]
    [DataRow("whole", 1600, ColorScheme.Light)]
    [DataRow("many-settings", 1600, ColorScheme.Light)]
    [DataRow("many-settings", 1600, ColorScheme.Dark)]
    public async Task Axe_finds_no_serious_fault(string report, int width, ColorScheme scheme)
    {
        await using var page = await ReportPage.Open(Reports[report], new Sight(width, scheme));
        foreach (var state in new[] { "as it opens", "with something open" })
        {
            var result = await page.Page.RunAxe(scheme == ColorScheme.Light ? FaultsInFull : FaultsOfColour);
            Assert.IsNotEmpty(result.Passes, "axe looked at something");
            var serious = result.Violations.Where(v => v.Impact is "serious" or "critical").ToArray();
            Assert.IsEmpty(
                serious,
                string.Join(
                    '\n',
                    serious.Select(v => $"{state}: {v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}")
                )
            );
            await page.UnfoldSome();
        }
        Assert.IsEmpty(page.Offences, string.Join('\n', page.Offences));
    }

    [TestMethod]
    public async Task Five_thousand_runs_with_names_of_markup_and_script_render_stay_inert_and_can_be_used()
    {
        await using var page = await ReportPage.Open(Hostile(5000), new Sight(1600, ColorScheme.Light));
        await page.Picture("hostile");
        await Check(page, "hostile names");
        await UseAndCheckInertness(page);
        Assert.AreEqual(1, await page.Page.Locator("h1").CountAsync(), "no name makes a heading");
        // A reader finds a setting in the list of all, opens it, and sees its tables and charts.
        var settings = page.Page.Locator(".setting");
        Assert.AreEqual(40, await settings.CountAsync());
        Assert.AreEqual(40, await page.Page.Locator(".glance tbody tr").CountAsync());
        await settings.Nth(7).Locator(".fold > summary").ClickAsync();
        Assert.IsTrue(await settings.Nth(7).Locator("table.grid").IsVisibleAsync());
        Assert.IsTrue(await settings.Nth(7).Locator("svg.chart").First.IsVisibleAsync());
        Assert.AreEqual(
            5000,
            await page.Page.Locator("table.runs tbody tr td:first-child code:not(.command)").CountAsync(),
            "every run is listed"
        );
        await page.Picture("hostile-open");
        await Check(page, "hostile names, a setting open");
        await UseAndCheckInertness(page);
    }

    [TestMethod]
    [DataRow(400, ColorScheme.Dark, Media.Screen)]
    [DataRow(PaperWidth, ColorScheme.Light, Media.Print)]
    public async Task Names_of_markup_and_script_break_no_layout(int width, ColorScheme scheme, Media media)
    {
        await using var page = await ReportPage.Open(Hostile(60), new Sight(width, scheme, media));
        await page.UnfoldSome();
        await page.Picture($"hostile-{width}");
        await Check(page, $"hostile names at {width}", media == Media.Print ? SmallestLettersOnPaper : SmallestLetters);
        await UseAndCheckInertness(page);
    }

    private static string Hostile(int runs)
    {
        var name = $"hostile-{runs}";
        if (!Reports.ContainsKey(name))
        {
            var sweep = Path.Combine(_folder, name);
            SyntheticSweep.Write(sweep, runs, 3, SweepNames.Hostile);
            Keep(name, sweep);
        }
        return Reports[name];
    }

    private static async Task UseAndCheckInertness(ReportPage page)
    {
        Assert.AreEqual("undefined", await page.Page.EvaluateAsync<string>("typeof window.snared"), "a name was run as script");
        Assert.AreEqual(
            0,
            await page.Page.Locator("script, img, iframe, link, base, object, embed, form, meta[http-equiv=refresh]").CountAsync(),
            "a name became an element"
        );
        Assert.AreEqual(0, await page.Page.Locator("a[href^='javascript:' i]").CountAsync());
        Assert.IsEmpty(page.Offences, string.Join('\n', page.Offences.Take(20)));
    }

    private static async Task<Layout.Found> Check(ReportPage page, string what, int letters = SmallestLetters)
    {
        var found = await Layout.Look(page.Page, letters);
        Assert.IsEmpty(found.Faults, $"{what}:\n{string.Join('\n', found.Faults.Take(20))}");
        Assert.IsEmpty(page.Offences, $"{what}:\n{string.Join('\n', page.Offences.Take(20))}");
        return found;
    }

    private static void Keep(string name, string folder)
    {
        var kept = Path.Combine(_folder, name + ".html");
        File.Copy(ReportWriter.Write(folder).Html, kept);
        Reports[name] = kept;
    }
}

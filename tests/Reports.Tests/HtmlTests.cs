using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Reports.Rendering;
using Sat.Reports.Text;
using Sat.SyntheticSweeps;

namespace Sat.Reports.Tests;

[TestClass]
public sealed class HtmlTests
{
    private const string Nasty = "</td><script>alert('x')</script><img src=x onerror=\"alert(1)\">{{ report.title }}|`*_[a](javascript:x)";

    private static readonly string[] Loading =
    [
        "script",
        "link",
        "iframe",
        "object",
        "embed",
        "img",
        "audio",
        "video",
        "source",
        "base",
        "form",
    ];

    [TestMethod]
    public void The_page_loads_nothing_and_runs_nothing()
    {
        var page = Page();
        foreach (var tag in Loading)
            Assert.IsEmpty(page.QuerySelectorAll(tag), tag);
        foreach (var element in page.All)
        {
            Assert.IsFalse(element.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)), element.OuterHtml);
            Assert.IsFalse(element.HasAttribute("src"), element.OuterHtml);
            if (element.GetAttribute("href") is { } href)
                Assert.AreEqual("a", element.LocalName, href);
        }
        foreach (
            var style in page.QuerySelectorAll("style")
                .Select(s => s.TextContent)
                .Concat(page.All.Select(e => e.GetAttribute("style") ?? ""))
        )
        {
            Assert.DoesNotContain("url(", style.Replace("url(#", "", StringComparison.Ordinal));
            Assert.DoesNotContain("@import", style);
        }
        Assert.IsTrue(
            page.QuerySelectorAll("a[href^=http]").All(a => a.Closest("#sources, .sources") is not null),
            "links out are sources"
        );
    }

    [TestMethod]
    public void Headings_descend_one_step_at_a_time_from_a_single_first_one()
    {
        var levels = Page().QuerySelectorAll("h1,h2,h3,h4,h5,h6").Select(h => h.LocalName[1] - '0').ToArray();
        Assert.AreEqual(1, levels[0]);
        Assert.AreEqual(1, levels.Count(l => l == 1));
        Assert.IsTrue(levels.Zip(levels.Skip(1)).All(p => p.Second <= p.First + 1));
    }

    [TestMethod]
    public void Every_chart_has_a_text_alternative_and_its_data()
    {
        var charts = Page().QuerySelectorAll("svg.chart");
        // One against the noise; the methods of three rows beside each other, and each by itself; labels of two cells that change them
        // (the third has no wrong ones); the differences from the published values.
        Assert.HasCount(1 + 3 + 6 + 2 + 1, charts);
        foreach (var chart in charts)
        {
            Assert.AreEqual("img", chart.GetAttribute("role"));
            var title = chart.Children[0];
            Assert.AreEqual("title", title.LocalName);
            Assert.AreEqual(title.Id, chart.GetAttribute("aria-labelledby"));
            Assert.IsTrue(
                title.TextContent.Contains("over epochs", StringComparison.Ordinal)
                    || title.TextContent.StartsWith("Differences from the published values", StringComparison.Ordinal)
                    || title.TextContent.Contains("against the share of wrong labels", StringComparison.Ordinal),
                title.TextContent
            );
            Assert.IsNotNull(chart.Closest("figure")!.QuerySelector("details table"));
            Assert.IsFalse(chart.HasAttribute("width"), "it takes the width it is given");
            Assert.DoesNotContain("rgb(", chart.OuterHtml);
        }
    }

    [TestMethod]
    public void The_first_screen_has_one_picture_with_published_values_as_marks_of_their_own()
    {
        var page = Page();
        var overview = page.QuerySelector("figure.overview")!;
        Assert.AreEqual("verdict", overview.PreviousElementSibling!.GetAttribute("aria-labelledby"));
        Assert.HasCount(2, overview.QuerySelectorAll("svg.chart .mean"), "one line per method");
        Assert.IsNotEmpty(overview.QuerySelectorAll("svg.chart .published"));
        CollectionAssert.AreEqual(
            new[] { "erm", "sat", "published" },
            overview.QuerySelectorAll(".legend > span").Select(e => e.TextContent.Trim()).ToArray()
        );
        CollectionAssert.Contains(overview.QuerySelectorAll("svg.chart text").Select(t => t.TextContent).ToArray(), "test accuracy (%)");
    }

    [TestMethod]
    public void A_sweep_whose_noise_is_no_axis_has_a_dot_a_method_and_one_without_results_no_picture()
    {
        using var output = new OutputFolder { Baselines = [] };
        output.Plan(OutputFolder.Spec("erm", 0.4, 1, paper: false));
        Assert.IsNull(new HtmlParser().ParseDocument(HtmlReport.Render(output.Build())).QuerySelector("figure.overview"));
        output.Done(OutputFolder.Spec("sat", 0.4, 1, paper: false), 0.5);
        output.DoneAndEvaluated("byol", 0.4, collapsed: false);
        var overview = new HtmlParser().ParseDocument(HtmlReport.Render(output.Build())).QuerySelector("figure.overview")!;
        Assert.HasCount(1, overview.QuerySelectorAll("svg.chart circle"));
        Assert.Contains("sat", overview.QuerySelectorAll("svg.chart text").Select(t => t.TextContent).ToArray());
    }

    [TestMethod]
    public void Curves_say_where_self_adaptive_training_starts_and_those_of_a_row_have_one_scale()
    {
        var rows = Page().QuerySelectorAll(".charts:not(.wide)").Where(r => r.QuerySelectorAll("svg.chart").Length > 2).ToArray();
        Assert.IsNotEmpty(rows);
        foreach (var row in rows)
        {
            Assert.AreEqual(
                1,
                row.QuerySelectorAll("svg.chart")
                    .Select(c => string.Join(' ', c.QuerySelectorAll("text.level").Select(t => t.TextContent)))
                    .Distinct()
                    .Count()
            );
            Assert.IsTrue(
                row.QuerySelectorAll("figure")
                    .Where(f => f.QuerySelector("figcaption b")!.TextContent.StartsWith("sat", StringComparison.Ordinal))
                    .All(f => f.QuerySelector(".rule") is not null && f.QuerySelectorAll("text").Any(t => t.TextContent == "sat starts"))
            );
        }
        Assert.IsEmpty(
            Page()
                .QuerySelectorAll("figure")
                .Where(f => f.QuerySelector("figcaption b")!.TextContent.StartsWith("erm", StringComparison.Ordinal))
                .SelectMany(f => f.QuerySelectorAll(".rule"))
        );
    }

    [TestMethod]
    public void A_difference_has_its_interval_and_runs_lead_to_their_folders()
    {
        using var output = OutputFolder.HalfDone();
        var document = output.Build();
        var page = new HtmlParser().ParseDocument(HtmlReport.Render(document));
        var c = document.Cells.SelectMany(x => x.Comparisons).First(x => x.Measured is { Seeds: 2 });
        // Of two seeds, Student's factor is 12.706; the published value is one draw more.
        var half = 12.7062 * c.Measured!.Deviation!.Value * Math.Sqrt(1.5);
        var interval = $"{Format.Number(100 * (c.Difference!.Value - half))} to {Format.Number(100 * (c.Difference.Value + half))}";
        Assert.Contains(interval, page.QuerySelectorAll("table.compared .detail").Select(e => e.TextContent).ToArray());
        var links = page.QuerySelectorAll("table.runs a").Select(a => a.GetAttribute("href")).ToArray();
        CollectionAssert.AreEquivalent(
            document.Runs.Where(r => r.State != RunStanding.Missing).Select(r => r.Id[..RunFolder.NameLength] + "/").ToArray(),
            links
        );
        Assert.IsTrue(links.All(l => Directory.Exists(Path.Combine(output.Path, l!))));
    }

    [TestMethod]
    public void Each_comparison_is_drawn_with_its_intervals_and_the_margin_as_a_band()
    {
        using var output = new OutputFolder();
        foreach (var seed in new[] { 1, 2, 3 })
        {
            output.Done(OutputFolder.Spec("sat", 0.4, seed, paper: true), 0.9264 + 0.001 * (seed - 2));
            output.Done(OutputFolder.Spec("sat", 0.8, seed, paper: true), 0.70 + 0.08 * (seed - 2));
        }
        var forest = new HtmlParser().ParseDocument(HtmlReport.Render(output.Build())).QuerySelectorAll("svg.forest").Single();
        Assert.AreEqual(
            "Differences from the published values in points: sat under symmetric, rate=0.4 0.00, equivalent; "
                + "sat under symmetric, rate=0.8 −8.58, consistent.",
            forest.QuerySelector("title")!.TextContent
        );
        var band = forest.QuerySelector("rect.margin")!;
        double Number(string name) => double.Parse(band.GetAttribute(name)!, System.Globalization.CultureInfo.InvariantCulture);
        var zero = 210.0;
        Assert.AreEqual(zero, Number("x") + Number("width") / 2, 0.2, "the band is around zero");
        Assert.HasCount(2, forest.QuerySelectorAll("circle"));
        Assert.HasCount(2, forest.QuerySelectorAll("path.mean"));
        Assert.IsNull(Page().QuerySelector("rect.margin"), "under another protocol there is no verdict by value, and no band");
    }

    [TestMethod]
    public void Ids_are_unique_and_every_link_within_the_page_arrives()
    {
        var page = Page();
        var ids = page.All.Select(e => e.Id).Where(id => !string.IsNullOrEmpty(id)).ToArray();
        CollectionAssert.AllItemsAreUnique(ids);
        foreach (var attribute in new[] { "aria-labelledby" })
            Assert.IsTrue(page.QuerySelectorAll($"[{attribute}]").All(e => ids.Contains(e.GetAttribute(attribute))));
        foreach (var link in page.QuerySelectorAll("a[href^='#']"))
            Assert.Contains(link.GetAttribute("href")![1..], ids);
        foreach (var element in page.QuerySelectorAll("[clip-path]"))
            Assert.Contains(element.GetAttribute("clip-path")!["url(#".Length..^1], ids);
    }

    [TestMethod]
    public void The_page_says_its_language_and_every_wide_table_scrolls_by_itself()
    {
        var page = Page();
        Assert.AreEqual("en", page.DocumentElement.GetAttribute("lang"));
        Assert.IsTrue(page.QuerySelectorAll("table").All(t => t.Closest(".scroll") is not null));
        Assert.IsTrue(page.QuerySelectorAll("th").All(t => t.HasAttribute("scope")));
    }

    [TestMethod]
    public void The_verdict_comes_first_and_counts_the_runs()
    {
        var page = Page();
        Assert.AreEqual("verdict", page.QuerySelector("h2")!.Id);
        Assert.Contains("10 of 16 runs are done", page.QuerySelector(".verdict")!.TextContent);
    }

    [TestMethod]
    public void No_name_from_a_plugin_a_study_or_a_file_becomes_markup()
    {
        using var output = new OutputFolder
        {
            Name = Nasty,
            Description = Nasty,
            Baselines = [Own()],
        };
        var spec = OutputFolder.Spec("sat", 0.4, 1, paper: false);
        spec = spec with
        {
            Dataset = OutputFolder.Component(Nasty, (Nasty, Nasty)),
            Model = OutputFolder.Component(Nasty, (Nasty, 3)),
            Method = OutputFolder.Component(Nasty, (Nasty, Nasty)),
            Noise = OutputFolder.Component(Nasty, (Nasty, Nasty)),
        };
        var folder = output.Done(spec, 0.5, recovered: 0.2);
        var record = folder.ReadRecord()!;
        OutputFolder.Publish(
            folder,
            record with
            {
                Data = record.Data! with { Classes = [.. Enumerable.Repeat(Nasty, 10)] },
                Final = new Dictionary<string, double>(record.Final!) { [Nasty] = 1 },
                Environment = record.Environment! with
                {
                    Cpu = Nasty,
                    Machine = Nasty,
                    Tool = Nasty,
                    Plugins = new Dictionary<string, string> { [Nasty] = Nasty },
                },
                Derived = new System.Text.Json.Nodes.JsonObject { [Nasty] = Nasty },
            }
        );
        output.Begin(spec with { Seed = 2 }, RunStatus.Failed, 1, error: Nasty);
        output.Notes.Add(Nasty);
        output.Expectations.Add(
            new Expectation
            {
                Metric = Nasty,
                Where = new Dictionary<string, string> { ["method.id"] = Nasty },
                AtLeast = 1,
                Because = Nasty,
            }
        );
        var document = output.Build();
        Assert.HasCount(1, document.Cells.Single().Comparisons, "the published value with the nasty name is shown");

        var html = HtmlReport.Render(document);
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("<img", html);
        Assert.Contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;", html);
        var page = new HtmlParser().ParseDocument(html);
        Assert.IsEmpty(page.QuerySelectorAll("script,img,[onerror]"));
        Assert.AreEqual(Nasty, page.QuerySelector("h1")!.TextContent);
        Assert.IsFalse(
            page.QuerySelectorAll("a").Any(a => a.GetAttribute("href")!.StartsWith("javascript", StringComparison.OrdinalIgnoreCase))
        );

        var markdown = MarkdownReport.Render(document);
        Assert.DoesNotContain("<script", markdown);
        Assert.DoesNotContain("[a](javascript", markdown);
        var table = markdown
            .Split('\n')
            .Where(l => l.StartsWith("| ", StringComparison.Ordinal))
            .Select(l => l.Replace("\\|", "", StringComparison.Ordinal).Count(c => c == '|'))
            .ToArray();
        Assert.IsTrue(table.All(bars => bars is 3 or 10 or > 10), "no name adds a column");
    }

    [TestMethod]
    public void What_a_run_held_of_the_machine_and_of_its_card_stands_in_its_row()
    {
        using var output = new OutputFolder { Baselines = [] };
        output.Done(OutputFolder.Spec("erm", 0.4, 1, paper: false), 0.5);
        var onCard = output.Done(OutputFolder.Spec("erm", 0.4, 2, paper: false), 0.5);
        onCard.WriteRecord(onCard.ReadRecord()! with { PeakDeviceMemoryBytes = 12_345_678_901 });
        var document = output.Build();

        var table = new HtmlParser().ParseDocument(HtmlReport.Render(document)).QuerySelector("table.runs")!;
        var column = table.QuerySelectorAll("thead th").Select(h => h.TextContent).ToList().IndexOf("Memory");
        CollectionAssert.AreEqual(
            new[] { "812 MB", "812 MB, card 12.3 GB" },
            table
                .QuerySelectorAll("tbody tr")
                .Where(r => r.QuerySelector("td") is not null)
                .Select(r => r.QuerySelectorAll(":scope > td")[column].TextContent)
                .ToArray()
        );
        Assert.Contains("| 812 MB, card 12.3 GB |", MarkdownReport.Render(document));
        Assert.Contains(",812345678,12345678901,", CsvReport.Runs(document));
        Assert.Contains(",812345678,,", CsvReport.Runs(document));
    }

    [TestMethod]
    public void A_cell_of_the_csv_cannot_become_a_formula()
    {
        using var output = new OutputFolder { Baselines = [] };
        output.Begin(OutputFolder.Spec("=1+1", 0.4, 1, paper: false), RunStatus.Failed, 1, error: "a \"quoted\", two-\nline error");
        var csv = CsvReport.Runs(output.Build());
        Assert.Contains(",'=1+1,", csv);
        Assert.Contains("\"a \"\"quoted\"\", two-\nline error\"", csv);
    }

    private static string Own()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "own.yaml");
        var quoted = "'" + Nasty.Replace("'", "''", StringComparison.Ordinal) + "'";
        File.WriteAllText(
            path,
            $$"""
            schema: 1
            name: {{quoted}}
            title: {{quoted}}
            reference: {{quoted}}
            sources:
              s: { title: {{quoted}}, kind: {{quoted}}, where: {{quoted}}, url: 'javascript:alert(1)', notes: {{quoted}} }
            protocols:
              p: { dataset: { id: {{quoted}} }, noise: { id: {{quoted}} }, method: { id: {{quoted}} }, checkpoint: {{quoted}} }
            results:
              - experiment: e
                method: {{quoted}}
                role: paper
                metric: test-accuracy
                source: s
                protocol: p
                values: [{ value: 50, notes: {{quoted}} }]
            """
        );
        return path;
    }

    private static IDocument Page()
    {
        using var output = OutputFolder.HalfDone();
        return new HtmlParser().ParseDocument(HtmlReport.Render(output.Build()));
    }

    [TestMethod]
    public void Control_characters_and_right_to_left_text_stay_within_their_element()
    {
        const string evil = "\u001b]0;PWNED\u0007 cat\u202egnp.exe \u2066 \u009b31m";
        using var output = new OutputFolder
        {
            Name = evil,
            Baselines = [],
            Description = "שלום " + evil,
        };
        output.Begin(OutputFolder.Spec(evil, 0.4, 1, paper: false), RunStatus.Failed, 1, error: evil);
        var document = output.Build();
        var html = HtmlReport.Render(document);
        var markdown = MarkdownReport.Render(document);

        foreach (var text in new[] { html, markdown, CsvReport.Runs(document), CsvReport.Cells(document) })
            Assert.IsFalse(text.Replace("\r\n", "", StringComparison.Ordinal).Any(Sat.Records.VisibleText.IsHidden));
        Assert.Contains(@"\u001b]0;PWNED\u0007 cat\u202egnp.exe", html);
        Assert.AreEqual("\u2068שלום \\u001b", new HtmlParser().ParseDocument(html).QuerySelector(".lead")!.TextContent[..12]);
        Assert.Contains("\n&#x2068;שלום ", markdown);
    }

    [TestMethod]
    [DataRow("- a", @"\- a")]
    [DataRow("+ a", @"\+ a")]
    [DataRow("12. a", @"12\. a")]
    [DataRow("---", @"\---")]
    [DataRow("===", @"\===")]
    [DataRow("    code", "code")]
    [DataRow("+1.20 points", "+1.20 points")]
    [DataRow("-0.5", "-0.5")]
    [DataRow("a\r\n# b", @"a \# b")]
    public void No_text_makes_a_list_a_rule_or_a_heading_of_its_line(string text, string escaped) =>
        Assert.AreEqual(escaped, MarkdownReport.Escape(text));
}

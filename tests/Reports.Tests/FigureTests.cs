using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;
using Sat.Records.Figures;
using Sat.Records.Json;
using Sat.Records.Runs;
using Sat.Reports.Rendering;
using Sat.Reports.Results;
using Sat.SyntheticSweeps;

namespace Sat.Reports.Tests;

/// <summary>What methods and evaluations leave of their own is drawn, and stays data.</summary>
[TestClass]
public sealed class FigureTests
{
    private const string Nasty = "</title><script>alert(1)</script>{{ report.title }}";

    private static readonly Figure[] All =
    [
        new LineFigure
        {
            Title = Nasty,
            X = Nasty,
            Y = Nasty,
            Lines = [new(Nasty, [0, 0.5, 1], [0.1, 0.4, 0.9])],
        },
        new BarFigure
        {
            Title = "Losses",
            Note = "On the right, the wrong labels.",
            X = "loss",
            Y = "samples",
            Bars = [new(Nasty, 3), new("b", -2), new("c", 0)],
        },
        new MatrixFigure
        {
            Title = "Transitions",
            Down = Nasty,
            Across = Nasty,
            Rows = [Nasty, "1"],
            Columns = ["0", Nasty],
            Values =
            [
                [0.9, 0.1],
                [0.25, 0.75],
            ],
        },
        new TableFigure
        {
            Title = "Classes",
            Columns = ["class", Nasty],
            Rows =
            [
                ["cat", Nasty],
            ],
        },
    ];

    [TestMethod]
    public void Every_kind_is_drawn_for_each_cell_and_its_texts_stay_texts()
    {
        using var output = Output();
        var document = output.Build();
        Assert.HasCount(4, document.Cells[0].Figures!);
        using var page = new HtmlParser().ParseDocument(HtmlReport.Render(document));

        Assert.IsEmpty(page.QuerySelectorAll("script"));
        Assert.HasCount(2, page.QuerySelectorAll("h3").Where(h => h.TextContent == "Losses").SelectMany(Bars).ToArray());
        Assert.HasCount(6, page.QuerySelectorAll("rect.bar"), "three bars of each of two cells");
        Assert.HasCount(
            2,
            page.QuerySelectorAll("svg title").Where(t => t.TextContent.StartsWith(Nasty, StringComparison.Ordinal)).ToArray()
        );
        var matrix = page.QuerySelector("table.heat")!;
        CollectionAssert.AreEqual(
            new[] { "0.9", "0.1", "0.25", "0.75" },
            matrix.QuerySelectorAll("tbody td").Select(c => c.TextContent).ToArray()
        );
        Assert.Contains(Nasty, matrix.QuerySelectorAll("th").Select(h => h.TextContent));
        Assert.IsTrue(page.QuerySelectorAll("td").Any(c => c.TextContent == Nasty), "a table's text");

        static IEnumerable<AngleSharp.Dom.IElement> Bars(AngleSharp.Dom.IElement heading) =>
            heading.NextElementSibling!.NextElementSibling!.QuerySelectorAll("figure");
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(1e100)]
    [DataRow(1e-300)]
    [DataRow(double.Epsilon)]
    public void Numbers_of_any_size_and_names_of_any_letters_are_drawn(double size)
    {
        var letters = string.Concat(Enumerable.Repeat("\U0001F431", 60));
        Figure[] figures =
        [
            new BarFigure
            {
                Title = "t",
                X = letters,
                Y = letters,
                Bars = [.. Enumerable.Range(-50, 100).Select(i => new FigureBar(letters, i / 50.0 * size))],
            },
            new LineFigure
            {
                Title = "t",
                X = letters,
                Y = letters,
                Lines = [new(letters, [-size, size], [size, -size]), new("one", [size], [size])],
            },
        ];
        using var output = Output(figures);
        var html = HtmlReport.Render(output.Build());
        Assert.AreEqual(html, System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(html)), "no letter is cut in half");
        Assert.DoesNotContain("NaN", html);
    }

    [TestMethod]
    public void Results_json_has_them_on_a_line_each()
    {
        using var output = Output();
        var text = SatJson.WriteIndented(output.Build());
        var figures = JsonNode.Parse(text)!["cells"]![0]!["figures"]!.AsArray();
        Assert.AreEqual("lines", (string)figures[1]!["figure"]!["kind"]!, "by name: bars, lines, matrix, table");
        Assert.AreEqual(1, (long)figures[1]!["seed"]!);
        Assert.IsTrue(text.Split('\n').Any(l => l.Contains("[0.1,0.4,0.9]", StringComparison.Ordinal)));
        Assert.AreEqual(3, ((BarFigure)SatJson.Read<ResultsDocument>(text).Cells[0].Figures![0].Figure).Bars.Count);
    }

    [TestMethod]
    public void A_figure_that_was_changed_is_damage()
    {
        using var output = Output();
        var figure = RunFolder.For(output.Path, output.Runs[0].Id).FigureFile("bars");
        File.WriteAllText(figure, File.ReadAllText(figure).Replace("-2", "2", StringComparison.Ordinal));

        var run = output.Build().Runs[0];

        Assert.AreEqual(RunStanding.Damaged, run.State);
        Assert.Contains("figure-bars.json", run.Error!);
    }

    /// <summary>Two cells of one seed, each with all four.</summary>
    private static OutputFolder Output(IReadOnlyList<Figure>? figures = null)
    {
        var output = new OutputFolder();
        foreach (var method in new[] { "erm", "sat" })
        {
            var folder = output.Done(OutputFolder.Spec(method, 0.4, 1, paper: false), 0.5);
            var record = folder.ReadRecord()!;
            var outputs = record.Outputs.ToDictionary();
            foreach (var (figure, name) in (figures ?? All).Zip(["lines", "bars", "matrix", "table"]))
            {
                File.WriteAllText(folder.FigureFile(name), SatJson.WriteIndented(figure));
                outputs[Path.GetFileName(folder.FigureFile(name))] = Convert.ToHexStringLower(
                    SHA256.HashData(File.ReadAllBytes(folder.FigureFile(name)))
                );
            }
            folder.WriteRecord(record with { Outputs = outputs });
        }
        return output;
    }
}

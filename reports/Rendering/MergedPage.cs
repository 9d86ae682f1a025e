using System.Globalization;
using Sat.Records;
using Sat.Records.Metrics;
using Sat.Records.Runs;
using Sat.Reports.Merging;
using Sat.Reports.Text;

namespace Sat.Reports.Rendering;

/// <summary>The results of several laboratories as one HTML file that needs nothing else.</summary>
public static class MergedPage
{
    /// <summary>Renders it.</summary>
    /// <param name="document">What it shows.</param>
    /// <param name="title">What it is called.</param>
    /// <param name="output">Where it is written.</param>
    public static void Write(MergedDocument document, string title, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(output);
        TemplateRenderer.Render(output, "merged.html", View(document, title), Html.Escape);
    }

    private static MergedView View(MergedDocument document, string title)
    {
        var metrics = new MetricCatalog(document.Metrics);
        var shared = document.Cells.Count(c => c.Parts.Count > 1);
        string Value(string? metric, double? value) =>
            value is not { } number ? "not reported"
            : metric is not null && metrics.IsShare(metric) ? Format.Percent(number)
            : Format.Plain(number);
        return new()
        {
            Title = title,
            Lead = Typography.Bind(
                $"{Count.Of(document.Contributions.Count, "bundle")}, {Count.Of(document.Contributions.Sum(c => c.Done - c.Repeated), "finished run")}. "
                    + $"{shared} of {Count.Of(document.Cells.Count, "cell")} {Count.Word(shared, "was", "were")} measured by more than one laboratory."
            ),
            ConflictHeadline =
                $"{Count.Of(document.Conflicts.Count, "run")} {Count.Word(document.Conflicts.Count, "has", "have")} another outcome in another laboratory.",
            Conflicts =
            [
                .. document.Conflicts.Select(c => new MergedConflictView(
                    c.Run[..RunFolder.NameLength],
                    c.Seed.ToString(CultureInfo.InvariantCulture),
                    string.Join(
                        "; ",
                        c.Values.Select(v => $"{v.Key}: {Value(document.Cells.FirstOrDefault(x => x.Id == c.Cell)?.Metric, v.Value)}")
                    )
                )),
            ],
            Contributions =
            [
                .. document.Contributions.Select(c => new MergedContributionView(
                    c.Name,
                    c.Title,
                    c.Authors,
                    c.Repeated == 0
                        ? c.Done.ToString(CultureInfo.InvariantCulture)
                        : $"{c.Done}, of which {c.Repeated} equal to the last bit to runs above, and counted there"
                )),
            ],
            Settings =
            [
                .. document
                    .Cells.GroupBy(c => c.Setting)
                    .Select(
                        (g, i) => new MergedSettingView($"setting-{i + 1}", g.Key, [.. g.Select((c, j) => Cell(c, $"{i}-{j}", metrics))])
                    ),
            ],
        };
    }

    private static MergedCellView Cell(MergedCell cell, string id, MetricCatalog metrics)
    {
        var isShare = cell.Metric is { } metric && metrics.IsShare(metric);
        string Number(double value) => isShare ? Format.Number(100 * value) : Format.Plain(value);
        string Interval(double middle, double half) => $"{Number(middle - half)} to {Number(middle + half)}";
        var rows = cell
            .Parts.Select(p => new MergedRowView(
                p.Contribution,
                Number(p.Value.Mean),
                p.Value.Deviation is { } d ? Number(d) : "–",
                p.Value.Seeds.ToString(CultureInfo.InvariantCulture),
                p.Value.HalfInterval() is { } half ? Interval(p.Value.Mean, half) : "–"
            ))
            .ToList();
        if (cell.Pooled is { } pooled)
            rows.Add(
                new MergedRowView(
                    "common mean",
                    Number(pooled.Effects.Estimate),
                    Number(pooled.Effects.Tau),
                    "–",
                    $"{Number(pooled.Low)} to {Number(pooled.High)}"
                )
            );
        var name = cell.Metric is { } m ? metrics[m].Title : "no metric";
        return new MergedCellView(
            $"{cell.Noise} · {cell.Method}",
            Summary(cell, Number),
            isShare ? $"{name}, percent" : name,
            LaboratoryChart.Svg($"lab-{id}", cell, isShare),
            rows
        );
    }

    private static string Summary(MergedCell cell, Func<double, string> number) =>
        Typography.Bind(
            cell.Pooled is { Effects: var effects } pooled
                ? $"Common mean {number(effects.Estimate)}, 95 % interval {number(pooled.Low)} to {number(pooled.High)}, over {effects.Places} laboratories. "
                    + $"Deviation between laboratories: {number(effects.Tau)}; {Format.Percent(effects.BetweenShare)} of the scatter lies between them."
            : cell.Parts.Count > 1 ? "Fewer than two laboratories have two seeds or more: there is no common mean."
            : $"From {cell.Parts[0].Contribution} alone."
        );
}

using Sat.Reports.Results;
using Sat.Reports.Text;

namespace Sat.Reports.Rendering;

/// <summary>The one picture of the first screen: against the share of wrong labels where there are several, else against a setting that
/// varies, else a dot a cell.</summary>
/// <param name="Heading">What it shows.</param>
/// <param name="Setting">Of which setting; empty where there is one.</param>
/// <param name="Note">What its marks mean.</param>
/// <param name="Chart">The picture.</param>
internal sealed record OverviewView(string Heading, string Setting, string Note, ChartView Chart)
{
    /// <summary>What the marks of charts against the noise mean.</summary>
    public const string Marks = "Dots are means over seeds, bars are Student's 95 % intervals of the mean (none for a single seed).";

    /// <summary>Of the setting with most published values beside measured ones, then with most measured; null where nothing is
    /// measured.</summary>
    public static OverviewView? From(ResultsDocument document, IReadOnlyList<OptionPart> parts, Measures measures)
    {
        var cells = document.Cells.ToLookup(c => c.Setting);
        var shown = document
            .Settings.Select(s => (Setting: s, Cells: cells[s.Id].ToArray(), Metric: measures.Main(cells[s.Id])))
            .Where(s => s.Metric is not null)
            .OrderByDescending(s => s.Cells.Count(c => c.Comparisons.Any(x => x.Measured is not null)))
            .ThenByDescending(s => s.Cells.Count(c => c.Final.ContainsKey(s.Metric!)))
            .FirstOrDefault();
        if (shown.Metric is not { } metric)
            return null;
        var drawn = DrawnCells.Of(shown.Setting, shown.Cells, measures, metric);
        var lines = NoiseCharts.Draw("overview", measures, metric, drawn.Cells).MaxBy(c => c.Rows.Count * c.Columns.Count);
        if (lines is null && OptionCharts.Draw(parts, measures, "overview").FirstOrDefault() is { } options)
        {
            var widest = options.Rows.SelectMany(r => r).MaxBy(c => c.Rows.Count * c.Columns.Count)!;
            return new OverviewView(options.Title, "", Typography.Bind(options.Note) + Diamonds(widest), widest);
        }
        var chart = (lines ?? DotChart.Draw("overview-1", measures, metric, drawn.Cells)) with { Omitted = drawn.Omitted };
        var heading =
            measures.Title(metric)
            + (
                lines is null ? ""
                : LabelWords.For(shown.Cells).Given ? " against labels that the noise changed"
                : " against wrong labels"
            );
        return new OverviewView(
            heading,
            document.Settings.Count == 1
                ? ""
                : FormattableString.Invariant($"{shown.Setting.Title}: one of {document.Settings.Count} settings; the others are below"),
            Typography.Bind(Marks) + Diamonds(chart),
            chart
        );
    }

    private static string Diamonds(ChartView chart) =>
        chart.Legend.Any(l => l.IsMark) ? " Diamonds are the authors' published values." : "";
}

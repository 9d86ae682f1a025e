using Sat.Records;
using Sat.Reports.Text;

namespace Sat.Reports.Rendering;

/// <summary>A chart, its legend and its data.</summary>
internal sealed record ChartView(
    string Title,
    Html Svg,
    IReadOnlyList<LegendView> Legend,
    IReadOnlyList<string> Columns,
    IReadOnlyList<IReadOnlyList<string>> Rows,
    string Note
)
{
    /// <summary>How far the measured lines are from the published ones, in a sentence; empty: there are none.</summary>
    public string Distance { get; init; } = "";

    /// <summary>What of the study it does not show, in a sentence; empty: it shows all.</summary>
    public string Omitted { get; init; } = "";

    /// <summary>True where the table of its data is shown at once.</summary>
    public bool IsOpen { get; init; }

    private const int MostRows = 12;

    /// <param name="id">Unlike any other id of the page.</param>
    /// <param name="title">What people read above it.</param>
    /// <param name="label">What it shows, in a sentence: its text alternative.</param>
    /// <param name="axis">Below it.</param>
    /// <param name="scale">Beside it.</param>
    /// <param name="lines">One or more, each with a point or a mark or more.</param>
    /// <param name="rules">Where something begins.</param>
    /// <param name="mostRows">Of the table of its data.</param>
    public static ChartView From(
        string id,
        string title,
        string label,
        ChartAxis axis,
        ChartScale scale,
        IReadOnlyList<ChartLine> lines,
        IReadOnlyList<ChartRule> rules,
        int mostRows = MostRows
    )
    {
        var places = lines.SelectMany(l => l.Points.Concat(l.Published).Select(p => p.X)).Distinct().Order().ToArray();
        var published = lines.Where(l => l.Published.Count > 0).ToArray();
        var shown = Shown(places, mostRows);
        var whole = places.All(double.IsInteger);
        return new ChartView(
            title,
            ChartSvg.Draw(id, label, axis, scale, lines, rules),
            [.. lines.Select(LegendView.From), .. published.Length > 0 ? new[] { LegendView.Published } : []],
            [axis.Name, .. lines.Select(l => Named(l.Name, scale)), .. published.Select(l => Named($"{l.Name}, published", scale))],
            [
                .. shown.Select(x =>
                    (IReadOnlyList<string>)
                        [
                            whole ? Format.Whole(x)
                            : axis.IsShare ? Format.Number(x)
                            : Format.Place(x),
                            .. lines.Select(l => Values(l.Points, x, scale)),
                            .. published.Select(l => Values(l.Published, x, scale)),
                        ]
                ),
            ],
            shown.Count < places.Length ? "A selection; results.json has all of them." : ""
        )
        {
            Distance = Distances(lines, scale),
        };
    }

    /// <summary>The mean absolute difference of each line from what was published at the same places.</summary>
    private static string Distances(IReadOnlyList<ChartLine> lines, ChartScale scale)
    {
        string[] distances =
        [
            .. lines
                .Select(l =>
                    (
                        l.Name,
                        Differences: l.Published.SelectMany(p => l.Points.Where(o => o.X.Equals(p.X)).Select(o => Math.Abs(o.Y - p.Y)))
                            .ToArray()
                    )
                )
                .Where(l => l.Differences.Length > 0)
                .Select(l =>
                    $"{l.Name} {scale.Number(l.Differences.Average())}{(scale.Unit.Length > 0 ? " points" : "")} over {Count.Of(l.Differences.Length, "value")}"
                ),
        ];
        return distances.Length == 0 ? "" : $"Mean distance from the published values: {string.Join("; ", distances)}.";
    }

    private static string Named(string name, ChartScale scale) => scale.Unit.Length > 0 ? $"{name}, {scale.Unit}" : name;

    private static string Values(IReadOnlyList<ChartPoint> points, double x, ChartScale scale) =>
        string.Join("; ", points.Where(p => p.X.Equals(x)).Select(p => scale.Number(p.Y)).DefaultIfEmpty("–"));

    private static List<double> Shown(double[] places, int most)
    {
        if (places.Length <= most)
            return [.. places];
        return [.. Enumerable.Range(0, most).Select(i => places[(int)Math.Round(i * (places.Length - 1.0) / (most - 1))]).Distinct()];
    }
}

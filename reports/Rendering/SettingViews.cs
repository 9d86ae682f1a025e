using Sat.Records;
using Sat.Records.Metrics;
using Sat.Records.Runs;
using Sat.Records.Statistics;
using Sat.Reports.Comparison;
using Sat.Reports.Results;
using Sat.Reports.Text;

namespace Sat.Reports.Rendering;

/// <summary>The tables and charts of one setting.</summary>
internal sealed class SettingViews
{
    private static readonly string[] Shares =
    [
        MetricNames.NoisyTrainAccuracy,
        MetricNames.CleanTrainAccuracy,
        MetricNames.NoisyValidationAccuracy,
        MetricNames.CleanValidationAccuracy,
        MetricNames.LabelsRecovered,
        MetricNames.CleanLabelsChanged,
        MetricNames.LabelAccuracy,
    ];

    /// <summary>Metrics that have charts of their own, that are given, or that are a sentence rather than a curve.</summary>
    private static readonly HashSet<string> Charted = [.. Shares, MetricNames.TestAccuracy, MetricNames.Loss, MetricNames.LearningRate];

    private readonly ILookup<string, CellResult> _cells;
    private readonly Dictionary<string, RunResult> _runs;
    private readonly SourceIndex _sources;
    private readonly bool _charts;
    private readonly string? _shownAbove;
    private readonly Measures _measures;
    private readonly VerdictFamily _family;

    /// <param name="document">The results.</param>
    /// <param name="measures">What is known of its metrics.</param>
    /// <param name="sources">Of the published values.</param>
    /// <param name="charts">With curves and matrices.</param>
    /// <param name="shownAbove">Title of a chart against the noise that stands on the first screen already; null: none.</param>
    public SettingViews(ResultsDocument document, Measures measures, SourceIndex sources, bool charts, string? shownAbove)
    {
        _shownAbove = shownAbove;
        _measures = measures;
        _family = document.Family;
        _cells = document.Cells.ToLookup(c => c.Setting);
        _runs = document.Runs.ToDictionary(r => r.Id);
        _sources = sources;
        _charts = charts;
    }

    public SettingView Of(SettingResult setting, string anchor)
    {
        var cells = _cells[setting.Id].ToArray();
        var places = cells.ToLookup(c => (c.Row, c.Column));
        var words = LabelWords.For(cells);
        var (columns, numbers) = Numbers(cells, words);
        var main = _measures.Shown(cells);
        return new SettingView
        {
            Anchor = anchor,
            Title = setting.Title,
            Extent = $"{Count.Of(cells.Length, "cell")}, {cells.Sum(c => c.Done)} of {Count.Of(cells.Sum(c => c.Runs.Count), "run")} done",
            Facts = [.. setting.Common.Select(c => new PairView(c.Key, c.Value)), .. words.Fact is { } fact ? new[] { fact } : []],
            Methods = [.. setting.Methods.Select(m => new PairView(m.Label, m.Detail))],
            Rows =
            [
                .. setting.Noises.Select(n => new RowView(
                    n.Label,
                    words.Wrong(cells.Where(c => c.Row == n.Key)),
                    [.. setting.Methods.Select(m => Cell(places[(n.Key, m.Key)].FirstOrDefault(), m.Label, main))]
                )),
            ],
            MeasureTitle = _measures.Title(main),
            Compared =
            [
                .. cells.SelectMany(c => c.Comparisons.Select(x => new ComparedView(c.Method, c.Noise, RunViews.Anchor(c), Comparison(x)))),
            ],
            Forests = _charts ? ForestChart.Draw($"{anchor}-forest", cells, _family.Margin) : [],
            NumberColumns = columns,
            Numbers = numbers,
            Charts = _charts ? [.. Charts(setting, cells, anchor)] : [],
            Confusions = _charts ? [.. cells.Where(c => c.Confusion is not null).Select(ConfusionViews.Test)] : [],
            Corrections = _charts
                ? [.. cells.Where(c => c.Corrections is not null && c.WrongLabels is not { Mean: 0 }).Select(ConfusionViews.Corrections)]
                : [],
            Figures = _charts ? [.. FigureViews.Draw(anchor, cells)] : [],
            Others = [.. setting.Others.Select(Other)],
            OthersCount = Count.Of(setting.Others.Count, "value"),
        };
    }

    /// <summary>A published value that no judgement rests on.</summary>
    public OtherView Other(OtherValue value) =>
        new(
            value.Noise,
            value.Method,
            value.Model ?? "not stated",
            _measures.Name(value.Metric),
            Spread(value.Value, value.Deviation),
            Words.Key(value.Role),
            value.Conditions,
            _sources.Title(value.Baselines, value.Source),
            _sources.Anchor(value.Baselines, value.Source)
        );

    private IEnumerable<ChartGroupView> Charts(SettingResult setting, CellResult[] cells, string anchor)
    {
        var words = LabelWords.For(cells);
        var drawn = DrawnCells.Of(setting, cells, _measures, MetricNames.TestAccuracy);
        ChartView[] noise =
        [
            .. NoiseCharts
                .Draw($"{anchor}-noise", _measures, MetricNames.TestAccuracy, drawn.Cells)
                .Where(c => c.Title != _shownAbove)
                .Select(c => c with { Omitted = drawn.Omitted }),
        ];
        if (noise.Length > 0)
            yield return new ChartGroupView(words.Shares, OverviewView.Marks, Wide: true, [noise]);
        foreach (var points in PointCharts.Draw(anchor, _measures, setting, cells))
            yield return points;
        IReadOnlyList<ChartView>[] accuracy = [.. AccuracyCharts(setting, cells, drawn, anchor)];
        if (accuracy.Length > 0)
        {
            yield return new ChartGroupView(
                "Accuracy over epochs",
                "Bold lines are means over the seeds that finished; thin lines are single seeds, a shaded band is the range of many. "
                    + words.Memorised,
                Wide: false,
                accuracy
            );
        }
        var recovery = CurveCharts.Row(cells.Select((c, i) => CurveCharts.Recovery(Invariant($"{anchor}-labels-{i + 1}"), c, RunsOf(c))));
        if (recovery.Count > 0)
            yield return new ChartGroupView("Labels recovered", words.Recovery, Wide: false, [recovery]);
        IReadOnlyList<ChartView>[] measures = [.. MeasureCharts(setting, cells, anchor)];
        if (measures.Length > 0)
        {
            yield return new ChartGroupView(
                "What else the methods measured",
                "The methods' own metrics over epochs, one chart each; one line per method, the mean over its seeds.",
                Wide: false,
                measures
            );
        }
    }

    /// <summary>Row by row of the table: its methods beside each other, then each by itself.</summary>
    private IEnumerable<IReadOnlyList<ChartView>> AccuracyCharts(SettingResult setting, CellResult[] cells, DrawnCells drawn, string anchor)
    {
        foreach (var (row, number) in setting.Noises.Select((n, i) => (n, i + 1)))
        {
            var methods = CurveCharts.Methods(
                Invariant($"{anchor}-row-{number}"),
                row.Label,
                [.. drawn.Cells.Where(d => d.Cell.Row == row.Key).Select(d => (d.Cell, d.Look, (IReadOnlyList<RunResult>)RunsOf(d.Cell)))],
                drawn.Omitted
            );
            var single = cells
                .Where(c => c.Row == row.Key)
                .Select((c, i) => CurveCharts.Accuracy(Invariant($"{anchor}-accuracy-{number}-{i + 1}"), c, RunsOf(c)));
            var charts = CurveCharts.Row(single.Prepend(methods));
            if (charts.Count > 0)
                yield return charts;
        }
    }

    /// <summary>Row by row of the table: every metric that no other chart shows.</summary>
    private IEnumerable<IReadOnlyList<ChartView>> MeasureCharts(SettingResult setting, CellResult[] cells, string anchor)
    {
        var metrics = cells
            .SelectMany(RunsOf)
            .Where(r => r.Curves is not null)
            .SelectMany(r => r.Curves!.Values.Keys)
            .Distinct()
            .Where(m => !Charted.Contains(m) && !_measures.IsAlarm(m))
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (metrics.Length == 0)
            yield break;
        var drawn = DrawnCells.First(
            setting,
            [.. cells.Where(c => RunsOf(c).Any(r => r.Curves is { } curves && metrics.Any(curves.Values.ContainsKey)))]
        );
        foreach (var (row, number) in setting.Noises.Select((n, i) => (n, i + 1)))
        {
            var shown = drawn
                .Cells.Where(d => d.Cell.Row == row.Key)
                .Select(d => (d.Cell, d.Look, (IReadOnlyList<RunResult>)RunsOf(d.Cell)))
                .ToArray();
            var charts = CurveCharts.Row(
                metrics.Select(
                    (m, i) =>
                        CurveCharts.Measure(Invariant($"{anchor}-measure-{number}-{i + 1}"), _measures, m, row.Label, shown, drawn.Omitted)
                )
            );
            if (charts.Count > 0)
                yield return charts;
        }
    }

    private RunResult[] RunsOf(CellResult cell) => [.. cell.Runs.Select(r => _runs[r])];

    private CellView Cell(CellResult? cell, string method, string main)
    {
        if (cell is null)
            return new CellView(Planned: false, method, "", "", "", "", [], []);
        var accuracy = cell.Final.GetValueOrDefault(main);
        var other = cell.Final.FirstOrDefault(f => f.Key is not (MetricNames.Loss or MetricNames.LearningRate));
        var value =
            accuracy is not null ? _measures.Text(main, accuracy.Mean)
            : other.Value is { } first ? $"{_measures.Name(other.Key)} {_measures.Text(other.Key, first.Mean)}"
            : "no value yet";
        var spread =
            accuracy is null ? ""
            : _measures.IsShare(main) && accuracy.Deviation is { } sd ? $"± {Format.Number(100 * sd)} ({Count.Of(accuracy.Seeds, "seed")})"
            : $"({Count.Of(accuracy.Seeds, "seed")})";
        var progress =
            cell.Done == cell.Runs.Count
                ? ""
                : $"{cell.Done} of {Count.Of(cell.Runs.Count, "run")} done: "
                    + string.Join(
                        ", ",
                        RunsOf(cell)
                            .GroupBy(r => r.State)
                            .Where(g => g.Key != RunStanding.Done)
                            .Select(g => Invariant($"{g.Count()} {Words.For(g.Key)}"))
                    );
        return new CellView(
            Planned: true,
            method,
            RunViews.Anchor(cell),
            value,
            spread,
            string.Join("; ", Warnings(cell).Append(progress).Where(p => p.Length > 0)),
            [.. cell.Comparisons.Select(Comparison)],
            [
                .. cell
                    .Comparisons.GroupBy(c => c.Judgement)
                    .Select(g =>
                        BadgeView.For(g.Key) is var badge && g.Count() > 1 ? badge with { Text = $"{g.Count()} {badge.Text}" } : badge
                    ),
            ]
        );
    }

    private IEnumerable<string> Warnings(CellResult cell)
    {
        foreach (var (alarm, runs) in _measures.Alarms(cell))
            yield return $"{runs} of {Count.Of(cell.Done, "run")} {alarm.Word}";
        var measured = RunsOf(cell)
            .Select(r => r.Spec.Parent is { } parent && _runs.TryGetValue(parent, out var run) ? _measures.Alarm(run) : null)
            .OfType<MetricAlarm>()
            .GroupBy(a => a.Word);
        foreach (var group in measured)
            yield return $"measures {Count.Of(group.Count(), $"{group.Key} run")}";
    }

    private ComparisonView Comparison(ComparisonResult c)
    {
        var different = c.Fields.Where(f => f.State == FieldState.Different).ToArray();
        var unstated = c.Fields.Where(f => f.State == FieldState.Unstated).Select(f => f.Field).ToArray();
        var summary = different.Length == 0 ? "same protocol" : $"{Count.Of(different.Length, "protocol difference")}";
        if (unstated.Length > 0)
            summary += $", {unstated.Length} not stated";
        var metric = c.Metric == MetricNames.TestAccuracy ? "" : $" {_measures.Name(c.Metric)}";
        return new ComparisonView(
            Spread(c.Published, c.PublishedDeviation) + metric,
            c.When is null ? "" : string.Join(", ", c.When.Select(w => $"{w.Key} {w.Value}")),
            c.Measured is { } ours ? Share(ours) : "no value yet",
            c.Measured is { } over ? Count.Of(over.Seeds, "seed") : "",
            c.Difference is { } difference ? Format.Points(difference) : "",
            c.Difference is not { } middle ? ""
                : c.Test?.Half95 is { } half ? $"{Format.Number(100 * (middle - half))} to {Format.Number(100 * (middle + half))}"
                : "no interval",
            _sources.Title(c.Baselines, c.Source),
            _sources.Anchor(c.Baselines, c.Source),
            BadgeView.For(c.Judgement),
            Words.Key(c.Kind),
            Typography.Bind(c.Sentence),
            Typography.Bind(Evidence.Of(c, _family)),
            summary,
            [.. different.Select(f => new FieldView(f.Field, f.Published ?? "not stated", f.Run ?? "not known"))],
            string.Join(", ", unstated),
            c.Notes ?? ""
        );
    }

    private static string Spread(double value, double? deviation) =>
        deviation is { } sd ? $"{Format.Number(100 * value)} ± {Format.Number(100 * sd)} %" : Format.Percent(value);

    private (IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) Numbers(CellResult[] cells, LabelWords words)
    {
        var columns = new List<(string Name, Func<CellResult, string> Text)>
        {
            ("cell", c => $"{c.Method} {NoiseWords.Under(c.Noise)}"),
            ("runs done", c => Invariant($"{c.Done} of {c.Runs.Count}")),
        };
        if (cells.All(c => c.Final.Count == 0) || cells.Any(c => c.Final.ContainsKey(MetricNames.TestAccuracy)))
        {
            var epoch = cells.Any(c => RunsOf(c).Any(r => r.Selected is not null)) ? "last or chosen epoch" : "last epoch";
            columns.Add(($"test accuracy, {epoch}", c => Share(c.Final.GetValueOrDefault(MetricNames.TestAccuracy))));
        }
        if (cells.Any(c => c.Best is not null))
            columns.Add(("test accuracy, best epoch on validation", c => Share(c.Best?.GetValueOrDefault(MetricNames.TestAccuracy))));
        foreach (var metric in Shares.Where(s => cells.Any(c => c.Final.ContainsKey(s))))
            columns.Add((words.Column(metric), c => Share(c.Final.GetValueOrDefault(metric))));
        if (cells.Any(c => c.CorrectionPrecision is not null))
            columns.Add((words.Precision, c => Share(c.CorrectionPrecision)));
        if (cells.Any(c => c.ChangedLabels is not null))
            columns.Add(("given labels changed, measured", c => c.ChangedLabels is { } w ? Format.Percent(w.Mean) : "–"));
        if (words.Given)
            columns.Add(("wrong labels", _ => "unknown"));
        else if (cells.Any(c => c.WrongLabels is not null))
            columns.Add(("wrong labels, measured", c => c.WrongLabels is { } w ? Format.Percent(w.Mean) : "–"));
        var known = Shares.Concat([MetricNames.TestAccuracy, MetricNames.Loss, MetricNames.LearningRate]).ToHashSet(StringComparer.Ordinal);
        foreach (
            var metric in cells
                .SelectMany(c => c.Final.Keys)
                .Distinct()
                // The points of a curve stand in the table of its chart.
                .Where(m => !known.Contains(m) && (_measures.Point(m) is null || !_charts))
                .Order(StringComparer.Ordinal)
                .ToArray()
        )
            columns.Add((_measures.Name(metric), c => Other(metric, c)));
        return (
            [.. columns.Select(c => c.Name)],
            [.. cells.Select(c => (IReadOnlyList<string>)[.. columns.Select(column => Typography.Bind(column.Text(c)))])]
        );
    }

    private string Other(string metric, CellResult cell) =>
        cell.Final.GetValueOrDefault(metric) switch
        {
            null => "–",
            var s when _measures.AlarmWord(metric) is { } word => Invariant($"{Measures.CountAlarms(cell, metric)} of {s.Seeds} {word}"),
            var s when _measures.IsShare(metric) => Share(s),
            var s => s.Deviation is { } sd ? $"{Format.Plain(s.Mean)} ± {Format.Plain(sd)}" : Format.Plain(s.Mean),
        };

    private static string Share(Statistic? s) =>
        s is null ? "–"
        : s.Deviation is { } sd ? $"{Format.Number(100 * s.Mean)} ± {Format.Number(100 * sd)} %"
        : Format.Percent(s.Mean);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

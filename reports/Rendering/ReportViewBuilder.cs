using System.Globalization;
using Sat.Records.Json;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Reports.Comparison;
using Sat.Reports.Results;

namespace Sat.Reports.Rendering;

/// <summary>Puts a results document into words and numbers that people read.</summary>
internal sealed class ReportViewBuilder
{
    private const int MostClasses = 20;
    private const int MostConfusions = 15;

    private readonly ResultsDocument _document;
    private readonly Dictionary<string, RunResult> _runs;
    private readonly Dictionary<string, CellResult> _cells;
    private readonly Dictionary<string, SettingResult> _settings;
    private readonly Dictionary<(string, string), (string Anchor, SourceInfo Info)> _sources;

    private ReportViewBuilder(ResultsDocument document)
    {
        _document = document;
        _runs = document.Runs.ToDictionary(r => r.Id);
        _cells = document.Cells.ToDictionary(c => c.Id);
        _settings = document.Settings.ToDictionary(s => s.Id);
        _sources = document.Sources.Select((s, i) => (s, i)).ToDictionary(p => (p.s.Baselines, p.s.Source.Key), p => (Invariant($"source-{p.i + 1}"), p.s));
    }

    public static ReportView Build(ResultsDocument document, bool charts) => new ReportViewBuilder(document).Build(charts);

    private ReportView Build(bool charts)
    {
        var study = _document.Study;
        var runs = _document.Runs.Select(Run).ToArray();
        return new ReportView
        {
            Title = study.Name,
            Description = study.Description ?? "",
            Meta =
            [
                new PairView("Planned", Format.Time(study.Created)),
                .. study.Preset is { } preset ? new[] { new PairView("Preset", preset) } : [],
                new PairView("dotnet-sat", study.Tool),
            ],
            Headline = _document.Verdict.Headline,
            Tone = Tone(),
            Sentences = _document.Verdict.Sentences,
            Expectations = [.. _document.Expectations.Select(e => new ExpectationView(Badge(e.Status), e.Claim, e.Expectation.Because ?? "", [.. e.Seeds.Select(s => new SeedView(Badge(s.Status), s.Sentence))]))],
            CoverageLabel = string.Join(", ", States().Select(s => Invariant($"{s.Count} {Words.Of(s.State)}"))),
            Coverage = [.. States().Select(s => new SegmentView(Words.Key(s.State), Words.Of(s.State), s.Count, (100.0 * s.Count / Math.Max(1, _document.Coverage.Planned)).ToString("0.##", CultureInfo.InvariantCulture)))],
            Settings = [.. _document.Settings.Select((s, i) => Setting(s, i + 1, charts))],
            Runs = runs,
            ManySettings = _document.Settings.Count > 1,
            Unfinished = [.. _document.Runs.Zip(runs).Where(r => r.First.State != RunState.Done).Select(r => r.Second)],
            Environments = [.. _document.Environments.Select(Environment)],
            Notes = _document.Notes,
            Sources = [.. _sources.Values.Select(s => Source(s.Anchor, s.Info))],
            Style = new Html(TemplateRenderer.Resource("report.css")),
        };
    }

    private (RunState State, int Count)[] States()
    {
        var c = _document.Coverage;
        return
        [
            .. new[]
            {
                (RunState.Done, c.Done), (RunState.Running, c.Running), (RunState.Interrupted, c.Interrupted),
                (RunState.Failed, c.Failed), (RunState.Diverged, c.Diverged), (RunState.Missing, c.Missing),
            }.Where(s => s.Item2 > 0),
        ];
    }

    private string Tone()
    {
        var judgements = _document.Cells.SelectMany(c => c.Comparisons).Select(c => c.Judgement).ToArray();
        if (_document.Expectations.Any(e => e.Status == ExpectationStatus.NotMet) || judgements.Any(j => j is Judgement.NotReproduced or Judgement.DirectionDiffers))
            return "bad";
        var open = _document.Expectations.Any(e => e.Status == ExpectationStatus.NotYet) || _document.Coverage.Done < _document.Coverage.Planned;
        return open || (_document.Expectations.Count == 0 && !judgements.Any(j => j is Judgement.Reproduced or Judgement.DirectionAgrees)) ? "open" : "good";
    }

    private SettingView Setting(SettingResult setting, int number, bool charts)
    {
        var cells = _document.Cells.Where(c => c.Setting == setting.Id).ToArray();
        var places = cells.ToLookup(c => (c.Noise, c.Method));
        var anchor = Invariant($"setting-{number}");
        var (columns, numbers) = Numbers(cells);
        return new SettingView
        {
            Anchor = anchor,
            Title = setting.Title,
            Facts = [.. setting.Common.Select(c => new PairView(c.Key, c.Value))],
            Methods = [.. setting.Methods.Select(m => new PairView(m.Label, m.Detail))],
            Rows = [.. setting.Noises.Select(n => new RowView(n.Label, n.Detail, WrongLabels(cells.Where(c => c.Noise == n.Label)), [.. setting.Methods.Select(m => Cell(places[(n.Label, m.Label)].FirstOrDefault()))]))],
            Compared = [.. cells.SelectMany(c => c.Comparisons.Select(x => new ComparedView(c.Method, c.Noise, Comparison(x))))],
            NumberColumns = columns,
            Numbers = numbers,
            Accuracy = charts ? [.. cells.Select((c, i) => CurveCharts.Accuracy(Invariant($"{anchor}-accuracy-{i + 1}"), c, RunsOf(c))).OfType<ChartView>()] : [],
            Recovery = charts ? [.. cells.Select((c, i) => CurveCharts.Recovery(Invariant($"{anchor}-labels-{i + 1}"), c, RunsOf(c))).OfType<ChartView>()] : [],
            Confusions = [.. cells.Where(c => c.Confusion is not null).Select(Confusion)],
            Others = [.. setting.Others.Select(o => new OtherView(o.Noise, o.Method, o.Model ?? "not stated", o.Metric, Spread(o.Value, o.Deviation), Words.Key(o.Role), Title(o.Baselines, o.Source), Anchor(o.Baselines, o.Source)))],
        };
    }

    private RunResult[] RunsOf(CellResult cell) => [.. cell.Runs.Select(r => _runs[r])];

    private static string WrongLabels(IEnumerable<CellResult> cells) =>
        Statistic.Of(cells.Select(c => c.WrongLabels?.Mean).OfType<double>()) is { } share ? $"{Format.Percent(share.Mean)} of labels wrong" : "";

    private CellView Cell(CellResult? cell)
    {
        if (cell is null)
            return new CellView(Planned: false, "", "", "", []);
        var accuracy = cell.Final.GetValueOrDefault(MetricNames.TestAccuracy);
        var other = cell.Final.FirstOrDefault(f => f.Key is not (MetricNames.Loss or MetricNames.LearningRate));
        var value = accuracy is not null ? Format.Percent(accuracy.Mean) : other.Value is { } first ? $"{other.Key} {Format.Plain(first.Mean)}" : "no value yet";
        var spread = accuracy is null ? "" : accuracy.Deviation is { } sd ? $"± {Format.Number(100 * sd)} ({Format.Count(accuracy.Seeds, "seed")})" : $"({Format.Count(accuracy.Seeds, "seed")})";
        var progress = cell.Done == cell.Runs.Count ? "" : $"{cell.Done} of {Format.Count(cell.Runs.Count, "run")} done: "
            + string.Join(", ", RunsOf(cell).GroupBy(r => r.State).Where(g => g.Key != RunState.Done).Select(g => Invariant($"{g.Count()} {Words.Of(g.Key)}")));
        return new CellView(Planned: true, value, spread, progress, [.. cell.Comparisons.Select(Comparison)]);
    }

    private ComparisonView Comparison(ComparisonResult c)
    {
        var different = c.Fields.Where(f => f.State == FieldState.Different).ToArray();
        var unstated = c.Fields.Where(f => f.State == FieldState.Unstated).Select(f => f.Field).ToArray();
        var summary = different.Length == 0 ? "same protocol" : $"{Format.Count(different.Length, "protocol difference")}";
        if (unstated.Length > 0)
            summary += $", {unstated.Length} not stated";
        var metric = c.Metric == MetricNames.TestAccuracy ? "" : $" {c.Metric}";
        // Values of one row often differ by their backbone alone.
        var model = c.Fields.FirstOrDefault(f => f.Field == "model")?.Published is { } name ? $" with {name}" : "";
        return new ComparisonView(
            Spread(c.Published, c.PublishedDeviation) + metric + model,
            c.Difference is { } difference ? Format.Points(difference) : "",
            Title(c.Baselines, c.Source), Anchor(c.Baselines, c.Source), Badge(c.Judgement), Words.Key(c.Kind), c.Sentence, summary,
            [.. different.Select(f => new FieldView(f.Field, f.Published ?? "not stated", f.Run ?? "not known"))],
            string.Join(", ", unstated), c.Notes ?? "");
    }

    private static string Spread(double value, double? deviation) =>
        deviation is { } sd ? $"{Format.Number(100 * value)} ± {Format.Number(100 * sd)}{'\u00A0'}%" : Format.Percent(value);

    private string Anchor(string baselines, string source) => _sources[(baselines, source)].Anchor;

    private string Title(string baselines, string source) => _sources[(baselines, source)].Info.Source.Title;

    private static readonly (string Metric, string Name)[] Shares =
    [
        (MetricNames.NoisyTrainAccuracy, "on noisy training labels"),
        (MetricNames.CleanTrainAccuracy, "on true training labels"),
        (MetricNames.NoisyValidationAccuracy, "on noisy validation labels"),
        (MetricNames.CleanValidationAccuracy, "on true validation labels"),
        (MetricNames.LabelsRecovered, "wrong labels recovered"),
        (MetricNames.CleanLabelsChanged, "right labels changed"),
        (MetricNames.LabelAccuracy, "labels right at the end"),
    ];

    private static (IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) Numbers(CellResult[] cells)
    {
        var columns = new List<(string Name, Func<CellResult, string> Text)>
        {
            ("noise", c => c.Noise),
            ("method", c => c.Method),
            ("runs done", c => Invariant($"{c.Done} of {c.Runs.Count}")),
            ("test accuracy, last epoch", c => Share(c.Final.GetValueOrDefault(MetricNames.TestAccuracy))),
        };
        if (cells.Any(c => c.Best is not null))
            columns.Add(("test accuracy, best epoch on validation", c => Share(c.Best?.GetValueOrDefault(MetricNames.TestAccuracy))));
        foreach (var (metric, name) in Shares.Where(s => cells.Any(c => c.Final.ContainsKey(s.Metric))))
            columns.Add((name, c => Share(c.Final.GetValueOrDefault(metric))));
        if (cells.Any(c => c.WrongLabels is not null))
            columns.Add(("wrong labels, measured", c => c.WrongLabels is { } w ? Format.Percent(w.Mean) : "–"));
        var known = Shares.Select(s => s.Metric).Concat([MetricNames.TestAccuracy, MetricNames.Loss, MetricNames.LearningRate]).ToHashSet(StringComparer.Ordinal);
        foreach (var metric in cells.SelectMany(c => c.Final.Keys).Distinct().Where(m => !known.Contains(m)).Order(StringComparer.Ordinal).ToArray())
            columns.Add((metric, c => c.Final.GetValueOrDefault(metric) is { } s ? Format.Plain(s.Mean) : "–"));
        return ([.. columns.Select(c => c.Name)], [.. cells.Select(c => (IReadOnlyList<string>)[.. columns.Select(column => column.Text(c))])]);
    }

    private static string Share(Statistic? s) =>
        s is null ? "–" : s.Deviation is { } sd ? $"{Format.Number(100 * s.Mean)} ± {Format.Number(100 * sd)}{'\u00A0'}%" : Format.Percent(s.Mean);

    private static ConfusionView Confusion(CellResult cell)
    {
        var matrix = cell.Confusion!;
        var names = Enumerable.Range(0, matrix.Count).Select(i => cell.Classes is { } classes && i < classes.Count ? classes[i] : Invariant($"class {i}")).ToArray();
        var shares = matrix.Select(row => row.Select(v => row.Sum() > 0 ? v / row.Sum() : 0).ToArray()).ToArray();
        var worst = from i in Enumerable.Range(0, names.Length)
                    from j in Enumerable.Range(0, names.Length)
                    where i != j && shares[i][j] > 0
                    orderby shares[i][j] descending
                    select $"{Format.Percent(shares[i][j])} of {names[i]} taken for {names[j]}";
        var whole = names.Length <= MostClasses;
        return new ConfusionView(
            $"{cell.Method} under {cell.Noise}",
            $"Rows are true classes, columns predicted ones; percent of each row, mean over {Format.Count(cell.Done, "seed")}.",
            whole,
            names,
            whole ? [.. shares.Select((row, i) => new ConfusionRowView(names[i], [.. row.Select((v, j) => Heat(v, names[i], names[j]))]))] : [],
            [.. worst.Take(whole ? 3 : MostConfusions)]);
    }

    private static HeatView Heat(double share, string truth, string predicted)
    {
        var percent = (int)Math.Round(100 * share);
        return new HeatView(percent.ToString(CultureInfo.InvariantCulture), percent, $"{truth} taken for {predicted}: {Format.Percent(share)}");
    }

    private RunView Run(RunResult run)
    {
        var cell = _cells[run.Cell];
        var environment = run.Environment is { } at ? _document.Environments[at].Environment : null;
        return new RunView
        {
            Id = run.Id[..RunFolder.NameLength],
            State = Badge(run.State),
            Setting = _settings[cell.Setting].Title,
            Noise = cell.Noise,
            Method = cell.Method,
            Seed = run.Seed.ToString(CultureInfo.InvariantCulture),
            Epochs = Invariant($"{run.Epochs} of {run.Spec.Training.Epochs}"),
            Accuracy = run.Final is not null && run.Final.TryGetValue(MetricNames.TestAccuracy, out var accuracy) ? Format.Percent(accuracy) : "–",
            Time = run.Seconds is { } seconds ? Format.Duration(seconds) : "–",
            Speed = run.ImagesPerSecond is { } speed ? Format.Whole(speed) : "–",
            Hardware = environment is null ? "–" : Hardware(environment),
            Error = run.Error ?? "",
            Command = run.Command ?? "",
            Spec = SatJson.WriteIndented<RunSpec>(run.Spec).TrimEnd(),
            Derived = run.Derived is { Count: > 0 } derived ? string.Join(", ", derived.Select(d => $"{d.Key} {(d.Value is null ? "none" : CanonicalJson.Write(d.Value))}")) : "",
        };
    }

    private static string Hardware(RunEnvironment e) =>
        e.Device.StartsWith("cpu", StringComparison.Ordinal) ? $"{e.Cpu ?? e.Device}, {Format.Count(e.Threads, "thread")}" : e.Device;

    private static EnvironmentView Environment(EnvironmentResult result)
    {
        var e = result.Environment;
        var facts = new (string Name, string? Value)[]
        {
            ("Tool", e.Tool), (".NET", e.DotNet), ("TorchSharp", e.TorchSharp), ("libtorch", e.LibTorch), ("System", e.Os), ("Processor", e.Cpu),
            ("Vector instructions", e.CpuCapability), ("Device", e.Device), ("Threads", e.Threads.ToString(CultureInfo.InvariantCulture)), ("Machine", e.Machine),
        };
        return new EnvironmentView(
            Format.Count(result.Runs, "run"),
            [.. facts.Where(f => f.Value is not null).Select(f => new PairView(f.Name, f.Value!)), .. e.Plugins.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => new PairView($"Plugin {p.Key}", p.Value))]);
    }

    private static SourceView Source(string anchor, SourceInfo info)
    {
        var s = info.Source;
        // Anything but a web address stays text: a file of published values may come from anywhere.
        var url = Uri.TryCreate(s.Url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" ? uri!.AbsoluteUri : "";
        var place = string.Join(" · ", new[] { s.Where, s.Repo, s.Path, s.Commit is { } commit ? $"commit {commit[..Math.Min(12, commit.Length)]}" : null }.OfType<string>());
        var kind = string.Join(", ", new[]
        {
            $"{s.Kind} source", s.HowRead is null ? null : $"read as {s.HowRead}",
            s.ReadingError is { } error ? $"reading error up to {Format.Points(error, signed: false)}" : null,
            s.Confidence is null ? null : $"confidence {s.Confidence}", $"file {info.Baselines}",
        }.OfType<string>());
        return new SourceView(anchor, s.Title, url, MarkdownTarget(url), place, kind, s.Notes ?? "");
    }

    /// <summary>A link's target in Markdown: an escaped backslash would be part of the address, so what means something there is percent-encoded.</summary>
    private static Html MarkdownTarget(string url) => new(string.Concat(url.Select(c => "()[]<>|\\`*".Contains(c, StringComparison.Ordinal) ? Uri.HexEscape(c) : c.ToString())));

    private static BadgeView Badge(Judgement j) => new(Words.Key(j), j switch
    {
        Judgement.Reproduced or Judgement.DirectionAgrees => "✓",
        Judgement.NotReproduced or Judgement.DirectionDiffers => "✗",
        Judgement.Indicative => "≈",
        _ => "–",
    }, Words.Of(j));

    private static BadgeView Badge(ExpectationStatus s) => new(Words.Key(s), s switch { ExpectationStatus.Met => "✓", ExpectationStatus.NotMet => "✗", _ => "…" }, Words.Of(s));

    private static BadgeView Badge(RunState s) => new(Words.Key(s), s switch
    {
        RunState.Done => "✓",
        RunState.Failed or RunState.Diverged => "✗",
        RunState.Running => "▸",
        RunState.Interrupted => "‖",
        _ => "…",
    }, Words.Of(s));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

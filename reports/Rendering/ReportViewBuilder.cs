using System.Globalization;
using Sat.Records;
using Sat.Records.Metrics;
using Sat.Records.Runs;
using Sat.Reports.Results;
using Sat.Reports.Text;

namespace Sat.Reports.Rendering;

/// <summary>Puts a results document into words and numbers that people read.</summary>
internal sealed class ReportViewBuilder
{
    /// <summary>More runs than this in more than one setting are shown setting by setting, on request.</summary>
    private const int MostRuns = 200;

    /// <summary>Methods that are level are named up to this many.</summary>
    private const int MostNamed = 3;

    /// <summary>A list of more runs than this is shown on request.</summary>
    private const int MostListedRuns = 60;

    /// <summary>More unfinished runs than this are shown by their reason.</summary>
    private const int MostListedUnfinished = 20;

    private readonly ResultsDocument _document;
    private readonly Dictionary<string, CellResult> _cells;
    private readonly Dictionary<string, SettingResult> _settings;
    private readonly Dictionary<string, string> _cellOf;
    private readonly Dictionary<string, RunResult> _runs;
    private readonly Measures _measures;

    private ReportViewBuilder(ResultsDocument document)
    {
        _document = document;
        _cells = document.Cells.ToDictionary(c => c.Id);
        _settings = document.Settings.ToDictionary(s => s.Id);
        _cellOf = document.Runs.ToDictionary(r => r.Id, r => r.Cell);
        _runs = document.Runs.ToDictionary(r => r.Id);
        _measures = new Measures(document.Metrics);
    }

    /// <param name="document">The results.</param>
    /// <param name="charts">With curves and matrices.</param>
    public static ReportView Build(ResultsDocument document, bool charts) => new ReportViewBuilder(document).Build(charts);

    private ReportView Build(bool charts)
    {
        var study = _document.Study;
        var sources = new SourceIndex(_document.Sources);
        var parts = charts ? OptionPart.All(_document, _measures) : [];
        var overview = charts ? OverviewView.From(_document, parts, _measures) : null;
        var settings = new SettingViews(
            _document,
            _measures,
            sources,
            charts,
            _document.Settings.Count == 1 ? overview?.Chart.Title : null
        );
        var runs = new RunViews(_document, _measures);
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
            Headline = Typography.Bind(_document.Verdict.Headline),
            Tone = Tone(),
            Progress = _document.Verdict.Sentences is [var first, ..] ? Typography.Bind(first) : "",
            Sentences = [.. _document.Verdict.Sentences.Skip(1).Select(Typography.Bind)],
            Overview = overview,
            Expectations = [.. _document.Expectations.Select(Expectation)],
            Checks = CheckViews.From(_document, _measures),
            Options = charts ? [.. OptionCharts.Draw(parts, _measures)] : [],
            Heats = charts ? [.. HeatMaps.Draw(parts, _measures)] : [],
            CoverageLabel = string.Join(", ", States().Select(s => Invariant($"{s.Count} {Words.For(s.State)}"))),
            Coverage =
            [
                .. States()
                    .Select(s => new SegmentView(
                        Words.Key(s.State),
                        Words.For(s.State),
                        s.Count,
                        (100.0 * s.Count / Math.Max(1, _document.Coverage.Planned)).ToString("0.##", CultureInfo.InvariantCulture)
                    )),
            ],
            Glance = Glance(),
            Folded = _document.Settings.Count > 1 && _document.Runs.Count > MostRuns,
            FoldedRuns = _document.Runs.Count > MostListedRuns,
            Settings = [.. _document.Settings.Select((s, i) => (s, i)).AsParallel().AsOrdered().Select(p => settings.Of(p.s, Anchor(p.i)))],
            ManySettings = _document.Settings.Count > 1,
            ManyEnvironments = _document.Environments.Count > 1,
            Runs = runs.BySetting(),
            Unfinished = runs.Unfinished(),
            FoldedUnfinished = _document.Coverage.Planned - _document.Coverage.Done > MostListedUnfinished,
            Environments = [.. _document.Environments.Select(Environment)],
            Notes = _document.Notes,
            OtherNets = [.. _document.OtherNets.Select(settings.Other)],
            OtherNetsCount = Count.Of(_document.OtherNets.Count, "value"),
            Sources = sources.Views,
        };
    }

    private static string Anchor(int setting) => Invariant($"setting-{setting + 1}");

    private (RunStanding State, int Count)[] States()
    {
        var c = _document.Coverage;
        return
        [
            .. new[]
            {
                (RunStanding.Done, c.Done),
                (RunStanding.Running, c.Running),
                (RunStanding.Interrupted, c.Interrupted),
                (RunStanding.Failed, c.Failed),
                (RunStanding.Diverged, c.Diverged),
                (RunStanding.Missing, c.Missing),
                (RunStanding.Stale, c.Stale),
                (RunStanding.Damaged, c.Damaged),
            }.Where(s => s.Item2 > 0),
        ];
    }

    private string Tone()
    {
        var judgements = _document.Cells.SelectMany(c => c.Comparisons).Select(c => c.Judgement).ToArray();
        if (
            _document.Expectations.Any(e => e.Status is ExpectationStatus.NotMet or ExpectationStatus.NoSuchMetric)
            || judgements.Any(j => j is Judgement.Different or Judgement.DirectionDiffers)
        )
            return "bad";
        var open =
            _document.Expectations.Any(e => e.Status is ExpectationStatus.NotYet or ExpectationStatus.Undecided)
            || _document.Coverage.Done < _document.Coverage.Planned;
        return open || (_document.Expectations.Count == 0 && !judgements.Any(j => j is Judgement.Equivalent or Judgement.DirectionAgrees))
            ? "open"
            : "good";
    }

    private ExpectationView Expectation(ExpectationResult expectation) =>
        new(
            BadgeView.For(expectation.Status),
            expectation.Claim,
            expectation.Expectation.Because ?? "",
            expectation.Status == ExpectationStatus.NotYet && expectation.Seeds.Count == 0,
            [
                .. expectation
                    .Seeds.GroupBy(s => _cellOf[s.Run])
                    .Select(g => CellSeeds(_cells[g.Key], [.. g], expectation.Leads.FirstOrDefault(l => l.Cell == g.Key))),
            ]
        );

    private CellSeedsView CellSeeds(CellResult cell, SeedExpectation[] seeds, ExpectedLead? lead)
    {
        var status =
            lead is not null && seeds.All(s => s.Value is not null) ? lead.Status
            : seeds.Any(s => s.Status == ExpectationStatus.NotMet) ? ExpectationStatus.NotMet
            : seeds.Any(s => s.Status == ExpectationStatus.NotYet) ? ExpectationStatus.NotYet
            : ExpectationStatus.Met;
        return new CellSeedsView(
            BadgeView.For(status),
            $"{cell.Method} {NoiseWords.Under(cell.Noise)}" + (_document.Settings.Count > 1 ? $", {_settings[cell.Setting].Title}" : ""),
            $"{seeds.Count(s => s.Status == ExpectationStatus.Met)} of {Count.Of(seeds.Length, "seed")}",
            [
                .. seeds.Select(s => new SeedView(BadgeView.For(s.Status), s.Sentence)),
                .. lead is null
                    ? Array.Empty<SeedView>()
                    : [new SeedView(BadgeView.For(lead.Status), Typography.Bind(lead.Sentence + Evidence.Of(lead, _document.Family)))],
            ]
        );
    }

    private GlanceView Glance()
    {
        if (_document.Settings.Count < 2)
            return new GlanceView("", [], []);
        var noises = _document.Settings.SelectMany(s => s.Noises).DistinctBy(n => n.Key).ToArray();
        var cells = _document.Cells.ToLookup(c => c.Setting);
        var mains = _document.Settings.ToDictionary(s => s.Id, s => _measures.Main(cells[s.Id]) ?? MetricNames.TestAccuracy);
        var whole = mains.Values.All(m => m == MetricNames.TestAccuracy);
        return new GlanceView(
            $"The best {(whole ? "test accuracy" : "value of each setting's main metric")} after the last epoch under each noise, and its difference from the next.",
            [.. noises.Select(n => n.Label)],
            [
                .. _document.Settings.Select(
                    (s, i) =>
                        new GlanceRowView(
                            Anchor(i),
                            s.Title,
                            Invariant($"{cells[s.Id].Sum(c => c.Done)} of {cells[s.Id].Sum(c => c.Runs.Count)}"),
                            [.. noises.Select(n => Leader(cells[s.Id].Where(c => c.Row == n.Key), mains[s.Id]))],
                            [
                                .. cells[s.Id]
                                    .SelectMany(c => c.Comparisons)
                                    .GroupBy(c => c.Judgement)
                                    .OrderBy(g => g.Key)
                                    .Select(g => new CountedBadgeView(BadgeView.For(g.Key), g.Count())),
                            ]
                        )
                ),
            ]
        );
    }

    private LeaderView Leader(IEnumerable<CellResult> row, string main)
    {
        var ranked = _measures.Ranked(row, main).ToArray();
        if (ranked.Length == 0)
            return new LeaderView("", "", "");
        var value = Format.Percent(ranked[0].Final[main].Mean) + (main == MetricNames.TestAccuracy ? "" : $" {_measures.Name(main)}");
        if (ranked.Length == 1)
            return new LeaderView(ranked[0].Method, value, "");
        var lead = CellLead.Between(ranked[0], ranked[1], main, _runs, _document.Family.Looks);
        if (lead.IsTie)
        {
            var level = ranked
                .TakeWhile(c => CellLead.Between(ranked[0], c, main, _runs, _document.Family.Looks).IsTie)
                .Select(c => c.Method)
                .ToArray();
            var others = level.Length > MostNamed ? $" and {level.Length - MostNamed} others" : "";
            return new LeaderView(string.Join(", ", level.Take(MostNamed)) + others, value, "level");
        }
        var spread = lead.IsClear switch
        {
            true => "",
            false => ", within the spread",
            null => lead.Paired is null ? ", no seeds in common" : ", one seed",
        };
        return new LeaderView(ranked[0].Method, value, $"{Format.Points(lead.Difference)} against {ranked[1].Method}{spread}");
    }

    private static EnvironmentView Environment(EnvironmentResult result)
    {
        var e = result.Environment;
        var facts = new (string Name, string? Value)[]
        {
            ("Tool", e.Tool),
            (".NET", e.DotNet),
            ("TorchSharp", e.TorchSharp),
            ("libtorch", e.LibTorch),
            ("System", e.Os),
            ("Processor", e.Cpu),
            ("Vector instructions", e.CpuCapability),
            ("Convolution kernels", e.ConvolutionKernels),
            ("Device", e.Device),
            ("Threads", e.Threads.ToString(CultureInfo.InvariantCulture)),
            ("Machine", e.Machine),
        };
        return new EnvironmentView(
            Count.Of(result.Runs, "run"),
            [
                .. facts.Where(f => f.Value is not null).Select(f => new PairView(f.Name, f.Value!)),
                .. e.Plugins.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => new PairView($"Plugin {p.Key}", p.Value)),
            ]
        );
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

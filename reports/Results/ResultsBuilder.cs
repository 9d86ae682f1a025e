using Sat.Records;
using Sat.Records.Json;
using Sat.Records.Metrics;
using Sat.Records.Plans;
using Sat.Records.Protocols;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Records.Statistics;
using Sat.Reports.Comparison;
using Sat.Reports.Published;

namespace Sat.Reports.Results;

/// <summary>Computes the results document of an output folder, half-done sweeps included.</summary>
public sealed class ResultsBuilder
{
    private readonly string _folder;
    private readonly Plan _plan;
    private readonly IReadOnlyList<BaselineFile> _baselines;
    private readonly MetricCatalog _catalog;
    private readonly IReadOnlyList<RunResult> _runs;
    private readonly List<EnvironmentResult> _environments = [];

    private ResultsBuilder(string folder, Plan plan, IReadOnlyList<BaselineFile> baselines, IReadOnlyList<MetricSchema> installed)
    {
        _catalog = new MetricCatalog(plan.Metrics.Concat(installed));
        _folder = folder;
        _plan = plan;
        _baselines = baselines;
        _runs = ReadRuns();
    }

    /// <summary>Reads the plan, the run folders and what is in them.</summary>
    /// <exception cref="SatException">There is no plan, or it is damaged (exit code 5).</exception>
    /// <param name="outputFolder">The folder.</param>
    /// <param name="baselines">Published values to compare with.</param>
    /// <param name="installed">Metrics that installed components declare, for plans that were made before plans held them.</param>
    public static ResultsDocument Build(
        string outputFolder,
        IReadOnlyList<BaselineFile> baselines,
        IReadOnlyList<MetricSchema>? installed = null
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(outputFolder);
        ArgumentNullException.ThrowIfNull(baselines);
        var plan = Plan.Read(outputFolder)
            ?? throw new SatException(
                ExitCode.Environment,
                Path.Exists(outputFolder)
                    ? $"{outputFolder} has no {Plan.FileName}: name an output folder"
                    : $"there is no folder {outputFolder}: name an output folder, as 'sweep' makes it"
            );
        return new ResultsBuilder(outputFolder, plan, baselines, installed ?? []).Build();
    }

    private ResultsDocument Build()
    {
        // Runs of a cell share their setting, and an id takes its time.
        var settingOf = _runs.DistinctBy(r => r.Cell).ToDictionary(r => r.Cell, r => SettingId(r.Spec));
        var groups = _runs.GroupBy(r => settingOf[r.Cell]).Select(g => (Id: g.Key, Runs: g.ToArray())).ToArray();
        var settings = groups.Select(g => (g.Id, Specs: g.Runs.Select(r => r.Spec).ToArray())).ToArray();
        var titles = SettingTitles.For(settings, DatasetPaths());
        var cells = new List<CellResult>();
        var measurements = new List<(CellResult Cell, Measurement Measurement)>();
        var results = new List<SettingResult>();
        // One name for a noise all over the report: its settings may stand side by side.
        var noises = AxisLabels.For(_runs.Select(r => r.Spec.Noise), withNumbers: true);
        // A method has its revision wherever another one has too.
        var revised = _runs
            .Select(r => r.Spec.Method)
            .DistinctBy(m => (m.Id, m.Revision))
            .GroupBy(m => m.Id)
            .Where(g => g.Count() > 1)
            .Select(g => g.Key)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var (id, runs) in groups)
        {
            var specs = runs.Select(r => r.Spec).ToArray();
            var methods = AxisLabels.For(specs.Select(s => s.Method), withNumbers: false, revised: revised);
            var built = Cells(id, runs, noises, methods);
            cells.AddRange(built.Select(b => b.Cell));
            measurements.AddRange(built);
            results.Add(
                new SettingResult
                {
                    Id = id,
                    Title = titles[id],
                    Common = SettingTitles.Common(specs[0]),
                    Noises = [.. noises.Values],
                    Methods = [.. methods.Values],
                    Others = [.. Others(built)],
                }
            );
        }
        OtherValue[] otherNets = [.. OtherNets(measurements)];
        MetricSchema[] metrics = [.. Metrics()];
        var measures = new Measures(metrics);
        var check = new ExpectationCheck(_runs, measures, _plan.Looks);
        CheckResult[] checks = [.. MetricChecks.Run(cells, measures)];
        var (corrected, expectations, family) = FamilyCorrection.Correct(cells, [.. _plan.Expectations.Select(check.Check)], Margin);
        family = family with { Looks = _plan.Looks };
        var coverage = new Coverage(
            _runs.Count,
            Count(RunStanding.Done),
            Count(RunStanding.Running),
            Count(RunStanding.Missing),
            Count(RunStanding.Failed),
            Count(RunStanding.Diverged),
            Count(RunStanding.Interrupted),
            Count(RunStanding.Stale),
            Count(RunStanding.Damaged)
        );
        return new ResultsDocument
        {
            Study = new StudyInfo(_plan.Name, _plan.Description, _plan.Preset, _plan.Created, _plan.Tool),
            Verdict = VerdictWriter.Write(coverage, expectations, checks, corrected, family, titles, _runs, measures),
            Coverage = coverage,
            Family = family,
            Expectations = expectations,
            Checks = checks,
            Metrics = metrics,
            Settings = results,
            Cells = corrected,
            Runs = _runs,
            Environments = _environments,
            OtherNets = otherNets,
            Sources = [.. Sources(corrected, results, otherNets)],
            Notes = [.. Looks(), .. _plan.Notes, .. _plan.Warnings, .. Warnings(), .. Unplanned()],
        };
    }

    private IEnumerable<string> Looks() =>
        _plan.Looks is { } looks
            ?
            [
                $"Seeds were added where verdicts were open. Verdicts are looked at with {string.Join(", ", looks.Seeds.SkipLast(1))} and {looks.Most} seeds, as stated before the first run; intervals hold at all of these looks together, and are wider for it.",
            ]
            : [];

    private double Margin => (_plan.Margin ?? Plan.DefaultMargin) / 100;

    private Dictionary<ComponentSpec, string> DatasetPaths()
    {
        var paths = new Dictionary<ComponentSpec, string>();
        foreach (
            var request in _plan.Runs.Select(r => r.Request).DistinctBy(object (r) => r.Spec.Dataset, ReferenceEqualityComparer.Instance)
        )
        {
            if (request.Locations.GetValueOrDefault("dataset.path") is { } path)
                paths[request.Spec.Dataset] = path;
        }
        return paths;
    }

    /// <summary>What is known of the metrics that runs have: as the plan froze it, else as installed components declare it.</summary>
    private IEnumerable<MetricSchema> Metrics()
    {
        return _runs
            .SelectMany(r => (r.Final?.Keys ?? []).Concat(r.Curves?.Values.Keys ?? []))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(name => _catalog[name]);
    }

    private int Count(RunStanding state) => _runs.Count(r => r.State == state);

    private RunResult[] ReadRuns()
    {
        var read = new (RunResult Run, RunEnvironment? Environment)[_plan.Runs.Count];
        Parallel.For(0, read.Length, i => read[i] = RunReader.Read(_folder, _plan.Runs[i]));
        SetStale(read);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var runs = new RunResult[read.Length];
        for (var i = 0; i < runs.Length; i++)
        {
            var (run, environment) = read[i];
            if (environment is not null)
            {
                var key = SatJson.Write(environment);
                if (!seen.TryGetValue(key, out var at))
                {
                    at = seen[key] = _environments.Count;
                    _environments.Add(new EnvironmentResult(environment, 0));
                }
                _environments[at] = _environments[at] with { Runs = _environments[at].Runs + 1 };
                run = run with { Environment = at };
            }
            runs[i] = run;
        }
        return runs;
    }

    /// <summary>Runs of a cell are averaged: those by other code than the latest are not.</summary>
    private static void SetStale((RunResult Run, RunEnvironment? Environment)[] read)
    {
        var done = Enumerable.Range(0, read.Length).Where(i => read[i] is { Run.State: RunStanding.Done, Environment: not null }).ToArray();
        foreach (var cell in done.GroupBy(i => read[i].Run.Cell))
        {
            foreach (var (i, difference) in PluginCode.Stale([.. cell], i => read[i].Run.Started, i => read[i].Environment!.Plugins))
                read[i].Run = read[i].Run with
                {
                    State = RunStanding.Stale,
                    Curves = null,
                    Error = $"made by other code than the latest run of its cell, and left out of means: {difference}",
                };
        }
    }

    private static string SettingId(RunSpec spec)
    {
        var none = new ComponentSpec { Id = "" };
        return (spec with { Noise = none, Method = none, Seed = 0, Parent = null }).Id()[..RunFolder.NameLength];
    }

    private List<(CellResult Cell, Measurement Measurement)> Cells(
        string setting,
        IEnumerable<RunResult> all,
        IReadOnlyDictionary<ComponentSpec, AxisLabel> noises,
        IReadOnlyDictionary<ComponentSpec, AxisLabel> methods
    )
    {
        var cells = all.GroupBy(r => r.Cell).Select(g => (Runs: g.ToArray(), Measurement: Measure([.. g]))).ToArray();
        var byNoise = cells.ToLookup(c => c.Runs[0].Spec.Noise);
        return
        [
            .. cells.Select(cell =>
            {
                var (runs, measurement) = cell;
                var spec = runs[0].Spec;
                var (noise, method) = (noises[spec.Noise], methods[spec.Method]);
                var done = runs.Where(r => r.State == RunStanding.Done).ToArray();
                Measurement? Reference(string id) =>
                    byNoise[spec.Noise]
                        .Where(c =>
                            c.Runs[0].Spec.Method.Id == id
                            && Equals(c.Runs[0].Spec.Evaluation, spec.Evaluation)
                            && Equals(c.Runs[0].Spec.EvaluateOn, spec.EvaluateOn)
                        )
                        .Select(c => c.Measurement)
                        .FirstOrDefault();
                var result = new CellResult
                {
                    Id = runs[0].Cell,
                    Setting = setting,
                    Row = noise.Key,
                    Column = method.Key,
                    Noise = noise.Label,
                    Method = method.Label,
                    Spec = spec,
                    Runs = [.. runs.Select(r => r.Id)],
                    Done = done.Length,
                    Final = measurement.Final,
                    Best = done.Any(r => r.Best is not null)
                        ? Statistics(done.Where(r => r.Best is not null).Select(r => r.Best!.Metrics))
                        : null,
                    TrueLabels = runs.Select(r => r.Data?.TrueLabels).OfType<bool>().Select(t => (bool?)t).Min(),
                    ChangedLabels = Statistic.From(runs.Select(r => r.Data?.ChangedLabels).OfType<double>()),
                    WrongLabels = Statistic.From(runs.Select(r => r.Data?.WrongLabels).OfType<double>()),
                    Confusion = Mean(done, r => RunReader.Confusion(_folder, r.Id)),
                    Corrections = Mean(done, r => RunReader.Corrections(_folder, r.Id)?.All),
                    CorrectionPrecision = Statistic.From(done.Select(Precision).OfType<double>()),
                    Figures = done.Select(r => RunReader.Figures(_folder, r)).FirstOrDefault(f => f.Count > 0),
                    Classes = runs.Select(r => r.Data?.Classes).FirstOrDefault(c => c is not null),
                    Comparisons = Judge.Compare(measurement, PublishedFor(spec), Margin, Reference, _plan.Looks),
                };
                return (result, measurement);
            }),
        ];
    }

    /// <summary>Published values are about the test set of the dataset that was trained on, unless they name another.</summary>
    private IEnumerable<BaselineFile> PublishedFor(RunSpec spec) =>
        spec.EvaluateOn?.Dataset is not { Id: var other }
            ? _baselines
            : _baselines.Select(file => file with { Values = [.. file.Values.Where(v => v.Protocol.EvaluationSet == other)] });

    private Measurement Measure(RunResult[] runs)
    {
        var done = runs.Where(r => r.State == RunStanding.Done && r.Final is not null).ToArray();
        var final = Statistics(done.Select(r => r.Final!));
        return new Measurement(Protocol.From(runs[0].Spec, runs.Select(r => r.Data).FirstOrDefault(d => d is not null)), final)
        {
            Seeds = BySeed(done, r => r.Final),
            SecondsPerRun = done.Any(r => r.Seconds is not null) ? done.Average(r => r.Seconds) : null,
            OnCard = done.Any(r => r.PeakDeviceMemoryBytes is not null),
            AfterEpoch = epoch => BySeed(done, r => r.Curves?.After(epoch)),
            Conditions = MeasuredConditions.For(runs[0].Spec, final.Keys, _catalog),
        };
    }

    private static Dictionary<long, IReadOnlyDictionary<string, double>> BySeed(
        IEnumerable<RunResult> runs,
        Func<RunResult, IReadOnlyDictionary<string, double>?> metrics
    ) =>
        runs.Select(r => (r.Seed, Metrics: metrics(r)))
            .Where(r => r.Metrics is not null)
            .GroupBy(r => r.Seed)
            .ToDictionary(g => g.Key, g => g.First().Metrics!);

    private static SortedDictionary<string, Statistic> Statistics(IEnumerable<IReadOnlyDictionary<string, double>> metrics)
    {
        var result = new SortedDictionary<string, Statistic>(StringComparer.Ordinal);
        foreach (var group in metrics.SelectMany(m => m).GroupBy(m => m.Key, m => m.Value))
        {
            if (Statistic.From(group) is { } statistic)
                result[group.Key] = statistic;
        }
        return result;
    }

    /// <summary>Of the labels that a run's soft targets change, the share that is right then.</summary>
    private double? Precision(RunResult run)
    {
        if (run.Data?.WrongLabels is not > 0 || RunReader.Corrections(_folder, run.Id) is not (var all, { } right))
            return null;
        long Changed(long[][] counts) => counts.Select((row, i) => row.Where((_, j) => i != j).Sum()).Sum();
        var changed = Changed(all);
        return changed == 0 ? null : (double)Changed(right) / changed;
    }

    private static double[][]? Mean(RunResult[] done, Func<RunResult, long[][]?> read)
    {
        var matrices = done.Select(read).OfType<long[][]>().ToArray();
        if (matrices.Length == 0 || matrices.Any(m => m.Length != matrices[0].Length))
            return null;
        return [.. matrices[0].Select((row, i) => row.Select((_, j) => matrices.Average(m => (double)m[i][j])).ToArray())];
    }

    private IEnumerable<OtherValue> Others(List<(CellResult Cell, Measurement Measurement)> cells) =>
        from noise in cells.GroupBy(c => c.Cell.Row)
        let run = noise.First().Measurement.Protocol
        let measured = noise.Where(c => c.Measurement.Final.Count > 0).ToArray()
        from file in _baselines
        from value in file.Values
        where
            value.Role != BaselineRole.Paper
            && Judge.IsSameProblem(value, run)
            && (measured.Length == 0 || measured.Any(c => c.Measurement.IsBeside(value)))
        select Other(noise.First().Cell.Noise, file, value);

    /// <summary>What the authors published for a method, dataset and noise of the plan, and for nets that it does not train under these:
    /// each once.</summary>
    private IEnumerable<OtherValue> OtherNets(List<(CellResult Cell, Measurement Measurement)> cells)
    {
        var trained = cells.Where(c => c.Cell.Spec.Evaluation is null).ToArray();
        foreach (var file in _baselines)
        {
            foreach (var value in file.Values.Where(v => v.Role == BaselineRole.Paper && v.When.Count == 0))
            {
                var about = trained
                    .Where(c =>
                        Judge.IsSameMethod(value, c.Measurement.Protocol)
                        && (c.Measurement.Final.Count == 0 || c.Measurement.Find(value) is not null)
                    )
                    .ToArray();
                if (about.Length > 0 && !about.Any(c => Judge.IsSameNet(value, c.Measurement.Protocol)))
                    yield return Other(about[0].Cell.Noise, file, value);
            }
        }
    }

    private static OtherValue Other(string noise, BaselineFile file, PublishedValue value) =>
        new(
            noise,
            value.Method,
            value.Protocol.Model?.ToString(),
            value.Metric,
            value.Value,
            value.Deviation,
            value.Trials,
            value.Role,
            value.Conditions,
            file.Name,
            value.Source
        );

    private IEnumerable<SourceInfo> Sources(IReadOnlyList<CellResult> cells, List<SettingResult> settings, OtherValue[] otherNets)
    {
        var used = cells
            .SelectMany(c => c.Comparisons)
            .Select(c => (c.Baselines, c.Source))
            .Concat(settings.SelectMany(s => s.Others).Concat(otherNets).Select(o => (o.Baselines, o.Source)))
            .ToHashSet();
        return _baselines.SelectMany(f => f.Sources.Where(s => used.Contains((f.Name, s.Key))).Select(s => new SourceInfo(f.Name, s)));
    }

    /// <summary>What workers warned of beyond what was known when the study was planned.</summary>
    private IEnumerable<string> Warnings() =>
        _runs
            .SelectMany(r => r.Warnings ?? [])
            .Where(w => !_plan.Notes.Contains(w) && !_plan.Warnings.Contains(w))
            .GroupBy(w => w, StringComparer.Ordinal)
            .Select(g => g.Count() == 1 ? g.Key : $"{g.Key} ({Records.Count.Of(g.Count(), "run")})");

    /// <summary>Run folders of earlier plans in the same place: named, so that nobody wonders where they went.</summary>
    private IEnumerable<string> Unplanned()
    {
        var planned = _plan.Runs.Select(r => r.Id[..RunFolder.NameLength]).ToHashSet(StringComparer.Ordinal);
        var count = Directory
            .EnumerateDirectories(_folder)
            .Count(d => !planned.Contains(Path.GetFileName(d)) && File.Exists(new RunFolder(d).RecordFile));
        if (count > 0)
            yield return $"{Records.Count.Of(count, "run folder")} in this output folder {Records.Count.Word(count, "belongs", "belong")} to no run of the plan and {Records.Count.Word(count, "is", "are")} left out.";
    }
}

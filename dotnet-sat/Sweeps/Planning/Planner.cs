using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Metrics;
using Sat.Records.Plans;
using Sat.Records.Settings;
using Sat.Records.Specs;
using Sat.Sweeps.Studies;

namespace Sat.Sweeps.Planning;

/// <summary>Resolves a study into runs and checks it as a whole.</summary>
public static class Planner
{
    /// <summary>Plans a study.</summary>
    /// <exception cref="SatException">Everything that is wrong with it, together: exit code 2, or 5 where data are not to be
    /// found.</exception>
    public static Plan Plan(Study study, ComponentCatalog catalog, PlanOptions options)
    {
        var problems = new ProblemList();
        foreach (var problem in study.Problems)
            problems.Add(problem);
        foreach (var plugin in study.Plugins)
        {
            if (plugin.Missing(catalog, study.Plugins.Count(plugin.SharesPackageWith) > 1) is { } missing)
                problems.Add(missing, plugin.At);
        }
        FrozenBaselines[] published = [.. study.Baselines.Select(b => Freeze(b.Name, b.At, options, problems)).OfType<FrozenBaselines>()];
        var overrides = options.Overrides.Select(o => Override.Parse(o, catalog, problems)).OfType<Override>().ToArray();
        var preset = options.Preset ?? study.Preset;
        var presetTraining = preset is null ? new MapSetting([]) : Presets.Training(preset);
        if (presetTraining is null && options.Preset is { } named)
            problems.Add(
                $"unknown preset '{named}'.{NearestName.Hint(named, Presets.Names)} There are {string.Join(", ", Presets.Names)}.",
                new SourceLocation("--preset")
            );
        presetTraining ??= new MapSetting([]);

        var cells = Matrix.Cells(study, catalog, overrides, presetTraining, problems);
        // A preset tries a study out: that its runs are too short for the study's options is its purpose.
        var allowNoEffect = options.AllowNoEffect || study.AllowNoEffect || presetTraining.Entries.Count > 0;
        var builder = new SpecBuilder(
            catalog,
            new DataChecksums(options.DataRoot, options.AllowMissingData, options.Watcher),
            problems,
            allowNoEffect,
            study.Source
        );
        // Overrides, presets and settings that could not be read make cells equal that the study tells apart.
        var mayRepeat = overrides.Length > 0 || presetTraining.Entries.Count > 0 || !problems.IsEmpty;
        var runs = Runs(cells, builder, mayRepeat, problems);
        if (builder.Sinks(study.Sinks) is { } sinks)
            runs = [.. runs.Select(r => r with { Request = r.Request with { Sinks = sinks } })];
        runs = [.. runs, .. new EvaluationPlanner(catalog, builder, problems).Plan(study, runs)];
        if (problems.IsEmpty && !mayRepeat)
            CheckExpectations(study, runs, catalog.Metrics, problems);
        problems.ThrowIfAny();
        return new Plan
        {
            Name = study.Name,
            Description = study.Description,
            Preset = preset,
            Study = study.Text,
            Created = options.Time.GetUtcNow(),
            Tool = options.Tool,
            Runs = runs,
            Baselines = [.. study.Baselines.Select(b => b.Name)],
            Published = published,
            Margin = study.Margin ?? Records.Plans.Plan.DefaultMargin,
            Expectations = [.. study.Expectations.Select(e => e.Claim)],
            Notes =
            [
                .. builder
                    .Used.Where(s => s.Interpretation is not null)
                    .Select(s => $"{s.Name}: {s.Interpretation}")
                    .Order(StringComparer.Ordinal),
                .. builder.Notes,
            ],
            Warnings = [.. builder.Warnings, .. UnknownMetrics(study, catalog.Metrics)],
        };
    }

    /// <summary>Published values as they are now; a path is relative to the study, as every other.</summary>
    private static FrozenBaselines? Freeze(string name, SourceLocation? at, PlanOptions options, ProblemList problems)
    {
        try
        {
            return options.Baselines?.Invoke(name, Path.GetDirectoryName(at?.File) ?? "");
        }
        catch (SatException e)
        {
            problems.Add(e, at);
            return null;
        }
    }

    private static IReadOnlyList<PlannedRun> Runs(IReadOnlyList<Cell> cells, SpecBuilder builder, bool mayRepeat, ProblemList problems)
    {
        var runs = new List<PlannedRun>(cells.Count);
        var seen = new Dictionary<string, Cell>(cells.Count);
        var told = new HashSet<SourceLocation?>();
        foreach (var cell in cells)
        {
            if (builder.Build(cell) is not { } run)
                continue;
            if (seen.TryAdd(run.Id, cell))
                runs.Add(run);
            else if (!mayRepeat && told.Add(cell.At))
                Repeated(cell, seen[run.Id], run.Request.Spec, problems);
        }
        return runs;
    }

    private static void Repeated(Cell cell, Cell first, RunSpec spec, ProblemList problems)
    {
        var where = first.Included ? $"the include at {first.At}" : "the matrix";
        problems.Add(
            cell.Included && cell.At != first.At
                ? $"this include repeats a cell of {where}: {Describe(spec)}. Remove it."
                : $"{(cell.Included ? "this include" : "the matrix")} yields the same run twice: {Describe(spec)}. Remove the value that is repeated.",
            cell.At
        );
    }

    private static string Describe(RunSpec spec) =>
        $"{Describe(spec.Dataset)}, noise {Describe(spec.Noise)}, {Describe(spec.Model)}, {Describe(spec.Method)}, seed {spec.Seed}";

    private static string Describe(ComponentSpec component) =>
        string.Join(' ', [component.Id, .. component.Options.Select(o => $"{o.Key}={component.OptionText(o.Key)}")]);

    /// <summary>A method may report metrics that it does not declare: one that nobody declares may be there all the same.</summary>
    private static IEnumerable<string> UnknownMetrics(Study study, MetricCatalog metrics) =>
        from metric in study.Expectations.Select(e => e.Claim.Metric).Distinct()
        where metrics.Declared.All(d => d.Name != metric)
        select $"an expectation is about '{metric}', a metric that no component declares.{NearestName.Hint(metric, metrics.Declared.Select(d => d.Name))}";

    private static void CheckExpectations(Study study, IReadOnlyList<PlannedRun> runs, MetricCatalog metrics, ProblemList problems)
    {
        if (study.Expectations.Count == 0)
            return;
        var settings = runs.Select(r => new Lazy<IReadOnlyDictionary<string, string>>(() => SpecPath.All(r.Request.Spec))).ToArray();
        foreach (var (claim, at) in study.Expectations)
        {
            Check(claim.Where, "'where'");
            if (claim.AtLeast > 1 && metrics.IsShare(claim.Metric))
                problems.Add(
                    FormattableString.Invariant(
                        $"this expectation wants {claim.Metric} to be at least {claim.AtLeast}, but it is a fraction, at most 1: write {claim.AtLeast / 100} for {claim.AtLeast} %."
                    ),
                    at
                );
            if (claim.Above is { } above)
            {
                var rival = new Dictionary<string, string>(claim.Where.Where(w => !above.ContainsKey(w.Key)).Concat(above));
                Check(rival, "'where' with 'above'");
                if (rival.Count == claim.Where.Count && rival.All(r => claim.Where.GetValueOrDefault(r.Key) == r.Value))
                    problems.Add("this expectation compares runs with themselves: 'above' must change a setting of 'where'.", at);
            }

            void Check(IReadOnlyDictionary<string, string> selection, string name)
            {
                if (
                    settings.Any(s => SettingMatch.Agree(s.Value, selection))
                    || (selection.Keys.Any(IsOfFiles) && runs.Any(r => !r.IsIdentified))
                )
                    return;
                problems.Add($"this expectation's {name} selects no run of the study.{string.Concat(selection.Select(Missing))}", at);
            }

            static bool IsOfFiles(string path) =>
                path.EndsWith(".variant", StringComparison.Ordinal) || path.Contains(".files.", StringComparison.Ordinal);

            string Missing(KeyValuePair<string, string> wanted)
            {
                var values = settings.Select(s => s.Value.GetValueOrDefault(wanted.Key)).OfType<string>().Distinct().ToArray();
                return values.Length == 0
                        ? $" No run has '{wanted.Key}'.{NearestName.Hint(wanted.Key, settings.SelectMany(s => s.Value.Keys).Distinct())}"
                    : values.Contains(wanted.Value) ? ""
                    : $" No run has {wanted.Key} '{wanted.Value}'.{NearestName.Hint(wanted.Value, values)}";
            }
        }
    }
}

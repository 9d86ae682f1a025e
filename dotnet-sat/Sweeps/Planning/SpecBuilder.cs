using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Json;
using Sat.Records.Options;
using Sat.Records.Plans;
using Sat.Records.Settings;
using Sat.Records.Specs;
using Sat.Sweeps.Studies;

namespace Sat.Sweeps.Planning;

/// <summary>Makes specifications of cells: names become components, texts typed options, files checksums.</summary>
public sealed class SpecBuilder
{
    private readonly ProblemList _problems;
    private readonly ComponentResolver _components;
    private readonly Dictionary<string, PlannedTraining?> _trainings = [];
    private readonly HashSet<ComponentSchema> _used = [];
    private readonly SortedSet<string> _notes = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _warnings = new(StringComparer.Ordinal);
    private readonly SampleFiles _sampleFiles = new();
    private readonly Shares _shares;
    private readonly bool _allowNoEffect;
    private readonly SettingsSource _source;

    /// <summary>Makes a builder for one planning.</summary>
    /// <param name="catalog">The components at hand.</param>
    /// <param name="data">Finds files.</param>
    /// <param name="problems">Receives what is wrong.</param>
    /// <param name="allowNoEffect">True to warn of options that have no effect in their run, where else they are problems.</param>
    /// <param name="source">Where the settings come from.</param>
    public SpecBuilder(ComponentCatalog catalog, DataChecksums data, ProblemList problems, bool allowNoEffect, SettingsSource source)
    {
        _problems = problems;
        _components = new ComponentResolver(catalog, data, problems, source);
        _shares = new Shares(catalog);
        _allowNoEffect = allowNoEffect;
        _source = source;
    }

    /// <summary>What is to be known about the data of the requests so far, a sentence each.</summary>
    public IReadOnlyCollection<string> Notes => _notes;

    /// <summary>What is odd about the requests so far and no problem, a sentence each.</summary>
    public IReadOnlyCollection<string> Warnings => _warnings;

    /// <summary>The components of all requests so far.</summary>
    public IReadOnlyCollection<ComponentSchema> Used => _used;

    /// <summary>Makes the run of a cell.</summary>
    /// <returns>Null when it is wrong; the reasons are among the problems.</returns>
    public PlannedRun? Build(Cell cell)
    {
        var settings = _shares.Resolve(cell.Settings);
        var found = RunShape.Slots.ToDictionary(s => s.Key, s => _components.Resolve(s.Value, s.Key, settings[s.Key], cell.At));
        var training = Training(settings["training"] as MapSetting, cell.At);
        var wrong = new List<Problem>();
        var options = OptionBinder.Bind("the run", RunShape.RunOptions, settings, wrong, [.. RunShape.Slots.Keys, "training"]).Options;
        foreach (var problem in wrong)
            _problems.Add(problem);
        if (wrong.Count > 0 || training is null || found.Values.Any(c => c is null))
            return null;

        var locations = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var components = found
            .Select(f => (Path: f.Key, Component: f.Value!))
            .Concat(training.Components)
            .ToDictionary(c => c.Path, c => c.Component);
        var planned = new PlannedSettings(components, training.Options);
        CheckEffect("training", "training", RunShape.TrainingOptions, planned, settings, cell.At);
        foreach (var (path, component) in components)
        {
            CheckEffect(path, component.Spec.Id, component.Schema.Options, planned, settings, cell.At);
            _used.Add(component.Schema);
            _notes.UnionWith(component.Notes);
            _warnings.UnionWith(component.Warnings);
            foreach (var (option, location) in component.Paths)
                locations[$"{path}.{option}"] = location;
        }
        var spec = new RunSpec
        {
            Dataset = found["dataset"]!.Spec,
            Noise = found["noise"]!.Spec,
            Model = found["model"]!.Spec,
            Method = found["method"]!.Spec,
            Training = training.Spec,
            Seed = options["seed"]!.GetValue<long>(),
            Precision = options["precision"]!.GetValue<string>(),
            Deterministic = options["deterministic"]!.GetValue<bool>(),
        };
        CheckRequired(components, spec, settings, cell.At);
        CheckSampleFiles(components, spec.Training, settings, cell.At);
        if (spec.Training.KeepEpochs is [.., var last] && last > spec.Training.Epochs)
            _problems.Add(
                $"training.keep-epochs names epoch {last}, but the run has {Records.Count.Of(spec.Training.Epochs, "epoch")}. Name epochs from 1 to {spec.Training.Epochs}.",
                PlaceOf(settings, "training.keep-epochs") ?? cell.At
            );
        var whole = WholeTrainingSet(components["dataset"]);
        // A preset shortens what is longer.
        var shortens = spec.Training.Samples > 0 && Presets.Has(PlaceOf(settings, "training.samples"));
        if (shortens && spec.Training.Samples > whole)
            spec = spec with { Training = spec.Training with { Samples = 0 } };
        if (TrainingSize.Problem(spec.Dataset.Id, spec.Training, whole) is { } size)
            _problems.Add(size.Problem, PlaceOf(settings, size.Setting) ?? cell.At);
        else if (Samples(components["dataset"], spec.Training) is { } samples)
        {
            if (LastBatch.Oversized(spec.Training, samples) is { } oversized)
                _warnings.Add(oversized);
            if (components["model"].Schema.NormalizesByBatch == true || components["method"].Schema.NormalizesByBatch == true)
                CheckLastBatch(spec.Training, samples, PlaceOf(settings, "training.batch-size") ?? cell.At);
        }
        var request = new RunRequest(spec, locations) { AllIfFewer = shortens && whole is null ? true : null };
        return new PlannedRun(spec.Id(), request) { Files = components.Values.Max(c => c.Files) };
    }

    /// <summary>Makes the sinks of a study, each once.</summary>
    /// <returns>Null where there are none, or one is wrong; the reasons are among the problems.</returns>
    public IReadOnlyList<ComponentSpec>? Sinks(IReadOnlyList<MapSetting> sinks)
    {
        ResolvedComponent?[] found = [.. sinks.Select(s => _components.Resolve(ComponentKind.Sink, "sinks", s, s.At))];
        var seen = new HashSet<string>();
        foreach (var (sink, setting) in found.Zip(sinks))
        {
            if (sink is not null && !seen.Add(sink.Spec.Id))
                _problems.Add($"the sink '{sink.Spec.Id}' is there twice. Keep one.", setting.At);
        }
        return found.Length == 0 || found.Any(f => f is null) ? null : [.. found.Select(f => f!.Spec)];
    }

    /// <summary>Makes an evaluation of settings without lists.</summary>
    /// <returns>Null when they are wrong; the reasons are among the problems.</returns>
    public EvaluationRequest? Build(MapSetting evaluation)
    {
        var slots = RunShape.Evaluation.Children.Where(c => c.Value is ComponentShape && evaluation[c.Key] is not null).ToArray();
        var found = slots.ToDictionary(
            s => s.Key,
            s => _components.Resolve(((ComponentShape)s.Value).Kind, s.Key, evaluation[s.Key], evaluation.At)
        );
        var wrong = new List<Problem>();
        var bound = OptionBinder.Bind("an evaluation", RunShape.EvaluationOptions, evaluation, wrong, [.. slots.Select(s => s.Key)]);
        foreach (var problem in wrong)
            _problems.Add(problem);
        if (wrong.Count > 0 || found.Values.Any(c => c is null))
            return null;
        var planned = new PlannedSettings(found.ToDictionary(f => f.Key, f => f.Value!), training: null);
        foreach (var (path, component) in found)
        {
            _used.Add(component!.Schema);
            _notes.UnionWith(component.Notes);
            _warnings.UnionWith(component.Warnings);
            CheckEffect(path, component.Spec.Id, component.Schema.Options, planned, evaluation, evaluation.At);
        }
        return new EvaluationRequest
        {
            Evaluation = found["evaluation"]!.Spec,
            On = new EvaluationInputs
            {
                Dataset = found.GetValueOrDefault("dataset")?.Spec,
                Samples = (int?)bound.Options["samples"]?.GetValue<long>(),
                Epoch = (int?)bound.Options["epoch"]?.GetValue<long>(),
                Augmentation = found.GetValueOrDefault("augmentation")?.Spec,
            },
            Files = found.Values.Max(c => c!.Files),
            Of = bound.Paths.GetValueOrDefault("of"),
            Locations = found.SelectMany(f => f.Value!.Paths.Select(p => KeyValuePair.Create($"{f.Key}.{p.Key}", p.Value))).ToDictionary(),
        };
    }

    private PlannedTraining? Training(MapSetting? settings, SourceLocation? at)
    {
        settings ??= new MapSetting([], at);
        var key = ComponentResolver.Key(settings);
        if (_trainings.TryGetValue(key, out var known))
            return known;

        var components = RunShape
            .TrainingSlots.Where(s => settings[s.Key] is not null || !RunShape.OptionalSlots.Contains($"training.{s.Key}"))
            .Select(s =>
                (Path: $"training.{s.Key}", Slot: s.Key, Component: _components.Resolve(s.Value, $"training.{s.Key}", settings[s.Key], at))
            )
            .ToArray();
        var wrong = new List<Problem>();
        var bound = OptionBinder.Bind("training", RunShape.TrainingOptions, settings, wrong, [.. RunShape.TrainingSlots.Keys]);
        foreach (var problem in wrong)
            _problems.Add(problem);
        if (wrong.Count > 0 || components.Any(c => c.Component is null))
            return _trainings[key] = null;

        var record = (JsonObject)bound.Options.DeepClone();
        foreach (var (_, slot, component) in components)
            record[slot] = SatJson.ToNode(component!.Spec);
        var spec = record.Deserialize<TrainingSpec>(SatJson.Compact)!;
        return _trainings[key] = new PlannedTraining(spec, bound.Options, [.. components.Select(c => (c.Path, c.Component!))]);
    }

    private void CheckEffect(
        string path,
        string id,
        IReadOnlyList<OptionSchema> options,
        PlannedSettings planned,
        MapSetting settings,
        SourceLocation? cellAt
    )
    {
        foreach (var (option, clause, remedy, needed) in EffectCheck.Of(path, id, options, planned))
        {
            // Who turns a part off in so many words, as an ablation does, means it.
            if (_allowNoEffect || (needed is not null && Given(settings, needed) is not null))
                _warnings.Add($"{clause}.");
            else
                _problems.Add($"{clause}. {remedy}. To run it as it is, {_source.AllowNoEffect}.", PlaceOf(settings, option) ?? cellAt);
        }
    }

    private void CheckRequired(Dictionary<string, ResolvedComponent> components, RunSpec spec, MapSetting settings, SourceLocation? at)
    {
        if (components.Values.All(c => c.Schema.Requires is null))
            return;
        var has = SpecPath.All(spec);
        foreach (var (slot, component) in components)
        {
            foreach (var (path, value) in component.Schema.Requires ?? new Dictionary<string, string>())
            {
                if (!has.TryGetValue(path, out var here) || !SettingMatch.Agree(here, value))
                    _problems.Add(
                        $"{component.Schema.Kind.ToString().ToLowerInvariant()} '{component.Spec.Id}' needs '{path}: {value}', and this run has {(here is null ? "another value there" : $"'{here}'")}: set it.",
                        PlaceOf(settings, path) ?? PlaceOf(settings, slot) ?? at
                    );
            }
        }
    }

    private void CheckLastBatch(TrainingSpec training, long samples, SourceLocation? at)
    {
        if (LastBatch.Problem(training, samples) is { } problem)
            _problems.Add(problem, at);
        else if (LastBatch.Warning(training, samples) is { } warning)
            _warnings.Add(warning);
    }

    private void CheckSampleFiles(
        Dictionary<string, ResolvedComponent> components,
        TrainingSpec training,
        MapSetting settings,
        SourceLocation? cellAt
    )
    {
        // Of a thousand runs most have no such file: nothing is worked out for them.
        if (components.Values.All(c => c.Paths.Count == 0))
            return;
        var whole = WholeTrainingSet(components["dataset"]);
        foreach (var (path, component) in components.Where(c => c.Value.Paths.Count > 0))
        {
            var owner = $"{component.Schema.Kind.ToString().ToLowerInvariant()} '{component.Spec.Id}'";
            foreach (var (option, problem) in _sampleFiles.Problems(owner, component, whole, training.Samples))
                _problems.Add(new Problem(problem, PlaceOf(settings, $"{path}.{option}") ?? cellAt), ExitCode.Environment);
        }
    }

    /// <summary>How many training samples a dataset has; null: only the worker can tell.</summary>
    private static long? WholeTrainingSet(ResolvedComponent dataset) =>
        dataset.Schema.TrainingSamplesOption is not { } option ? dataset.Schema.TrainingSamples
        : long.TryParse(dataset.Spec.OptionText(option), CultureInfo.InvariantCulture, out var given) ? given
        : null;

    /// <summary>How many samples a run will train on; null: only its worker can tell.</summary>
    private static long? Samples(ResolvedComponent dataset, TrainingSpec training)
    {
        var taken = training.Samples > 0 ? training.Samples : WholeTrainingSet(dataset);
        return taken - training.Validation is > 0 and var left ? left : null;
    }

    private static Setting? Given(MapSetting settings, string path) =>
        path.Split('.').Aggregate<string, Setting?>(settings, (found, name) => (found as MapSetting)?[name]);

    /// <summary>Where a setting was written, or the nearest about it that was.</summary>
    private static SourceLocation? PlaceOf(MapSetting settings, string path)
    {
        Setting? found = settings;
        SourceLocation? at = null;
        foreach (var name in path.Split('.'))
        {
            found = (found as MapSetting)?[name];
            at = found?.At ?? at;
        }
        return at;
    }

    /// <param name="Spec">As the specification has it.</param>
    /// <param name="Options">The settings that are no components, those among them that were not given and have a default.</param>
    /// <param name="Components">The others, by path.</param>
    private sealed record PlannedTraining(
        TrainingSpec Spec,
        JsonObject Options,
        IReadOnlyList<(string Path, ResolvedComponent Component)> Components
    );
}

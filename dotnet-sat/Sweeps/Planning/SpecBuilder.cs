using System.Text.Json.Nodes;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Json;
using Sat.Records.Options;
using Sat.Records.Settings;
using Sat.Records.Specs;
using Sat.Sweeps.Studies;

namespace Sat.Sweeps.Planning;

/// <summary>Makes specifications of cells: names become components, texts typed options, files checksums.</summary>
public sealed class SpecBuilder
{
    private readonly ProblemList _problems;
    private readonly ComponentResolver _components;
    private readonly Dictionary<string, (TrainingSpec Spec, IReadOnlyList<(string Path, ResolvedComponent Component)> Components)?> _trainings = [];
    private readonly HashSet<ComponentSchema> _used = [];

    /// <summary>Makes a builder for one planning.</summary>
    /// <param name="catalog">The components at hand.</param>
    /// <param name="dataRoot">Data by component id.</param>
    /// <param name="problems">Receives what is wrong.</param>
    public SpecBuilder(ComponentCatalog catalog, string dataRoot, ProblemList problems)
    {
        _problems = problems;
        _components = new ComponentResolver(catalog, new DataChecksums(dataRoot), problems);
    }

    /// <summary>The components of all requests so far.</summary>
    public IReadOnlyCollection<ComponentSchema> Used => _used;

    /// <summary>Makes the request for a cell.</summary>
    /// <returns>Null when it is wrong; the reasons are among the problems.</returns>
    public RunRequest? Build(Cell cell)
    {
        var settings = cell.Settings;
        var found = RunShape.Slots.ToDictionary(s => s.Key, s => _components.Resolve(s.Value, s.Key, settings[s.Key], cell.At));
        var training = Training(settings["training"] as MapSetting, cell.At);
        var wrong = new List<Problem>();
        var options = OptionBinder.Bind("a run", RunShape.RunOptions, settings, wrong, [.. RunShape.Slots.Keys, "training"]).Options;
        foreach (var problem in wrong)
            _problems.Add(problem);
        if (wrong.Count > 0 || training is null || found.Values.Any(c => c is null))
            return null;

        var locations = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, component) in found.Select(f => (f.Key, f.Value!)).Concat(training.Value.Components))
        {
            _used.Add(component.Schema);
            foreach (var (option, location) in component.Paths)
                locations[$"{path}.{option}"] = location;
        }
        var spec = new RunSpec
        {
            Dataset = found["dataset"]!.Spec,
            Noise = found["noise"]!.Spec,
            Model = found["model"]!.Spec,
            Method = found["method"]!.Spec,
            Training = training.Value.Spec,
            Seed = options["seed"]!.GetValue<long>(),
            Precision = options["precision"]!.GetValue<string>(),
            Deterministic = options["deterministic"]!.GetValue<bool>(),
        };
        return new RunRequest(spec, locations);
    }

    /// <summary>Makes an evaluation of settings without lists.</summary>
    /// <returns>Null when they are wrong; the reasons are among the problems.</returns>
    public EvaluationRequest? Build(MapSetting evaluation)
    {
        var slots = RunShape.Evaluation.Children.Where(c => c.Value is ComponentShape && evaluation[c.Key] is not null).ToArray();
        var found = slots.ToDictionary(s => s.Key, s => _components.Resolve(((ComponentShape)s.Value).Kind, s.Key, evaluation[s.Key], evaluation.At));
        var wrong = new List<Problem>();
        var bound = OptionBinder.Bind("an evaluation", RunShape.EvaluationOptions, evaluation, wrong, [.. slots.Select(s => s.Key)]);
        foreach (var problem in wrong)
            _problems.Add(problem);
        if (wrong.Count > 0 || found.Values.Any(c => c is null))
            return null;
        foreach (var component in found.Values)
            _used.Add(component!.Schema);
        return new EvaluationRequest
        {
            Evaluation = found["evaluation"]!.Spec,
            On = new EvaluationInputs
            {
                Dataset = found.GetValueOrDefault("dataset")?.Spec,
                Samples = (int?)bound.Options["samples"]?.GetValue<long>(),
                Augmentation = found.GetValueOrDefault("augmentation")?.Spec,
            },
            Of = bound.Paths.GetValueOrDefault("of"),
            Locations = found.SelectMany(f => f.Value!.Paths.Select(p => KeyValuePair.Create($"{f.Key}.{p.Key}", p.Value))).ToDictionary(),
        };
    }

    private (TrainingSpec Spec, IReadOnlyList<(string Path, ResolvedComponent Component)> Components)? Training(MapSetting? settings, SourceLocation? at)
    {
        settings ??= new MapSetting([], at);
        var key = ComponentResolver.Key(settings);
        if (_trainings.TryGetValue(key, out var known))
            return known;

        var components = RunShape.TrainingSlots
            .Where(s => settings[s.Key] is not null || !RunShape.OptionalSlots.Contains($"training.{s.Key}"))
            .Select(s => (Path: $"training.{s.Key}", Slot: s.Key, Component: _components.Resolve(s.Value, $"training.{s.Key}", settings[s.Key], at)))
            .ToArray();
        var wrong = new List<Problem>();
        var bound = OptionBinder.Bind("training", RunShape.TrainingOptions, settings, wrong, [.. RunShape.TrainingSlots.Keys]);
        if (settings["probe-every"] is { } every && settings["probe"] is null)
            wrong.Add(new Problem("training.probe-every says how often, and nothing says what: give training.probe, such as training.probe: knn, or leave both out.", every.At));
        foreach (var problem in wrong)
            _problems.Add(problem);
        if (wrong.Count > 0 || components.Any(c => c.Component is null))
            return _trainings[key] = null;

        var record = (JsonObject)bound.Options.DeepClone();
        foreach (var (_, slot, component) in components)
            record[slot] = SatJson.ToNode(component!.Spec);
        var spec = OptionReflection.ToRecord<TrainingSpec>(record);
        return _trainings[key] = (spec, [.. components.Select(c => (c.Path, c.Component!))]);
    }
}

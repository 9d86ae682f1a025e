using System.Text.Json.Nodes;
using Sat.Records.Components;
using Sat.Records.Specs;

namespace Sat.Sdk.Testing;

/// <summary>A short run for tests: unless a test says otherwise, a small network learns the tool's generated shapes by cross-entropy, for
/// some seconds at most.</summary>
public sealed record RunSetup
{
    private static readonly IReadOnlyDictionary<ComponentKind, (string Id, JsonObject Options)> Defaults = ReadDefaults();

    private IReadOnlyDictionary<ComponentKind, (string Id, JsonObject Options)> Chosen { get; init; } =
        new Dictionary<ComponentKind, (string Id, JsonObject Options)>();

    /// <summary>Passes over the training set, at least 1.</summary>
    public int Epochs { get; init; } = 4;

    /// <summary>Samples a step, at least 1.</summary>
    public int BatchSize { get; init; } = 20;

    /// <summary>Training samples that are held out for validation, at least 0.</summary>
    public int Validation { get; init; }

    /// <summary>The run's seed, at least 0.</summary>
    public long Seed { get; init; } = 1;

    /// <summary><c>fp32</c> or <c>bf16</c>.</summary>
    public string Precision { get; init; } = "fp32";

    /// <summary>The same run with another component.</summary>
    /// <param name="kind">What it is; a run has no sinks, and evaluations are not part of it.</param>
    /// <param name="id">The component's id.</param>
    /// <param name="options">Option name to value; those left out have their defaults.</param>
    public RunSetup With(ComponentKind kind, string id, JsonObject? options = null)
    {
        if (!Defaults.ContainsKey(kind))
            throw new ArgumentException($"a run has no {kind.ToString().ToLowerInvariant()}", nameof(kind));
        return this with
        {
            Chosen = new Dictionary<ComponentKind, (string Id, JsonObject Options)>(Chosen) { [kind] = (id, options ?? []) },
        };
    }

    /// <summary>The run that this is.</summary>
    internal RunRequest Resolve(PluginUnderTest plugin)
    {
        var parts = Defaults.Keys.ToDictionary(k => k, k => Of(plugin, k));
        var spec = new RunSpec
        {
            Dataset = parts[ComponentKind.Dataset].Spec,
            Noise = parts[ComponentKind.Noise].Spec,
            Model = parts[ComponentKind.Model].Spec,
            Method = parts[ComponentKind.Method].Spec,
            Training = new TrainingSpec
            {
                Epochs = Epochs,
                BatchSize = BatchSize,
                Validation = Validation,
                Optimizer = parts[ComponentKind.Optimizer].Spec,
                Schedule = parts[ComponentKind.Schedule].Spec,
                Augmentation = parts[ComponentKind.Augmentation].Spec,
            },
            Seed = Seed,
            Precision = Precision,
        };
        return new RunRequest(
            spec,
            SpecSlots
                .In(spec)
                .SelectMany(s => parts[s.Slot.Kind].Paths.Select(p => KeyValuePair.Create($"{s.Slot.Name}.{p.Key}", p.Value)))
                .ToDictionary()
        );
    }

    private TestedComponent Of(PluginUnderTest plugin, ComponentKind kind)
    {
        var (id, options) = Chosen.TryGetValue(kind, out var chosen) ? chosen : Defaults[kind];
        return plugin.Component(kind, id, options);
    }

    private static Dictionary<ComponentKind, (string Id, JsonObject Options)> ReadDefaults()
    {
        using var file = typeof(RunSetup).Assembly.GetManifestResourceStream("run.json")!;
        return JsonNode
            .Parse(file)!
            .AsObject()
            .ToDictionary(
                c => Enum.Parse<ComponentKind>(c.Key, ignoreCase: true),
                c => ((string)c.Value!["id"]!, c.Value["options"]!.AsObject())
            );
    }
}

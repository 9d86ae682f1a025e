using System.Text.Json.Nodes;

namespace Sat.Sweeps.Planning;

/// <summary>The resolved settings of a run or of an evaluation, by the paths of studies.</summary>
internal sealed class PlannedSettings
{
    private readonly IReadOnlyDictionary<string, ResolvedComponent> _components;
    private readonly JsonObject? _training;

    /// <param name="components">Path to component: <c>method</c>, <c>training.optimizer</c>.</param>
    /// <param name="training">The settings of training that are no components; null: nothing is trained.</param>
    public PlannedSettings(IReadOnlyDictionary<string, ResolvedComponent> components, JsonObject? training)
    {
        _components = components;
        _training = training;
    }

    /// <summary>False for settings of another kind of run, of which nothing can be said here.</summary>
    public bool Knows(string path) => _training is not null || _components.ContainsKey(Owner(path));

    /// <summary>A value; a component stands for itself as <c>true</c>. Null: it is not given and has no default.</summary>
    public JsonNode? this[string path] =>
        _components.ContainsKey(path) ? JsonValue.Create(true)
        : _components.TryGetValue(Owner(path), out var component) ? component.Spec.Options[Name(path)]
        : Owner(path) == "training" ? _training?[Name(path)]
        : null;

    private static string Owner(string path) => path.LastIndexOf('.') is > 0 and var dot ? path[..dot] : path;

    private static string Name(string path) => path[(path.LastIndexOf('.') + 1)..];
}

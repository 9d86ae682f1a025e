using System.Globalization;
using System.Text.Json.Nodes;
using Sat.Records.Json;

namespace Sat.Records.Specs;

/// <summary>
/// Names for the runs of a plan by what varies among them, as in <c>sat lr=0.1 seed 2</c>, the method always, and one text for what they
/// share. Wherever runs are listed or watched, they have these names.
/// </summary>
public sealed class RunNames
{
    private static readonly SpecSlot[] Slots = [SpecSlots.Evaluation, .. SpecSlots.OfStudy];

    private static readonly string[] First = ["evaluation", "method"];

    private readonly Func<RunSpec, IEnumerable<string>>[] _varying;

    private RunNames(Func<RunSpec, IEnumerable<string>>[] varying, string shared) => (_varying, Shared) = (varying, shared);

    /// <summary>What all runs share: dataset, noise, model, epochs and seed where each has one value.</summary>
    public string Shared { get; }

    /// <summary>A run's name among the others.</summary>
    public string this[RunSpec spec] => string.Join(' ', _varying.SelectMany(v => v(spec)));

    /// <summary>Names runs.</summary>
    /// <param name="requests">All of them: a name says only what tells one from the others.</param>
    public static RunNames For(IEnumerable<RunRequest> requests)
    {
        ArgumentNullException.ThrowIfNull(requests);
        RunRequest[] runs = [.. requests];
        var varying = new List<(string Slot, Func<RunSpec, IEnumerable<string>> Words)>();
        var shared = new List<string>();
        foreach (var slot in Slots)
        {
            var (name, of) = (slot.Title, slot.Of);
            // Runs share their components: each is looked at once.
            var distinct = runs.DistinctBy(object? (r) => of(r.Spec), ReferenceEqualityComparer.Instance)
                .Select(r => (Component: of(r.Spec), Path: PathOf(r, slot.Name)))
                .ToArray();
            var known = distinct.Where(d => d.Component is not null).Select(d => (d.Component!, d.Path)).DistinctBy(d => d.Item1).ToArray();
            if (known.Length == 0)
                continue;
            var words = ComponentNames.Apart(known, withNumbers: name == "noise");
            string Text(ComponentSpec component) => string.Join(' ', [component.Id, .. words[component]]);
            if (known.Length == 1 && distinct.All(d => d.Component is not null))
            {
                if (name is "method")
                    varying.Add((name, spec => [spec.Method.Id]));
                else if (name is "dataset" or "noise" or "model" or "evaluation")
                    shared.Add(
                        name == "noise" && known[0].Item1.Id == "none" ? "no noise"
                        : name == "dataset" && known[0].Path is { } path && Path.GetFileName(path.TrimEnd('/', '\\')) != known[0].Item1.Id
                            ? $"{Text(known[0].Item1)} {Path.GetFileName(path.TrimEnd('/', '\\'))}"
                        : Text(known[0].Item1)
                    );
                continue;
            }
            var idsVary = known.Select(k => k.Item1.Id).Distinct().Count() > 1 || distinct.Any(d => d.Component is null);
            // What is told by its options alone needs its id no more: lr=0.1, not "sgd lr=0.1"; a method is always named.
            var withId = idsVary || name is "method" or "noise";
            var texts = distinct
                .Where(d => d.Component is not null)
                .ToDictionary(
                    object (d) => d.Component!,
                    IEnumerable<string> (d) => withId ? [Text(d.Component!)] : words[d.Component!],
                    ReferenceEqualityComparer.Instance
                );
            varying.Add((name, spec => of(spec) is not { } component ? []
                    : !texts.TryGetValue(component, out var text)
                        ? withId ? [Text(component)]
                            : words[component]
                    : name == "evaluation" ? [.. text, "of"]
                    : text));
        }
        foreach (var (path, text) in Values(runs))
        {
            var label = path.StartsWith("training.", StringComparison.Ordinal) ? path["training.".Length..] : path;
            var values = runs.Select(r => text(r.Spec)).Distinct().Take(2).ToArray();
            if (values.Length > 1)
                varying.Add((path, spec => text(spec) is { } value ? [label == "seed" ? $"seed {value}" : $"{label}={value}"] : []));
            else if (values.Length == 1 && label is "seed")
                shared.Add($"seed {values[0]}");
            else if (values.Length == 1 && label is "epochs")
                shared.Add(values[0] == "1" ? "1 epoch" : $"{values[0]} epochs");
        }
        return new RunNames([.. varying.OrderByDescending(v => First.Contains(v.Slot)).Select(v => v.Words)], string.Join(", ", shared));
    }

    private static string? PathOf(RunRequest run, string slot) =>
        run.Locations.GetValueOrDefault($"{slot}.path")
        ?? run.Locations.Where(l => l.Key.StartsWith(slot + ".", StringComparison.Ordinal)).Select(l => l.Value).FirstOrDefault();

    private static IEnumerable<(string Path, Func<RunSpec, string?> Text)> Values(RunRequest[] runs)
    {
        var trainings = runs.DistinctBy(object (r) => r.Spec.Training, ReferenceEqualityComparer.Instance)
            .ToDictionary(
                object (r) => r.Spec.Training,
                r =>
                    ((JsonObject)SatJson.ToNode((object)r.Spec.Training))
                        .Where(t => t.Value is not JsonObject)
                        .ToDictionary(t => t.Key, t => t.Value is null ? null : CanonicalJson.Write(t.Value)),
                ReferenceEqualityComparer.Instance
            );
        foreach (var name in trainings.Values.SelectMany(t => t.Keys).Distinct())
            yield return ($"training.{name}", spec => trainings.GetValueOrDefault(spec.Training)?.GetValueOrDefault(name));
        yield return ("precision", spec => spec.Precision);
        yield return ("deterministic", spec => spec.Deterministic ? "true" : "false");
        yield return ("seed", spec => spec.Seed.ToString(CultureInfo.InvariantCulture));
    }
}

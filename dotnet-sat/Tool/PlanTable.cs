using System.Globalization;
using Sat.Records.Components;
using Sat.Records.Json;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sweeps.Execution;

namespace Sat.Tool;

/// <summary>The runs of a plan as a table: a column for each setting that tells them apart.</summary>
internal static class PlanTable
{
    private static readonly ComponentSpec None = new() { Id = "-" };

    private static readonly (string Name, ComponentKind Kind, Func<RunSpec, ComponentSpec> Of)[] Slots =
    [
        ("dataset", ComponentKind.Dataset, s => s.Dataset),
        ("model", ComponentKind.Model, s => s.Model),
        ("noise", ComponentKind.Noise, s => s.Noise),
        ("method", ComponentKind.Method, s => s.Method),
        ("optimizer", ComponentKind.Optimizer, s => s.Training.Optimizer),
        ("schedule", ComponentKind.Schedule, s => s.Training.Schedule),
        ("augmentation", ComponentKind.Augmentation, s => s.Training.Augmentation),
        ("evaluation", ComponentKind.Evaluation, s => s.Evaluation ?? None),
    ];

    public static TextTable Of(IReadOnlyList<RunState> states, ComponentCatalog catalog)
    {
        RunSpec[] specs = [.. states.Select(s => s.Run.Request.Spec)];
        string[] ids = [.. states.Select(s => s.Run.Id[..RunFolder.NameLength])];
        string[] status = [.. states.Select(Status)];
        (string Name, string[] Texts)[] columns =
        [
            ("id", ids),
            .. Components(specs, catalog).Concat(Settings(specs)).Where(c => c.Name == "method" || c.Texts.Distinct().Count() > 1),
            ("status", status),
        ];
        return new TextTable([.. columns.Select(c => c.Name)], [.. Enumerable.Range(0, states.Count).Select(i => columns.Select(c => c.Texts[i]).ToArray())]);
    }

    public static string Status(RunState state) => state switch
    {
        { IsHeld: true } => "running",
        { Damage: not null } => "damaged",
        { OtherCode: not null } => "stale",
        { Summary: null } => "to do",
        { Summary.Status: RunStatus.Running or RunStatus.Queued } => "interrupted",
        { Summary.Status: var status } => status.ToString().ToLowerInvariant(),
    };

    private static IEnumerable<(string Name, string[] Texts)> Components(RunSpec[] specs, ComponentCatalog catalog)
    {
        foreach (var (name, kind, of) in Slots)
        {
            // Runs share their components: each is put in words once.
            var distinct = specs.Select(of).ToHashSet(ReferenceEqualityComparer.Instance).Cast<ComponentSpec>().ToArray();
            var told = ToldOptions(distinct, kind, catalog);
            var texts = distinct.ToDictionary(object (c) => c, c => Text(c, told), ReferenceEqualityComparer.Instance);
            yield return (name, [.. specs.Select(s => texts[of(s)])]);
        }
    }

    /// <summary>The settings that are no components: those have their own columns, options and all.</summary>
    private static IEnumerable<(string Name, string[] Texts)> Settings(RunSpec[] specs)
    {
        yield return ("deterministic", [.. specs.Select(s => s.Deterministic ? "true" : "false")]);
        yield return ("precision", [.. specs.Select(s => s.Precision)]);
        yield return ("seed", [.. specs.Select(s => s.Seed.ToString(CultureInfo.InvariantCulture))]);
        var trainings = specs.DistinctBy(object (s) => s.Training, ReferenceEqualityComparer.Instance).ToDictionary(
            object (s) => s.Training,
            s => SpecPath.All(s).Where(p => p.Key.StartsWith("training.", StringComparison.Ordinal) && p.Key.Count(c => c == '.') == 1).ToDictionary(),
            ReferenceEqualityComparer.Instance);
        foreach (var name in trainings.Values.SelectMany(t => t.Keys).Distinct())
            yield return (name, [.. specs.Select(s => trainings[s.Training][name])]);
    }

    /// <summary>The options worth telling: those that some run of the plan has at another value than their default.</summary>
    private static HashSet<(string Id, string Option)> ToldOptions(IEnumerable<ComponentSpec> components, ComponentKind kind, ComponentCatalog catalog) =>
    [
        .. components.SelectMany(c => c.Options
            .Where(o => catalog.Find(kind, c.Id)?.Schema.Options.FirstOrDefault(s => s.Name == o.Key)?.Default is not { } value
                || CanonicalJson.Write(value) != CanonicalJson.Write(o.Value))
            .Select(o => (c.Id, o.Key))),
    ];

    private static string Text(ComponentSpec component, HashSet<(string, string)> told) =>
        string.Join(' ', [component.Id, .. component.Options.Where(o => told.Contains((component.Id, o.Key))).Select(o => $"{o.Key}={component.OptionText(o.Key)}")]);
}

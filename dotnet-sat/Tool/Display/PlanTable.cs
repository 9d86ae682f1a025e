using System.Globalization;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sweeps.Store;

namespace Sat.Tool.Display;

/// <summary>The runs of a plan as a table: a column for each setting that tells them apart.</summary>
internal static class PlanTable
{
    private static readonly ComponentSpec None = new() { Id = "-" };

    private static readonly SpecSlot[] Slots = [.. new[] { SpecSlots.Dataset, SpecSlots.Model }.Concat(SpecSlots.All).Distinct()];

    public static TextTable Create(IReadOnlyList<RunState> states)
    {
        RunSpec[] specs = [.. states.Select(s => s.Run.Request.Spec)];
        string[] ids = [.. states.Select(s => s.Run.IsIdentified ? s.Run.Id[..RunFolder.NameLength] : "-")];
        string[] status = [.. states.Select(Status)];
        (string Name, string[] Texts)[] columns =
        [
            ("id", ids),
            .. Components([.. states.Select(s => s.Run.Request)])
                .Concat(Settings(specs))
                .Where(c => c.Name == "method" || c.Texts.Distinct().Count() > 1),
            ("status", status),
        ];
        return new TextTable(
            [.. columns.Select(c => c.Name)],
            [.. Enumerable.Range(0, states.Count).Select(i => columns.Select(c => c.Texts[i]).ToArray())]
        );
    }

    public static string Status(RunState state) =>
        state switch
        {
            { Run.IsIdentified: false } => "data missing",
            { Standing: RunStanding.Damaged, Damage.IsDamage: false } => "unreadable",
            { Standing: RunStanding.Missing } => "to do",
            { Standing: var standing } => standing.ToString().ToLowerInvariant(),
        };

    private static IEnumerable<(string Name, string[] Texts)> Components(RunRequest[] runs)
    {
        foreach (var slot in Slots)
        {
            var name = slot.Title;
            ComponentSpec Component(RunRequest run) => slot.Of(run.Spec) ?? None;
            // Runs share their components: each is put in words once.
            var distinct = runs.DistinctBy(object (r) => Component(r), ReferenceEqualityComparer.Instance)
                .Select(r => (Component: Component(r), Path: r.Locations.GetValueOrDefault($"{slot.Name}.path")))
                .ToArray();
            var words = ComponentNames.Apart(distinct, withNumbers: name == "noise");
            var texts = distinct.ToDictionary(
                object (d) => d.Component,
                d => string.Join(' ', [d.Component.Id, .. words[d.Component]]),
                ReferenceEqualityComparer.Instance
            );
            yield return (name, [.. runs.Select(r => texts[Component(r)])]);
        }
    }

    /// <summary>The settings that are no components: those have their own columns, options and all.</summary>
    private static IEnumerable<(string Name, string[] Texts)> Settings(RunSpec[] specs)
    {
        yield return ("deterministic", [.. specs.Select(s => s.Deterministic ? "true" : "false")]);
        yield return ("precision", [.. specs.Select(s => s.Precision)]);
        yield return ("seed", [.. specs.Select(s => s.Seed.ToString(CultureInfo.InvariantCulture))]);
        var trainings = specs
            .DistinctBy(object (s) => s.Training, ReferenceEqualityComparer.Instance)
            .ToDictionary(
                object (s) => s.Training,
                s =>
                    SpecPath
                        .All(s)
                        .Where(p => p.Key.StartsWith("training.", StringComparison.Ordinal) && p.Key.Count(c => c == '.') == 1)
                        .ToDictionary(),
                ReferenceEqualityComparer.Instance
            );
        foreach (var name in trainings.Values.SelectMany(t => t.Keys).Distinct())
            yield return (name, [.. specs.Select(s => trainings[s.Training][name])]);
    }
}

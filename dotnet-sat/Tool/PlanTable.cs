using Sat.Records.Components;
using Sat.Records.Json;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sweeps.Execution;
using Spectre.Console;

namespace Sat.Tool;

/// <summary>The runs of a plan as a table: a column for each setting that tells them apart.</summary>
internal static class PlanTable
{
    private static readonly (string Name, ComponentKind Kind, Func<RunSpec, ComponentSpec> Of)[] Slots =
    [
        ("dataset", ComponentKind.Dataset, s => s.Dataset),
        ("model", ComponentKind.Model, s => s.Model),
        ("noise", ComponentKind.Noise, s => s.Noise),
        ("method", ComponentKind.Method, s => s.Method),
        ("optimizer", ComponentKind.Optimizer, s => s.Training.Optimizer),
        ("schedule", ComponentKind.Schedule, s => s.Training.Schedule),
        ("augmentation", ComponentKind.Augmentation, s => s.Training.Augmentation),
    ];

    public static Table Of(IReadOnlyList<RunState> states, ComponentCatalog catalog)
    {
        var specs = states.Select(s => s.Run.Request.Spec).ToArray();
        var told = Slots.ToDictionary(s => s.Name, s => ToldOptions(specs.Select(s.Of), s.Kind, catalog));
        var rows = specs.Select(s => Settings(s, told)).ToArray();
        string[] columns = [.. rows[0].Keys.Where(name => name == "method" || rows.Select(r => r.GetValueOrDefault(name)).Distinct().Count() > 1)];
        var table = new Table().Border(TableBorder.None).AddColumns(["id", .. columns, "status"]);
        foreach (var (state, row) in states.Zip(rows))
            table.AddRow([state.Run.Id[..RunFolder.NameLength], .. columns.Select(c => Markup.Escape(row[c])), Status(state)]);
        return table;
    }

    public static string Status(RunState state) => state switch
    {
        { IsHeld: true } => "running",
        { Record: null } => "to do",
        { Record.Status: RunStatus.Running or RunStatus.Queued } => "interrupted",
        { Record.Status: var status } => status.ToString().ToLowerInvariant(),
    };

    private static Dictionary<string, string> Settings(RunSpec spec, Dictionary<string, HashSet<(string, string)>> told)
    {
        var settings = Slots.ToDictionary(s => s.Name, s => Text(s.Of(spec), told[s.Name]));
        foreach (var (path, value) in SpecPath.All(spec))
        {
            // Components have their own columns, options and all.
            if (path is "seed" or "precision" or "deterministic" || path.StartsWith("training.", StringComparison.Ordinal) && path.Count(c => c == '.') == 1)
                settings[path] = value;
        }
        return settings;
    }

    /// <summary>The options worth telling: those that some run of the plan has at another value than their default.</summary>
    private static HashSet<(string Id, string Option)> ToldOptions(IEnumerable<ComponentSpec> components, ComponentKind kind, ComponentCatalog catalog) =>
    [
        .. components.DistinctBy(c => CanonicalJson.Write(c.Options) + c.Id).SelectMany(c => c.Options
            .Where(o => catalog.Find(kind, c.Id)?.Schema.Options.FirstOrDefault(s => s.Name == o.Key)?.Default is not { } value
                || CanonicalJson.Write(value) != CanonicalJson.Write(o.Value))
            .Select(o => (c.Id, o.Key))),
    ];

    private static string Text(ComponentSpec component, HashSet<(string, string)> told) =>
        string.Join(' ', [component.Id, .. component.Options.Where(o => told.Contains((component.Id, o.Key))).Select(o => $"{o.Key}={component.OptionText(o.Key)}")]);
}

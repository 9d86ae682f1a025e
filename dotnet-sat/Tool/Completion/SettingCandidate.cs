using System.CommandLine.Completions;
using Sat.Records.Components;
using Sat.Records.Options;
using Sat.Sweeps.Studies;

namespace Sat.Tool.Completion;

/// <summary>A setting of a run, as <c>--set</c> names it.</summary>
/// <param name="Path">Its path.</param>
/// <param name="About">What it is.</param>
/// <param name="Options">Its schemas, one a component that has an option of this name; none: a component's id.</param>
/// <param name="Ids">The ids that it can be, if it is one, each with what it is.</param>
internal sealed record SettingCandidate(
    string Path,
    string About,
    IReadOnlyList<OptionSchema> Options,
    IReadOnlyList<(string Id, string About)> Ids
)
{
    /// <summary>All of them, with the components at hand.</summary>
    public static IEnumerable<SettingCandidate> All(IReadOnlyCollection<CatalogEntry> entries) =>
        [
            .. RunShape.Slots.SelectMany(s => OptionsOf(s.Key, s.Value, entries)),
            .. RunShape.TrainingSlots.SelectMany(s => OptionsOf($"training.{s.Key}", s.Value, entries)),
            .. RunShape.TrainingOptions.Select(o => new SettingCandidate($"training.{o.Name}", o.Description, [o], [])),
            .. RunShape.RunOptions.Select(o => new SettingCandidate(o.Name, o.Description, [o], [])),
        ];

    /// <summary><c>path=value</c> for the values that can be listed.</summary>
    /// <param name="word">What is typed of it.</param>
    public IEnumerable<CompletionItem> Values(string word) =>
        [
            .. Ids.Select(i => new CompletionItem($"{Path}={i.Id}", detail: i.About)),
            .. Options
                .SelectMany(o =>
                    o.Kind switch
                    {
                        OptionKind.Path => [new CompletionItem(word, Candidates.FileKind)],
                        OptionKind.Boolean => [new CompletionItem($"{Path}=true"), new CompletionItem($"{Path}=false")],
                        OptionKind.Choice => o.Choices!.Select(c => new CompletionItem($"{Path}={c}")),
                        _ => Enumerable.Empty<CompletionItem>(),
                    }
                )
                .DistinctBy(i => i.Label),
        ];

    private static IEnumerable<SettingCandidate> OptionsOf(string slot, ComponentKind kind, IReadOnlyCollection<CatalogEntry> entries)
    {
        ComponentSchema[] schemas = [.. entries.Select(e => e.Schema).Where(s => s.Kind == kind)];
        var component = new SettingCandidate(
            slot,
            $"the {kind.ToString().ToLowerInvariant()}'s id",
            [],
            [.. schemas.Select(s => (s.Id, s.Summary))]
        );
        var options = schemas
            .SelectMany(s => s.Options.Select(o => (s.Id, Option: o)))
            .GroupBy(o => o.Option.Name)
            .Select(g => new SettingCandidate(
                $"{slot}.{g.Key}",
                $"{g.First().Option.Description} ({string.Join(", ", g.Select(o => o.Id))})",
                [.. g.Select(o => o.Option)],
                []
            ));
        return options.Prepend(component);
    }
}

using System.Text.Json.Nodes;

namespace Sat.Records.Specs;

/// <summary>
/// Short names for the components along one axis: each is told apart by those of its options that vary among the others of
/// its id, and by its folder's name where only the files differ. Plans, progress, lists and reports name them alike.
/// </summary>
public static class ComponentNames
{
    /// <summary>What tells each distinct component from the others of its id, in words: <c>lr=0.1</c>, <c>photos</c>; empty where its id
    /// does. Revisions of one component are told apart so too.</summary>
    /// <param name="components">The components with the paths that they were read from (null: none, or not known).</param>
    /// <param name="withNumbers">True to give numeric options always: a noise without its rate says nothing.</param>
    /// <param name="revised">Ids of which there are several revisions, if not all of them are among the components; null: as these
    /// say.</param>
    public static IReadOnlyDictionary<ComponentSpec, IReadOnlyList<string>> Apart(
        IEnumerable<(ComponentSpec Component, string? Path)> components,
        bool withNumbers = false,
        IReadOnlySet<string>? revised = null
    )
    {
        ArgumentNullException.ThrowIfNull(components);
        var distinct = components.DistinctBy(c => c.Component).ToArray();
        var words = new Dictionary<ComponentSpec, IReadOnlyList<string>>();
        foreach (var kin in distinct.GroupBy(c => c.Component.Id))
        {
            var varying = kin.SelectMany(k => k.Component.Options)
                .Select(o => o.Key)
                .Distinct()
                .Where(name => kin.Select(k => k.Component.OptionText(name)).Distinct().Count() > 1)
                .ToHashSet(StringComparer.Ordinal);
            var revisions = revised?.Contains(kin.Key) == true || kin.Select(k => k.Component.Revision).Distinct().Count() > 1;
            var named = kin.Select(k =>
                    (
                        k.Component,
                        k.Path,
                        Words: (List<string>)
                            [
                                .. revisions ? new[] { FormattableString.Invariant($"revision={k.Component.Revision}") } : [],
                                .. k
                                    .Component.Options.Where(o => varying.Contains(o.Key) || (withNumbers && IsNumber(o.Value)))
                                    .Select(o => $"{o.Key}={k.Component.OptionText(o.Key)}"),
                            ]
                    )
                )
                .ToArray();
            foreach (var twins in named.GroupBy(n => string.Join(' ', n.Words)).Where(g => g.Count() > 1))
                Name([.. twins]);
            foreach (var (component, _, found) in named)
                words[component] = found;
        }
        return words;
    }

    /// <summary>Components whose options are the same read other files: the shortest ends of their paths that differ, else their
    /// order.</summary>
    private static void Name((ComponentSpec Component, string? Path, List<string> Words)[] twins)
    {
        var parts = twins.Select(t => t.Path?.Split('/', '\\', StringSplitOptions.RemoveEmptyEntries) ?? []).ToArray();
        string[] End(int length) => [.. parts.Select(p => string.Join('/', p.TakeLast(length)))];
        var ends = Enumerable
            .Range(1, Math.Max(1, parts.Max(p => p.Length)))
            .Select(End)
            .FirstOrDefault(e => e.Distinct().Count() == e.Length && e.All(n => n.Length > 0));
        var same = End(1);
        for (var i = 0; i < twins.Length; i++)
        {
            twins[i]
                .Words.AddRange(
                    ends is not null
                        ? [ends[i]]
                        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{same[i]} version {i + 1}").Trim().Split('\n')
                );
        }
    }

    private static bool IsNumber(JsonNode? value) => value?.GetValueKind() == System.Text.Json.JsonValueKind.Number;
}

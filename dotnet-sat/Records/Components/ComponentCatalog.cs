using Sat.Records.Metrics;

namespace Sat.Records.Components;

/// <summary>Every component at hand, known from manifests alone.</summary>
public sealed class ComponentCatalog
{
    // Newest version first.
    private readonly Dictionary<(ComponentKind Kind, string Id), CatalogEntry[]> _claims;
    private readonly Dictionary<(ComponentKind Kind, string Id), CatalogEntry[]> _entries;

    /// <summary>Makes a catalogue. Versions of one package may be here side by side: a component's id means that of the newest, and its id
    /// with a revision the newest that has this one. A component that two packages have is in neither's name: nobody could tell which of
    /// them a study means.</summary>
    public ComponentCatalog(IEnumerable<CatalogEntry> entries)
    {
        _claims = entries
            .Select(WithNormalization)
            .GroupBy(e => (e.Schema.Kind, e.Schema.Id))
            .ToDictionary(g => g.Key, g => g.OrderByDescending(e => e.Manifest.Version, VersionOrder.Ascending).ToArray());
        _entries = _claims.Where(c => !IsClash(c.Value)).ToDictionary(c => c.Key, c => c.Value);
    }

    private static bool IsClash(CatalogEntry[] claims) =>
        claims.Any(c => !c.Manifest.Package.Equals(claims[0].Manifest.Package, StringComparison.OrdinalIgnoreCase))
        || claims.DistinctBy(c => c.Manifest.Version).Count() < claims.Length;

    /// <summary>A dataset with the option that every one has.</summary>
    private static CatalogEntry WithNormalization(CatalogEntry entry) =>
        entry.Schema.Kind != ComponentKind.Dataset || entry.Schema.Options.Any(o => o.Name == DatasetNormalization.Option)
            ? entry
            : entry with
            {
                Schema = entry.Schema with { Options = [.. entry.Schema.Options, DatasetNormalization.Schema] },
            };

    /// <summary>The components that several packages have, or two builds of one version, each with these, by kind and id.</summary>
    public IEnumerable<IReadOnlyList<CatalogEntry>> Clashes =>
        _claims.Where(c => IsClash(c.Value)).OrderBy(c => c.Key.Kind).ThenBy(c => c.Key.Id, StringComparer.Ordinal).Select(c => c.Value);

    /// <summary>Every package's component of a kind and id: several where they clash, or where versions are side by side.</summary>
    public IReadOnlyList<CatalogEntry> Claims(ComponentKind kind, string id) => _claims.GetValueOrDefault((kind, id)) ?? [];

    /// <summary>What to say of a clash.</summary>
    public static string Told(IReadOnlyList<CatalogEntry> clash)
    {
        ArgumentNullException.ThrowIfNull(clash);
        return $"{clash[0].Schema.Name} is in {(clash.Count == 2 ? "two" : clash.Count)} plugins, so none of them is used for it: "
            + $"{string.Join(" and ", clash.Select(e => $"{e.Manifest.Package} ({e.Folder})"))}. Leave one out: 'dotnet sat plugin remove PACKAGE' removes one that was added.";
    }

    /// <summary>All components, by kind and id: what their ids mean.</summary>
    public IEnumerable<CatalogEntry> Entries =>
        _entries.Values.Select(e => e[0]).OrderBy(e => e.Schema.Kind).ThenBy(e => e.Schema.Id, StringComparer.Ordinal);

    /// <summary>Versions that are here beside a newer one.</summary>
    public IEnumerable<CatalogEntry> Earlier =>
        _entries.Values.SelectMany(e => e.Skip(1)).OrderBy(e => e.Schema.Kind).ThenBy(e => e.Schema.Id, StringComparer.Ordinal);

    /// <summary>The metrics of all components, and the engine's own.</summary>
    public MetricCatalog Metrics => new(Entries.Concat(Earlier).SelectMany(e => e.Schema.Metrics ?? []));

    /// <summary>The component of a kind and id, or null.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="id">Its id.</param>
    /// <param name="revision">Its revision; null: that of the newest version here.</param>
    public CatalogEntry? Find(ComponentKind kind, string id, int? revision = null) =>
        _entries.GetValueOrDefault((kind, id))?.FirstOrDefault(e => revision is null || e.Schema.Revision == revision);

    /// <summary>The ids of a kind.</summary>
    public IEnumerable<string> Ids(ComponentKind kind) => Entries.Where(e => e.Schema.Kind == kind).Select(e => e.Schema.Id);

    /// <summary>What to say when a component does not exist, or in several plugins.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="id">Its id.</param>
    /// <param name="revision">Its revision; null: any would do.</param>
    public string Unknown(ComponentKind kind, string id, int? revision = null)
    {
        if (_entries.GetValueOrDefault((kind, id)) is { } versions)
        {
            return $"{versions[0].Schema.Name} has no revision {revision} here: {string.Join(", ", versions.Select(v => $"{v.Manifest.Package} {v.Manifest.Version} has revision {v.Schema.Revision}"))}. "
                + WhereRevisionsAre(versions[0]);
        }
        if (Claims(kind, id) is { Count: > 1 } clash)
            return Told(clash);
        var ids = Ids(kind).ToArray();
        var noun = kind.ToString().ToLowerInvariant();
        var known =
            ids.Length == 0
                ? $"No installed plugin has {(noun[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? "an" : "a")} {noun}."
                : $"There are {string.Join(", ", ids)}.";
        return $"unknown {noun} '{id}'.{NearestName.Hint(id, ids)} {known} 'dotnet sat plugin list' shows all, 'dotnet sat plugin search' those that feeds have.";
    }

    /// <summary>What to do where the plugin that is here lacks a revision.</summary>
    /// <param name="entry">What is here.</param>
    public static string WhereRevisionsAre(CatalogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return $"If another version of {entry.Manifest.Package} has it, install that with '--beside', which keeps the one that is here, "
            + "and name both where the study names its 'plugins'. What comes with the tool has other revisions in other versions of the tool.";
    }

    /// <summary>The component called <c>kind/id</c>, or <c>id</c> where that is unique; with <c>@VERSION</c>, that version's.</summary>
    /// <exception cref="SatException">None or several are so called (exit code 2).</exception>
    public CatalogEntry Named(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Split('@') is [var id, var version])
        {
            var newest = Named(id);
            var versions = _entries[(newest.Schema.Kind, newest.Schema.Id)];
            return versions.FirstOrDefault(e => VersionOrder.AreEqual(e.Manifest.Version, version))
                ?? throw new SatException(
                    ExitCode.Planning,
                    $"{newest.Schema.Name} of version {version} is not installed: here is {string.Join(" and ", versions.Select(e => e.Manifest.Version))}."
                );
        }
        var found = Entries.Where(e => e.Schema.Name == name || e.Schema.Id == name).ToArray();
        if (found.Length == 0 && Clashes.FirstOrDefault(c => c[0].Schema.Name == name || c[0].Schema.Id == name) is { } clash)
            throw new SatException(ExitCode.Planning, Told(clash));
        return found switch
        {
            [var one] => one,
            [] => throw new SatException(
                ExitCode.Planning,
                $"unknown component '{name}'.{NearestName.Hint(name, Entries.SelectMany(e => new[] { e.Schema.Id, e.Schema.Name }))} 'dotnet sat plugin list' shows all."
            ),
            _ => throw new SatException(
                ExitCode.Planning,
                $"'{name}' is {string.Join(" and ", found.Select(e => e.Schema.Name))}: name one of these."
            ),
        };
    }
}

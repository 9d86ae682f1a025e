namespace Sat.Records.Components;

/// <summary>A component and the package it comes from.</summary>
/// <param name="Schema">The component.</param>
/// <param name="Manifest">Its package's manifest.</param>
/// <param name="Folder">Its package's folder.</param>
public sealed record CatalogEntry(ComponentSchema Schema, PluginManifest Manifest, string Folder);

/// <summary>Every component at hand, known from manifests alone.</summary>
public sealed class ComponentCatalog
{
    private readonly Dictionary<(ComponentKind, string), CatalogEntry> _entries = [];

    /// <summary>Makes a catalogue.</summary>
    /// <exception cref="SatException">Two packages add the same component (exit code 5).</exception>
    public ComponentCatalog(IEnumerable<CatalogEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (!_entries.TryAdd((entry.Schema.Kind, entry.Schema.Id), entry))
            {
                var other = _entries[(entry.Schema.Kind, entry.Schema.Id)];
                throw new SatException(ExitCode.Environment,
                    $"{entry.Schema.Name} is in two plugins: {other.Manifest.Package} ({other.Folder}) and {entry.Manifest.Package} ({entry.Folder}). "
                    + "Leave one out; 'dotnet sat plugin remove PACKAGE' removes one that was added.");
            }
        }
    }

    /// <summary>All components, by kind and id.</summary>
    public IEnumerable<CatalogEntry> Entries => _entries.Values.OrderBy(e => e.Schema.Kind).ThenBy(e => e.Schema.Id, StringComparer.Ordinal);

    /// <summary>The component of a kind and id, or null.</summary>
    public CatalogEntry? Find(ComponentKind kind, string id) => _entries.GetValueOrDefault((kind, id));

    /// <summary>The ids of a kind.</summary>
    public IEnumerable<string> Ids(ComponentKind kind) => Entries.Where(e => e.Schema.Kind == kind).Select(e => e.Schema.Id);

    /// <summary>What to say when a component does not exist.</summary>
    public string Unknown(ComponentKind kind, string id)
    {
        var ids = Ids(kind).ToArray();
        var noun = kind.ToString().ToLowerInvariant();
        var known = ids.Length == 0 ? $"No installed plugin has a {noun}." : $"There are {string.Join(", ", ids)}.";
        return $"unknown {noun} '{id}'.{NearestName.Hint(id, ids)} {known} 'dotnet sat plugin list' shows all.";
    }

    /// <summary>The component called <c>kind/id</c>, or <c>id</c> where that is unique.</summary>
    /// <exception cref="SatException">None or several are so called (exit code 2).</exception>
    public CatalogEntry Named(string name)
    {
        var found = Entries.Where(e => e.Schema.Name == name || e.Schema.Id == name).ToArray();
        return found switch
        {
            [var one] => one,
            [] => throw new SatException(ExitCode.Planning,
                $"unknown component '{name}'.{NearestName.Hint(name, Entries.SelectMany(e => new[] { e.Schema.Id, e.Schema.Name }))} 'dotnet sat plugin list' shows all."),
            _ => throw new SatException(ExitCode.Planning,
                $"'{name}' is {string.Join(" and ", found.Select(e => e.Schema.Name))}: name one of these."),
        };
    }
}

using System.Text;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Options;
using Sat.Records.Settings;
using Sat.Records.Specs;
using Sat.Sweeps.Studies;

namespace Sat.Sweeps.Planning;

/// <summary>Resolves components, equal settings once.</summary>
/// <param name="catalog">The components at hand.</param>
/// <param name="data">Finds their files.</param>
/// <param name="problems">Receives what is wrong.</param>
/// <param name="source">Where the settings come from.</param>
public sealed class ComponentResolver(ComponentCatalog catalog, DataChecksums data, ProblemList problems, SettingsSource source)
{
    private readonly Dictionary<(ComponentKind Kind, string Settings), ResolvedComponent?> _known = [];

    /// <summary>Settings that could not be read may be the ones that are missing.</summary>
    private readonly bool _mayLackSome = !problems.IsEmpty;

    /// <summary>Resolves a component of a cell.</summary>
    /// <returns>Null when it is wrong; the reason is among the problems.</returns>
    /// <param name="kind">Its kind.</param>
    /// <param name="path">Its path in the run, for messages.</param>
    /// <param name="setting">Its settings; null: the cell has none.</param>
    /// <param name="cellAt">Where the cell was written.</param>
    public ResolvedComponent? Resolve(ComponentKind kind, string path, Setting? setting, SourceLocation? cellAt)
    {
        if (setting is not MapSetting map)
        {
            if (!_mayLackSome)
                problems.Add($"{path} is missing: {source.Add(path)}.", cellAt);
            return null;
        }
        var key = (kind, Key(map));
        if (!_known.TryGetValue(key, out var resolved))
            _known[key] = resolved = Resolve(kind, path, map);
        return resolved;
    }

    /// <summary>The settings as one text. The file is part of it, for paths are relative to theirs.</summary>
    public static string Key(MapSetting map)
    {
        var text = new StringBuilder();
        Append(text, map);
        return text.ToString();
    }

    private static void Append(StringBuilder text, Setting setting)
    {
        switch (setting)
        {
            case ScalarSetting scalar:
                text.Append('"').Append(scalar.Text).Append("\"@").Append(scalar.At?.File).Append(';');
                break;
            case ListSetting list:
                text.Append('[');
                foreach (var item in list.Items)
                    Append(text, item);
                text.Append(']');
                break;
            case MapSetting map:
                text.Append('{');
                foreach (var entry in map.Entries)
                    Append(text.Append(entry.Name).Append(':'), entry.Value);
                text.Append('}');
                break;
        }
    }

    private ResolvedComponent? Resolve(ComponentKind kind, string path, MapSetting map)
    {
        if (Layer.IdOf(map) is not { } id)
        {
            problems.Add(
                $"{path} has no id: name the {Noun(kind)}, such as {path}: {{ id: {catalog.Ids(kind).FirstOrDefault() ?? "NAME"} }}.",
                map[Layer.Id]?.At ?? map.At
            );
            return null;
        }
        if (map[Layer.Revision] is { } given && Layer.RevisionOf(map) is null or 0)
        {
            problems.Add($"{path}: 'revision' takes a whole number from 1 on.", given.At);
            return null;
        }
        if (catalog.Find(kind, map) is not { Schema: var schema })
        {
            problems.Add(catalog.Unknown(kind, id, Layer.RevisionOf(map)), (map[Layer.Revision] ?? map[Layer.Id])!.At);
            return null;
        }

        var owner = $"{Noun(kind)} '{id}'";
        var wrong = new List<Problem>();
        var bound = OptionBinder.Bind(owner, schema.Options, map, wrong, Layer.Id, Layer.Revision);
        foreach (var problem in wrong)
            problems.Add(problem);
        var sets = Files(owner, schema, bound, map);
        if (wrong.Count > 0 || sets is null)
            return null;

        // One path option needs no prefix to tell its files.
        var several = schema.Options.Count(o => o.Kind == OptionKind.Path) > 1;
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var lists = new SortedDictionary<string, FileList>(StringComparer.Ordinal);
        foreach (var (option, set) in sets)
        {
            if (set.Files.Count > FileList.MostNamed)
            {
                lists[option] = set.List;
                continue;
            }
            foreach (var (name, sum) in set.Files)
                files[several ? $"{option}/{name}" : name] = sum;
        }
        var spec = new ComponentSpec
        {
            Id = id,
            Revision = schema.Revision,
            Options = kind == ComponentKind.Dataset ? DatasetNormalization.Shortest(bound.Options) : bound.Options,
            Variant = sets.Values.Select(s => s.Variant).FirstOrDefault(v => v is not null),
            Files = sets.Count == lists.Count ? null : files,
            FileLists = lists.Count == 0 ? null : lists,
        };
        return new ResolvedComponent(
            spec,
            sets.ToDictionary(s => s.Key, s => s.Value.Location),
            schema,
            [.. sets.Values.SelectMany(s => s.Notes)],
            [.. sets.Values.SelectMany(s => s.Warnings)],
            sets.Values.Select(s => s.Known).DefaultIfEmpty().Max()
        );
    }

    private Dictionary<string, FileSet>? Files(string owner, ComponentSchema schema, BoundOptions bound, MapSetting map)
    {
        const string dataPath = "path";
        var sets = new Dictionary<string, FileSet>();
        var whole = true;
        if (schema.Data is not null)
            Add(dataPath, () => data.For(owner, schema, bound.Paths.GetValueOrDefault(dataPath)));
        foreach (var (option, path) in bound.Paths.Where(p => schema.Data is null || p.Key != dataPath))
            Add(option, () => data.At(owner, schema, path));
        return whole ? sets : null;

        void Add(string option, Func<FileSet> find)
        {
            try
            {
                sets[option] = find();
            }
            catch (SatException e)
            {
                problems.Add(e, map[option]?.At ?? map[Layer.Id]!.At);
                whole = false;
            }
        }
    }

    private static string Noun(ComponentKind kind) => kind.ToString().ToLowerInvariant();
}

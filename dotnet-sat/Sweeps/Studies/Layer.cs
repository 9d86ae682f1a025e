using System.Globalization;
using Sat.Records;
using Sat.Records.Options;
using Sat.Records.Settings;

namespace Sat.Sweeps.Studies;

/// <summary>Operations on settings of a run that lie over one another: defaults, a cell of the matrix, overrides.</summary>
public static class Layer
{
    /// <summary>The name that holds a component's id.</summary>
    public const string Id = "id";

    /// <summary>The name that holds which revision of a component is meant, where versions of its plugin are side by side.</summary>
    public const string Revision = "revision";

    /// <summary>The revision that a component's settings give; null: none, or none that there can be.</summary>
    public static int? RevisionOf(Setting? component) =>
        component is MapSetting map
        && map[Revision] is ScalarSetting { Text: var text }
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision
            : null;

    /// <summary>The revision as a setting that every component has.</summary>
    /// <param name="revision">That of the version which the component's id means.</param>
    public static OptionSchema RevisionSchema(int revision) =>
        new()
        {
            Name = Revision,
            Kind = OptionKind.Integer,
            Description = "Which revision of the component",
            Default = revision,
            Min = 1,
        };

    /// <summary>The id of a component's settings; null: they have none, or several.</summary>
    public static string? IdOf(Setting? component) =>
        component is MapSetting map && map[Id] is ScalarSetting { Text.Length: > 0 } id ? id.Text : null;

    /// <summary>
    /// One form for the ways to write a thing: dotted names become maps, a component's bare id becomes a map, a component with
    /// several ids becomes several components.
    /// </summary>
    /// <returns>What of it is right, so that the rest can be checked too; null when nothing is. The reasons are among
    /// <paramref name="problems"/>.</returns>
    public static Setting? Normalise(Shape shape, Setting setting, ProblemList problems, string path = "")
    {
        if (shape is ValueShape)
            return setting;
        if (setting is ListSetting list)
        {
            var items = list.Items.Select(i => Normalise(shape, i, problems, path)).OfType<Setting>().ToArray();
            return items.Length == 0 && list.Items.Count > 0
                ? null
                : list with
                {
                    Items = [.. items.SelectMany(i => i is ListSetting inner ? inner.Items : [i])],
                };
        }
        return shape is GroupShape group ? Group(group, setting, problems, path) : Component(setting, problems, path);
    }

    /// <summary>Settings for a path: <c>a.b.c</c> becomes <c>{a: {b: {c: value}}}</c>.</summary>
    public static MapSetting At(string path, Setting value) => new([new MapEntry(path, value, value.At)], value.At);

    /// <summary>Puts settings over others. A component of another id replaces the one beneath with all its options.</summary>
    public static Setting Merge(Shape shape, Setting? beneath, Setting over)
    {
        if (beneath is null || shape is ValueShape)
            return over;
        if (over is ListSetting overs)
            return overs with { Items = [.. overs.Items.Select(o => Merge(shape, beneath, o))] };
        var id = shape is ComponentShape ? IdOf(over) : null;
        if (beneath is ListSetting list)
        {
            return id is null
                ? list with
                {
                    Items = [.. list.Items.Select(b => Merge(shape, b, over))],
                }
                : Merge(shape, list.Items.FirstOrDefault(b => IdOf(b) == id), over);
        }
        if (beneath is not MapSetting below || over is not MapSetting above || (id is not null && id != IdOf(below)))
            return over;

        var entries = new List<MapEntry>(below.Entries.Count + above.Entries.Count);
        entries.AddRange(below.Entries.Where(e => above[e.Name] is null));
        foreach (var entry in above.Entries)
            entries.Add(
                below[entry.Name] is { } existing ? entry with { Value = Merge(Child(shape, entry.Name), existing, entry.Value) } : entry
            );
        return new MapSetting(entries, above.At ?? below.At);
    }

    private static readonly ValueShape Option = new(Schema: null);

    private static Shape Child(Shape shape, string name) =>
        shape is GroupShape group && group.Children.TryGetValue(name, out var child) ? child : Option;

    private static MapSetting? Group(GroupShape group, Setting setting, ProblemList problems, string path)
    {
        if (setting is not MapSetting map)
        {
            problems.Add(
                $"'{path.TrimEnd('.')}' takes names and values, such as {group.Children.Keys.First()}, {group.Children.Keys.Last()}.",
                setting.At
            );
            return null;
        }
        var entries = new List<MapEntry>();
        foreach (var entry in map.Entries)
        {
            var dot = entry.Name.IndexOf('.', StringComparison.Ordinal);
            var name = dot < 0 ? entry.Name : entry.Name[..dot];
            if (!group.Children.TryGetValue(name, out var child) || (dot >= 0 && child is ValueShape))
            {
                problems.Add(
                    $"{group.Owner} has no setting '{path}{entry.Name}'.{NearestName.Hint(name, group.Children.Keys)} There are {string.Join(", ", group.Children.Keys.Select(k => path + k))}.",
                    entry.At
                );
                continue;
            }
            var value = dot < 0 ? entry.Value : new MapSetting([new MapEntry(entry.Name[(dot + 1)..], entry.Value, entry.At)], entry.At);
            if (Normalise(child, value, problems, $"{path}{name}.") is not { } normal)
                continue;
            if (entries.FindIndex(e => e.Name == name) is >= 0 and var at)
                entries[at] = entries[at] with { Value = Combine(entries[at].Value, normal, problems, path + name) };
            else
                entries.Add(new MapEntry(name, normal, entry.At));
        }
        return entries.Count > 0 || map.Entries.Count == 0 ? new MapSetting(entries, map.At) : null;
    }

    /// <summary>Joins what one layer says of one thing in two places; it may not say anything twice.</summary>
    private static Setting Combine(Setting first, Setting second, ProblemList problems, string path)
    {
        if (first is MapSetting one && second is MapSetting two)
        {
            var joined = one;
            foreach (var entry in two.Entries)
                joined = joined.With(
                    entry.Name,
                    one[entry.Name] is { } existing ? Combine(existing, entry.Value, problems, $"{path}.{entry.Name}") : entry.Value
                );
            return joined;
        }
        problems.Add($"'{path}' is given twice{(first.At?.Line is { } line ? $", first in line {line}" : "")}. Keep one.", second.At);
        return first;
    }

    private static Setting? Component(Setting setting, ProblemList problems, string path)
    {
        if (setting is ScalarSetting scalar)
        {
            if (scalar.Text.Length > 0)
                return new MapSetting([new MapEntry(Id, scalar, scalar.At)], scalar.At);
            problems.Add($"'{path.TrimEnd('.')}' names nothing: give an id, such as {path.TrimEnd('.')}: {{ id: NAME }}.", scalar.At);
            return null;
        }
        var map = (MapSetting)setting;
        if (map[Id] is not ListSetting ids)
            return map;
        return new ListSetting([.. ids.Items.Select(id => map.With(Id, id))], ids.At);
    }
}

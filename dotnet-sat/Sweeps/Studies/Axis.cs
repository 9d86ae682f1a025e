using Sat.Records.Components;
using Sat.Records.Settings;

namespace Sat.Sweeps.Studies;

/// <summary>An axis of a matrix.</summary>
/// <param name="Path">What it varies.</param>
/// <param name="Values">Each as settings of a run.</param>
public sealed record Axis(string Path, IReadOnlyList<MapSetting> Values)
{
    /// <summary>The axes of a matrix, or of an include, whose axes mostly have one value.</summary>
    public static IReadOnlyList<Axis> ReadAll(
        MapSetting axes,
        ComponentCatalog catalog,
        IReadOnlyList<Override> overrides,
        ProblemList problems
    )
    {
        var found = new List<Axis>();
        foreach (var (name, value, at) in axes.Entries)
        {
            var path = name.EndsWith(".id", StringComparison.Ordinal) && RunShape.IsComponent(name[..^3]) ? name[..^3] : name;
            if (found.Any(a => a.Path == path))
            {
                problems.Add($"the axis '{path}' is given twice. Keep one.", at);
                continue;
            }
            if (value is ListSetting { Items.Count: 0 } && !IsListOption(path, catalog))
            {
                problems.Add($"the axis '{name}' has no values, so nothing would run. Give it values or remove it.", at);
                continue;
            }
            var items = Items(path, value, catalog);
            var layers = items.Select(i => Layer.Normalise(RunShape.Root, Layer.At(path, i), problems)).OfType<MapSetting>().ToArray();
            if (layers.Length > 0)
                found.Add(Replaced(new Axis(path, [.. layers.SelectMany(l => Single(l, path))]), catalog, overrides));
        }
        return found;
    }

    /// <summary>Settings of one axis value; a component with several ids is several.</summary>
    private static IEnumerable<MapSetting> Single(MapSetting layer, string path)
    {
        if (!RunShape.IsComponent(path) || At(layer, path) is not ListSetting list)
            return [layer];
        return list.Items.Select(i => Nest(path, i));
    }

    /// <summary>An override of just this axis takes its place. A component that the axis already names keeps the options given
    /// there.</summary>
    private static Axis Replaced(Axis axis, ComponentCatalog catalog, IReadOnlyList<Override> overrides)
    {
        foreach (var over in overrides.Where(o => o.Path == axis.Path))
        {
            var values =
                over.Shape is ComponentShape
                    ? Items(axis.Path, At(over.Layer, axis.Path)!, catalog)
                    : Items(axis.Path, over.Value, catalog);
            axis = axis with { Values = [.. values.SelectMany(v => Narrowed(axis, over, v))] };
        }
        return axis;
    }

    private static IEnumerable<MapSetting> Narrowed(Axis axis, Override over, Setting value)
    {
        var same =
            over.Shape is ComponentShape
                ? axis.Values.Where(v => Layer.IdOf(At(v, axis.Path)) is { } id && id == Layer.IdOf(value)).ToArray()
                : [];
        var layer = Nest(axis.Path, value);
        return same.Length == 0 ? [layer] : same.Select(s => (MapSetting)Layer.Merge(RunShape.Root, s, layer));
    }

    private static IReadOnlyList<Setting> Items(string path, Setting value, ComponentCatalog catalog) =>
        value is ListSetting list && !(IsListOption(path, catalog) && list.Items.All(i => i is not ListSetting)) ? list.Items : [value];

    /// <summary>True where some component's option of this path holds a list; then a flat list is its value. Cells unfold it where theirs
    /// does not.</summary>
    private static bool IsListOption(string path, ComponentCatalog catalog)
    {
        var dot = path.LastIndexOf('.');
        if (dot < 0 || !RunShape.IsComponent(path[..dot]))
            return false;
        Shape shape = RunShape.Root;
        foreach (var name in path[..dot].Split('.'))
            shape = ((GroupShape)shape).Children[name];
        return catalog.Entries.Any(e =>
            e.Schema.Kind == ((ComponentShape)shape).Kind && e.Schema.Options.Any(o => o.Name == path[(dot + 1)..] && o.IsList)
        );
    }

    private static Setting? At(MapSetting layer, string path)
    {
        Setting? found = layer;
        foreach (var name in path.Split('.'))
            found = (found as MapSetting)?[name];
        return found;
    }

    private static MapSetting Nest(string path, Setting value)
    {
        foreach (var name in path.Split('.').Reverse())
            value = new MapSetting([new MapEntry(name, value, value.At)], value.At);
        return (MapSetting)value;
    }
}

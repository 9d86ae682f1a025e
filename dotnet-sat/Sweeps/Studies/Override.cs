using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Options;
using Sat.Records.Settings;
using Sat.Yaml;

namespace Sat.Sweeps.Studies;

/// <summary>A setting given on the command line: <c>--set method.alpha=0.7</c>. It stands above all that a study says.</summary>
public sealed class Override
{
    /// <summary>The option's name, for messages.</summary>
    public const string Source = "--set";

    private readonly string _text;
    private readonly Setting? _yaml;
    private readonly IReadOnlySet<OptionKind> _kinds;

    private Override(string path, Shape shape, string thing, string text, Setting? yaml, IReadOnlySet<OptionKind> kinds, MapSetting layer)
    {
        Path = path;
        Shape = shape;
        Thing = thing;
        _text = text;
        _yaml = yaml;
        _kinds = kinds;
        Layer = layer;
    }

    /// <summary>As given, but for <c>.id</c> at its end.</summary>
    public string Path { get; }

    /// <summary>What stands at <see cref="Thing"/>.</summary>
    public Shape Shape { get; }

    /// <summary>The path of the value, group or component; that of the component, too, when an option of it is set.</summary>
    public string Thing { get; }

    /// <summary>What it is set to, as values of an axis: a path where any component has a path of this name.</summary>
    public Setting Value =>
        ValueFor(
            _kinds.Contains(OptionKind.Path) ? OptionKind.Path
            : _kinds.Contains(OptionKind.Text) ? OptionKind.Text
            : null
        );

    /// <summary>The same as settings of a run.</summary>
    public MapSetting Layer { get; }

    /// <summary>The component's option that is set; null: the thing itself.</summary>
    public string? Option => Path.Length > Thing.Length ? Path[(Thing.Length + 1)..] : null;

    /// <summary>
    /// Reads <c>path=value</c>. The value is YAML, <c>[1, 2]</c> is an axis; of an option that is a path it is the path as it stands, and
    /// of one that is a text the text as it stands unless it is quoted or a list.
    /// </summary>
    /// <param name="text">As given.</param>
    /// <param name="catalog">Tells which options are paths and texts.</param>
    /// <param name="problems">Receives what is wrong.</param>
    /// <returns>Null when it is wrong; the reason is among <paramref name="problems"/>.</returns>
    public static Override? Parse(string text, ComponentCatalog catalog, ProblemList problems)
    {
        var at = new SourceLocation(Source);
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            problems.Add($"'{text}' is not of the form path=value, such as training.epochs=10.", at);
            return null;
        }
        var path = text[..equals].Trim();
        if (path.EndsWith(".id", StringComparison.Ordinal) && RunShape.IsComponent(path[..^3]))
            path = path[..^3];
        var kinds = Kinds(path, catalog);
        var given = text[(equals + 1)..];
        Setting? yaml = null;
        try
        {
            yaml = YamlReader.ReadValue(given, Source);
        }
        catch (SatException e)
        {
            if (!kinds.Overlaps([OptionKind.Path, OptionKind.Text]))
            {
                problems.Add(e, at);
                return null;
            }
        }
        var whole = kinds.Contains(OptionKind.Path) || yaml is null ? new ScalarSetting(given, at) : yaml;
        if (Studies.Layer.Normalise(RunShape.Root, Studies.Layer.At(path, whole), problems) is not MapSetting layer)
            return null;
        Shape shape = RunShape.Root;
        var thing = "";
        foreach (var name in path.Split('.'))
        {
            if (shape is not GroupShape group)
                break;
            shape = group.Children[name];
            thing = thing.Length == 0 ? name : $"{thing}.{name}";
        }
        return new Override(path, shape, thing, given, yaml, kinds, layer);
    }

    /// <summary>What the components that have this option take for it; empty: the path names no option of a component.</summary>
    private static HashSet<OptionKind> Kinds(string path, ComponentCatalog catalog)
    {
        var dot = path.LastIndexOf('.');
        if (dot < 0 || !RunShape.IsComponent(path[..dot]))
            return [];
        Shape shape = RunShape.Root;
        foreach (var name in path[..dot].Split('.'))
            shape = ((GroupShape)shape).Children[name];
        return
        [
            .. catalog
                .Entries.Where(e => e.Schema.Kind == ((ComponentShape)shape).Kind)
                .SelectMany(e => e.Schema.Options)
                .Where(o => o.Name == path[(dot + 1)..])
                .Select(o => o.Kind),
        ];
    }

    private Setting ValueFor(OptionKind? kind)
    {
        var at = new SourceLocation(Source);
        return kind switch
        {
            OptionKind.Path => new ScalarSetting(_text, at),
            OptionKind.Text when !(_yaml is ListSetting || (_yaml is ScalarSetting && _text.AsSpan().TrimStart() is ['"' or '\'', ..])) =>
                new ScalarSetting(_text.Trim(), at),
            _ => _yaml ?? new ScalarSetting(_text, at),
        };
    }

    /// <summary>Puts it over a cell's settings; an option is set where the component has it.</summary>
    /// <param name="cell">Lists in it not yet unfolded.</param>
    /// <param name="catalog">Tells which options a component has.</param>
    /// <param name="applied">Whether it found its place.</param>
    public MapSetting Apply(MapSetting cell, ComponentCatalog catalog, out bool applied)
    {
        if (Option is not { } option)
        {
            applied = true;
            return (MapSetting)Studies.Layer.Merge(RunShape.Root, cell, Layer);
        }
        var found = false;
        var changed = Replace(cell, Thing.Split('.'), component => SetOption(component, option, catalog, ref found));
        applied = found;
        return changed;
    }

    private static MapSetting Replace(MapSetting map, ReadOnlySpan<string> path, Func<Setting, Setting> change)
    {
        if (map[path[0]] is not { } value)
            return map;
        if (path.Length == 1)
            return map.With(path[0], change(value));
        return value is MapSetting inner ? map.With(path[0], Replace(inner, path[1..], change)) : map;
    }

    private Setting SetOption(Setting component, string option, ComponentCatalog catalog, ref bool found)
    {
        if (component is ListSetting list)
        {
            var items = new List<Setting>();
            foreach (var item in list.Items)
                items.Add(SetOption(item, option, catalog, ref found));
            return list with { Items = items };
        }
        if (component is not MapSetting map || Studies.Layer.IdOf(map) is null)
            return component;
        // A component that does not exist is told of elsewhere.
        var options = catalog.OptionsOf(((ComponentShape)Shape).Kind, map);
        var kind = options.FirstOrDefault(o => o.Name == option)?.Kind;
        if (options.Count > 0 && kind is null)
            return component;
        found = true;
        return map.With(option, ValueFor(kind));
    }
}

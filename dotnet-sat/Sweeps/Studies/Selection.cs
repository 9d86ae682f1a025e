using System.Text.Json.Nodes;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Json;
using Sat.Records.Options;
using Sat.Records.Settings;

namespace Sat.Sweeps.Studies;

/// <summary>Tells whether a cell, whose settings are not yet a run's, agrees with some settings by <see cref="SettingMatch"/>: all that
/// they give, options' defaults included, a list meaning any of its values.</summary>
public sealed class Selection(ComponentCatalog catalog)
{
    /// <summary>True if the cell has all the given settings, its options' defaults included.</summary>
    public bool Matches(MapSetting cell, MapSetting given) => Matches(RunShape.Root, cell, given);

    /// <summary>Tells of components and options that do not exist, which no cell could have.</summary>
    public void Check(MapSetting given, ProblemList problems) => Check(RunShape.Root, given, problems);

    private void Check(Shape shape, Setting given, ProblemList problems)
    {
        foreach (var map in given is ListSetting list ? list.Items.OfType<MapSetting>() : [(MapSetting)given])
        {
            if (shape is GroupShape group)
            {
                foreach (var entry in map.Entries.Where(e => group.Children[e.Name] is not ValueShape))
                    Check(group.Children[entry.Name], entry.Value, problems);
            }
            else
            {
                Check(((ComponentShape)shape).Kind, map, problems);
            }
        }
    }

    private void Check(ComponentKind kind, MapSetting component, ProblemList problems)
    {
        var id = Layer.IdOf(component);
        var revision = Layer.RevisionOf(component);
        var found = id is null ? null : catalog.Find(kind, id, revision);
        if (id is not null && found is null)
        {
            problems.Add(catalog.Unknown(kind, id, revision), component[Layer.Id]!.At);
            return;
        }
        var noun = kind.ToString().ToLowerInvariant();
        var options = (found is null ? catalog.Entries.Where(e => e.Schema.Kind == kind) : [found])
            .SelectMany(e => e.Schema.Options)
            .Select(o => o.Name)
            .Distinct()
            .ToArray();
        foreach (var entry in component.Entries.Where(e => e.Name is not (Layer.Id or Layer.Revision) && !options.Contains(e.Name)))
            problems.Add(
                $"{(found is null ? $"no {noun}" : $"{noun} '{id}'")} has {(found is null ? "an" : "no")} option '{entry.Name}'.{NearestName.Hint(entry.Name, options)}",
                entry.At
            );
    }

    private bool Matches(Shape shape, Setting? cell, Setting given)
    {
        if (given is ListSetting list && !(shape is ValueShape { Schema.IsList: true } && list.Items.All(i => i is not ListSetting)))
            return list.Items.Any(i => Matches(shape, cell, i));
        return shape switch
        {
            GroupShape group => given is MapSetting map
                && map.Entries.All(e => Matches(group.Children[e.Name], (cell as MapSetting)?[e.Name], e.Value)),
            ComponentShape component => given is MapSetting map && cell is MapSetting of && Component(component, of, map),
            _ => Value((shape as ValueShape)?.Schema, cell, given),
        };
    }

    private bool Component(ComponentShape shape, MapSetting cell, MapSetting given)
    {
        var options = catalog.OptionsOf(shape.Kind, cell);
        return given.Entries.All(e => Matches(new ValueShape(options.FirstOrDefault(o => o.Name == e.Name)), cell[e.Name], e.Value));
    }

    private static bool Value(OptionSchema? schema, Setting? cell, Setting given)
    {
        var actual = cell is null ? Texts(schema?.Default) : Texts(cell);
        var wanted = Texts(given);
        var isText = schema?.Kind is OptionKind.Text or OptionKind.TextList or OptionKind.Choice or OptionKind.Path;
        return actual is not null && wanted is not null && SettingMatch.Agree(actual, wanted, isText);
    }

    private static IReadOnlyList<string>? Texts(Setting setting) =>
        setting switch
        {
            ScalarSetting scalar => [scalar.Text],
            ListSetting list when list.Items.All(i => i is ScalarSetting) => [.. list.Items.Select(i => ((ScalarSetting)i).Text)],
            _ => null,
        };

    private static IReadOnlyList<string>? Texts(JsonNode? value) =>
        value switch
        {
            null => null,
            JsonArray list => [.. list.SelectMany(i => Texts(i) ?? [])],
            JsonValue v when v.TryGetValue<string>(out var text) => [text],
            _ => [CanonicalJson.Write(value)],
        };
}

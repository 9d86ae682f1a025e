using Sat.Records.Components;
using Sat.Records.Settings;

namespace Sat.Sweeps.Studies;

/// <summary>Unfolds the lists in a run's settings: each is an axis, but for the flat list of an option that holds one.</summary>
public sealed class Unfolding(ComponentCatalog catalog, ProblemList problems)
{
    /// <summary>Every combination, the last list varying fastest; the settings themselves when they have no lists.</summary>
    /// <param name="settings">Settings of one thing.</param>
    /// <param name="shape">What it is; null: a run.</param>
    public IReadOnlyList<(MapSetting Settings, IReadOnlyList<Choice> Choices)> Unfold(MapSetting settings, Shape? shape = null) =>
        HasList(settings)
            ? [.. Any(shape ?? RunShape.Root, settings, "").Select(u => ((MapSetting)u.Value, (IReadOnlyList<Choice>)[.. u.Choices]))]
            : [(settings, [])];

    private static bool HasList(Setting setting) =>
        setting switch
        {
            ListSetting => true,
            MapSetting map => map.Entries.Any(e => HasList(e.Value)),
            _ => false,
        };

    private IEnumerable<(Setting Value, IEnumerable<Choice> Choices)> Any(Shape shape, Setting setting, string path)
    {
        switch (setting)
        {
            case ListSetting list when shape is ValueShape { Schema.IsList: true } && list.Items.All(i => i is not ListSetting):
                return [(setting, [])];
            case ListSetting { Items.Count: 0 }:
                problems.Add($"'{path}' is an empty list, so nothing would run. Give it values or remove it.", setting.At);
                return [];
            case ListSetting list when shape is ValueShape:
                return list.Items.Select((item, i) => (item, (IEnumerable<Choice>)[new Choice(path, i)]));
            case ListSetting list:
                return list.Items.SelectMany(
                    (item, i) => Any(shape, item, path).Select(u => (u.Value, u.Choices.Prepend(new Choice(path, i))))
                );
            case MapSetting map when shape is not ValueShape:
                return Map(shape, map, path);
            default:
                return [(setting, [])];
        }
    }

    private IEnumerable<(Setting Value, IEnumerable<Choice> Choices)> Map(Shape shape, MapSetting map, string path)
    {
        IEnumerable<(MapSetting Value, IEnumerable<Choice> Choices)> unfolded = [(map, [])];
        foreach (var entry in map.Entries.Where(e => HasList(e.Value)))
        {
            var values = Any(Child(shape, map, entry.Name), entry.Value, path.Length == 0 ? entry.Name : $"{path}.{entry.Name}").ToArray();
            unfolded = unfolded
                .SelectMany(u => values.Select(v => (u.Value.With(entry.Name, v.Value), u.Choices.Concat(v.Choices))))
                .ToArray();
        }
        return unfolded.Select(u => ((Setting)u.Value, u.Choices));
    }

    private Shape Child(Shape shape, MapSetting map, string name) =>
        shape switch
        {
            GroupShape group => group.Children[name],
            ComponentShape component => new ValueShape(catalog.OptionsOf(component.Kind, map).FirstOrDefault(o => o.Name == name)),
            _ => shape,
        };
}

using System.Text.Json.Nodes;
using Sat.Records.Json;
using Sat.Records.Specs;

namespace Sat.Reports.Results;

/// <summary>Short names for the components along one axis of a table.</summary>
internal static class AxisLabels
{
    /// <summary>
    /// A name for each distinct component: its id, and those options in which it differs from others of its id; when
    /// <paramref name="withNumbers"/>, its numeric options always (a noise without its rate tells nothing).
    /// </summary>
    public static IReadOnlyDictionary<ComponentSpec, AxisLabel> Of(IEnumerable<ComponentSpec> components, bool withNumbers)
    {
        var distinct = components.Distinct().ToArray();
        var labels = new Dictionary<ComponentSpec, AxisLabel>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var component in distinct)
        {
            var kin = distinct.Where(c => c.Id == component.Id).ToArray();
            var shown = component.Options
                .Where(o => (withNumbers && IsNumber(o.Value)) || kin.Any(k => k.OptionText(o.Key) != component.OptionText(o.Key)))
                .Select(o => $"{o.Key} {component.OptionText(o.Key)}");
            var label = string.Join(", ", [component.Id, .. shown]);
            if (!taken.Add(label))
                taken.Add(label = $"{label} [{CanonicalJson.Hash(SatJson.ToNode(component))[..6]}]");
            var detail = string.Join(", ", component.Options.Select(o => $"{o.Key} {component.OptionText(o.Key)}"));
            labels[component] = new AxisLabel(label, detail);
        }
        return labels;
    }

    private static bool IsNumber(JsonNode? value) => value?.GetValueKind() == System.Text.Json.JsonValueKind.Number;
}

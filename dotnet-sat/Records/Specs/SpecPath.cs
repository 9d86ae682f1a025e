using System.Text.Json.Nodes;
using Sat.Records.Json;

namespace Sat.Records.Specs;

/// <summary>
/// Reads a setting of a run by the path that studies use: <c>method.id</c>, <c>noise.rate</c>, <c>training.epochs</c>,
/// <c>training.optimizer.lr</c>, <c>seed</c>. Component options stand beside the id, as in a study.
/// </summary>
public static class SpecPath
{
    /// <summary>Every setting of a run as canonical text (texts without quotes), by path, in ordinal order. Which run an evaluation
    /// measures is none: another seed's measures another.</summary>
    public static IReadOnlyDictionary<string, string> All(RunSpec spec)
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Flatten(settings, "", (JsonObject)SatJson.ToNode(spec));
        settings.Remove("schema");
        settings.Remove("parent");
        return settings;
    }

    /// <summary>True for the checksums of a component's files: they tell whether files are the same, and nothing to a reader.</summary>
    public static bool IsOfFiles(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Contains(".files.", StringComparison.Ordinal) || path.Contains(".file-lists.", StringComparison.Ordinal);
    }

    private static void Flatten(SortedDictionary<string, string> into, string prefix, JsonObject map)
    {
        foreach (var (name, value) in map)
        {
            var path = prefix + name;
            if (name == "options" && value is JsonObject options)
                Flatten(into, prefix, options);
            else if (value is JsonObject child)
                Flatten(into, path + ".", child);
            else
                into[path] = value is JsonValue v && v.TryGetValue<string>(out var text) ? text : CanonicalJson.Write(value);
        }
    }
}

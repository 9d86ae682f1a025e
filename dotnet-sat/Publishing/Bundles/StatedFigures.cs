using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sat.Publishing.Bundles;

/// <summary>Compares the figures and verdicts of results that two versions of the tool made of the same records. Their words may
/// differ.</summary>
internal static class StatedFigures
{
    /// <summary>Texts that are one of a few keys, and that no version spells otherwise.</summary>
    private static readonly string[] Verdicts = ["judgement", "kind", "state", "status"];

    /// <summary>The path of the first number, verdict or list that is not the same; null: all are.</summary>
    /// <param name="stated">As published. What is in the other alone is news of a later version.</param>
    /// <param name="computed">As computed now.</param>
    /// <param name="path">Where in the document.</param>
    public static string? FirstOther(JsonNode? stated, JsonNode? computed, string path = "")
    {
        switch (stated)
        {
            case JsonObject members:
                return members
                    .Select(m => FirstOther(m.Value, (computed as JsonObject)?[m.Key], path.Length == 0 ? m.Key : $"{path}.{m.Key}"))
                    .FirstOrDefault(p => p is not null);
            case JsonArray items:
                if (computed is not JsonArray others || (others.Count != items.Count && items.Any(i => i is not JsonValue)))
                    return path;
                return items
                    .Select(
                        (item, i) =>
                            FirstOther(
                                item,
                                i < others.Count ? others[i] : null,
                                string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]")
                            )
                    )
                    .FirstOrDefault(p => p is not null);
            case JsonValue value
                when value.GetValueKind() == JsonValueKind.Number || Verdicts.Contains(path[(path.LastIndexOf('.') + 1)..]):
                return JsonNode.DeepEquals(value, computed) ? null : path;
            default:
                return null;
        }
    }
}

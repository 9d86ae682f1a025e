using System.Text;
using System.Text.Json.Nodes;

namespace Sat.Fuzz.Tests;

/// <summary>A document of JSON in which one value at a time is another, or missing: damage that parses, and that a stranger's program
/// writes.</summary>
internal static class JsonVariants
{
    private static readonly string[] Values =
    [
        "null",
        "[]",
        "[null]",
        "{}",
        """{"x":null}""",
        "\"\"",
        "\"a\\u0000b\"",
        "\"\\u001b]0;x\"",
        "-1",
        "1e308",
        "9223372036854775807",
        "true",
    ];

    /// <summary>Every value of a document replaced by each of these, and left out.</summary>
    public static IEnumerable<(byte[] Json, string What)> Of(byte[] document)
    {
        var root = JsonNode.Parse(document)!;
        foreach (var path in Paths(root, []).ToArray())
        {
            foreach (var value in Values.Append(null))
            {
                var copy = root.DeepClone();
                if (path.Length == 0)
                {
                    copy = value is null ? null : JsonNode.Parse(value);
                }
                else
                {
                    var parent = path[..^1].Aggregate(copy, (node, part) => part is int index ? node[index]! : node[(string)part]!);
                    switch (path[^1])
                    {
                        case int index when value is null:
                            parent.AsArray().RemoveAt(index);
                            break;
                        case int index:
                            parent[index] = JsonNode.Parse(value);
                            break;
                        case string name when value is null:
                            parent.AsObject().Remove(name);
                            break;
                        case string name:
                            parent[name] = JsonNode.Parse(value);
                            break;
                    }
                }
                yield return (Encoding.UTF8.GetBytes(copy?.ToJsonString() ?? "null"), $"{string.Join('.', path)} = {value ?? "missing"}");
            }
        }
    }

    private static IEnumerable<object[]> Paths(JsonNode? node, object[] here)
    {
        yield return here;
        // Long lists hold more of the same.
        var inner = node switch
        {
            JsonObject map => map.SelectMany(m => Paths(m.Value, [.. here, m.Key])),
            JsonArray list => list.Take(2).SelectMany((item, i) => Paths(item, [.. here, i])),
            _ => [],
        };
        foreach (var path in inner)
            yield return path;
    }
}

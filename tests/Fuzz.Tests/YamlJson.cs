using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sat.Fuzz.Tests;

/// <summary>YAML as an editor reads it: plain scalars by YAML 1.2's core schema, all others texts.</summary>
internal static partial class YamlJson
{
    /// <exception cref="YamlException">It is not well-formed.</exception>
    /// <exception cref="ArgumentException">A name is there twice.</exception>
    public static JsonNode? Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return Node(stream.Documents[0].RootNode);
    }

    private static JsonNode? Node(YamlNode node) =>
        node switch
        {
            YamlMappingNode map => new JsonObject(map.Select(c => KeyValuePair.Create(c.Key.ToString(), Node(c.Value)))),
            YamlSequenceNode list => new JsonArray([.. list.Select(Node)]),
            YamlScalarNode { Style: ScalarStyle.Plain, Value: { } text } => Plain(text),
            YamlScalarNode scalar => scalar.Value,
            _ => throw new ArgumentException($"a YAML node of another kind: {node.NodeType}", nameof(node)),
        };

    private static JsonNode? Plain(string text) =>
        text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => true,
            "false" or "False" or "FALSE" => false,
            _ when Integer().IsMatch(text)
                    && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
            _ when Number().IsMatch(text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
            _ => text,
        };

    [GeneratedRegex("^[-+]?[0-9]+$", RegexOptions.None, 1000)]
    private static partial Regex Integer();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();
}

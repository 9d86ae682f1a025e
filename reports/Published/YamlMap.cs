using System.Globalization;
using System.Text.Json.Nodes;
using Sat.Records;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sat.Reports.Published;

/// <summary>A mapping of a YAML file that knows its line and refuses keys that nobody asked for.</summary>
internal sealed class YamlMap
{
    private readonly string _file;
    private readonly YamlMappingNode _node;
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public YamlMap(string file, YamlNode node, string what)
    {
        _file = file;
        _node = node as YamlMappingNode ?? throw Error(file, node, $"{what} must be a mapping of names to values");
    }

    public IEnumerable<string> Keys => _node.Children.Keys.Select(k => ((YamlScalarNode)k).Value ?? "");

    public YamlNode? Find(string key)
    {
        _read.Add(key);
        return _node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
    }

    public string Text(string key) => OptionalText(key) ?? throw Error(_node, $"'{key}' is missing");

    public string? OptionalText(string key) =>
        Find(key) switch
        {
            null => null,
            YamlScalarNode { Style: ScalarStyle.Plain, Value: "null" or "~" or "" } => null,
            YamlScalarNode scalar => scalar.Value,
            var other => throw Error(other, $"'{key}' must be a text"),
        };

    /// <summary>A number in percent, as a fraction: divided in decimals, so that 94.14 is 0.9414.</summary>
    public double? Percent(string key)
    {
        var text = OptionalText(key);
        if (text is null)
            return null;
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? (double)(value / 100)
            : throw Error(Find(key)!, $"'{key}' must be a number, but is '{text}'");
    }

    public int? Integer(string key)
    {
        var text = OptionalText(key);
        if (text is null)
            return null;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Error(Find(key)!, $"'{key}' must be a whole number, but is '{text}'");
    }

    public YamlMap Map(string key) =>
        Find(key) is { } node ? new YamlMap(_file, node, $"'{key}'") : throw Error(_node, $"'{key}' is missing");

    public YamlMap? OptionalMap(string key) => Find(key) is { } node ? new YamlMap(_file, node, $"'{key}'") : null;

    public IReadOnlyList<YamlMap> Maps(string key) =>
        Find(key) switch
        {
            YamlSequenceNode list => [.. list.Children.Select(child => new YamlMap(_file, child, $"each of '{key}'"))],
            null => throw Error(_node, $"'{key}' is missing"),
            var other => throw Error(other, $"'{key}' must be a list"),
        };

    /// <summary>Refuses what was not read.</summary>
    public void End()
    {
        foreach (var key in _node.Children.Keys)
        {
            if (key is YamlScalarNode { Value: { } name } && !_read.Contains(name))
                throw Error(
                    key,
                    $"'{name}' means nothing here.{NearestName.Hint(name, _read)} Known: {string.Join(", ", _read.Order(StringComparer.Ordinal))}"
                );
        }
    }

    public SatException Error(string message) => Error(_node, message);

    public SatException Error(YamlNode at, string message) => Error(_file, at, message);

    private static SatException Error(string file, YamlNode at, string message) =>
        new(ExitCode.Planning, message, new SourceLocation(file, (int)at.Start.Line));

    /// <summary>A value as JSON: plain scalars are numbers, truths or null where they look so.</summary>
    public static JsonNode? ToJson(YamlNode node) =>
        node switch
        {
            YamlMappingNode map => new JsonObject(
                map.Children.Select(c => KeyValuePair.Create(((YamlScalarNode)c.Key).Value!, ToJson(c.Value)))
            ),
            YamlSequenceNode list => new JsonArray([.. list.Children.Select(ToJson)]),
            YamlScalarNode { Style: ScalarStyle.Plain, Value: var text } => text switch
            {
                null or "" or "null" or "~" => null,
                "true" => JsonValue.Create(true),
                "false" => JsonValue.Create(false),
                _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(
                    whole
                ),
                _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) =>
                    JsonValue.Create(number),
                _ => JsonValue.Create(text),
            },
            YamlScalarNode scalar => JsonValue.Create(scalar.Value),
            _ => null,
        };
}

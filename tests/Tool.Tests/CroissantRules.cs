using System.Globalization;
using System.Text.Json.Nodes;

namespace Sat.Tool.Tests;

/// <summary>
/// The rules of Croissant 1.0 (https://docs.mlcommons.org/croissant/docs/croissant-spec.html, "Dataset-level Information", "Resources",
/// "RecordSets" and "DataTypes") for what is exported here: which properties each kind of node has, which must be there, how often, and of
/// which kind their values are. Names are expanded by the file's own context first, as JSON-LD has it.
/// </summary>
internal sealed class CroissantRules
{
    private const string Schema = "https://schema.org/";
    private const string Cr = "http://mlcommons.org/croissant/";
    private const string Terms = "http://purl.org/dc/terms/";
    private const string Version = "http://mlcommons.org/croissant/1.0";

    /// <summary>Those of the specification's table of types that are used here.</summary>
    private static readonly string[] DataTypes = [Schema + "Integer", Schema + "Text", Schema + "ImageObject", Schema + "Enumeration"];

    private static readonly Dictionary<string, Rule[]> Rules = new()
    {
        [Schema + "Dataset"] =
        [
            new(Terms + "conformsTo", v => Text(v) == Version) { IsRequired = true },
            new(Schema + "name", IsText) { IsRequired = true },
            new(Schema + "description", IsText) { IsRequired = true },
            new(Schema + "license", v => IsUrl(v) || Is(v, "sc:CreativeWork")) { IsRequired = true, IsMany = true },
            new(Schema + "url", IsUrl) { IsRequired = true },
            new(Schema + "creator", v => Is(v, "sc:Person", "sc:Organization")) { IsRequired = true, IsMany = true },
            new(Schema + "datePublished", IsDate) { IsRequired = true },
            new(Schema + "distribution", v => Is(v, "cr:FileObject", "cr:FileSet")) { IsRequired = true, IsMany = true },
            new(Cr + "recordSet", v => Is(v, "cr:RecordSet")) { IsMany = true },
        ],
        [Schema + "Person"] = [new(Schema + "name", IsText) { IsRequired = true }],
        [Schema + "CreativeWork"] = [new(Schema + "name", IsText) { IsRequired = true }],
        [Cr + "FileObject"] =
        [
            new(Schema + "name", IsText) { IsRequired = true },
            // Relative to the description, as files beside it are.
            new(Schema + "contentUrl", v => Text(v) is { } url && Uri.IsWellFormedUriString(url, UriKind.RelativeOrAbsolute))
            {
                IsRequired = true,
            },
            new(Schema + "contentSize", v =>
                Text(v)?.Split(' ') is [var number, "B"] && long.TryParse(number, CultureInfo.InvariantCulture, out _)
            ),
            new(Schema + "encodingFormat", v => Text(v)?.Split('/').Length == 2) { IsRequired = true },
            new(Schema + "sha256", v => Text(v) is { Length: 64 } sum && sum.All(char.IsAsciiHexDigitLower)) { IsRequired = true },
        ],
        [Cr + "RecordSet"] =
        [
            new(Schema + "name", IsText) { IsRequired = true },
            new(Schema + "description", IsText),
            new(Cr + "dataType", IsDataType) { IsMany = true },
            new(Cr + "key", IsReference) { IsMany = true },
            new(Cr + "field", v => Is(v, "cr:Field")) { IsRequired = true, IsMany = true },
            new(Cr + "data", v => v is JsonObject) { IsMany = true },
        ],
        [Cr + "Field"] =
        [
            new(Schema + "name", IsText) { IsRequired = true },
            new(Schema + "description", IsText),
            new(Cr + "dataType", IsDataType) { IsRequired = true, IsMany = true },
            new(Cr + "source", IsSource),
            new(Cr + "references", v => v is JsonObject { Count: 1 } map && IsReference(map["field"])),
        ],
    };

    private readonly JsonObject _context;
    private readonly List<string> _problems = [];

    private CroissantRules(JsonObject context) => _context = context;

    /// <summary>What a description violates, a clause each.</summary>
    public static IReadOnlyList<string> Violated(JsonObject description)
    {
        if (description["@context"] is not JsonObject context)
            return ["it has no @context"];
        var rules = new CroissantRules(context);
        rules.Check("the dataset", description);
        return rules._problems;
    }

    private void Check(string where, JsonObject node)
    {
        var type = Expand(Text(node["@type"]) ?? "");
        if (!Rules.TryGetValue(type, out var rules))
        {
            _problems.Add($"{where} is of no known type: {type}");
            return;
        }
        if (type.StartsWith(Cr, StringComparison.Ordinal) && Text(node["@id"]) is not { Length: > 0 })
            _problems.Add($"{where} has no @id");
        var properties = node.Where(p => !p.Key.StartsWith('@')).ToLookup(p => Expand(p.Key), p => p.Value);
        foreach (var name in properties.Select(p => p.Key).Where(n => rules.All(r => r.Name != n)))
            _problems.Add($"{where} has '{name}', which is no property of a {type}");
        foreach (var rule in rules)
        {
            JsonNode?[] values = [.. properties[rule.Name].SelectMany(v => v is JsonArray list ? list.ToArray() : [v])];
            if (values.Length == 0 && rule.IsRequired)
                _problems.Add($"{where} lacks '{rule.Name}'");
            if (values.Length > 1 && !rule.IsMany)
                _problems.Add($"{where} has several of '{rule.Name}'");
            foreach (var value in values)
            {
                if (!rule.Holds(value))
                    _problems.Add($"'{rule.Name}' of {where} is {value?.ToJsonString()}");
                if (value is JsonObject inner && inner["@type"] is not null)
                    Check($"{where}/{Text(inner["@id"]) ?? Text(inner["name"])}", inner);
            }
        }
    }

    /// <summary>A term or a compact name as the context reads it.</summary>
    private string Expand(string name)
    {
        var mapped = _context[name] is JsonObject definition ? Text(definition["@id"]) : Text(_context[name]);
        var text = mapped ?? name;
        return text.Split(':', 2) is [var prefix, var rest] && !rest.StartsWith("//", StringComparison.Ordinal)
                ? Text(_context[prefix]) + rest
            : text.Contains("://", StringComparison.Ordinal) ? text
            : Text(_context["@vocab"]) + text;
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static bool IsText(JsonNode? node) => Text(node) is { Length: > 0 };

    private static bool IsUrl(JsonNode? node) =>
        Uri.TryCreate(Text(node), UriKind.Absolute, out var url) && url.Scheme is "http" or "https";

    private static bool IsDate(JsonNode? node) =>
        DateOnly.TryParseExact(Text(node), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool Is(JsonNode? node, params string[] types) => node is JsonObject map && types.Contains(Text(map["@type"]));

    private static bool IsReference(JsonNode? node) => node is JsonObject { Count: 1 } map && IsText(map["@id"]);

    private static bool IsDataType(JsonNode? node) => Text(node) is { } type && DataTypes.Contains(type.Replace("sc:", Schema));

    private static bool IsSource(JsonNode? node) =>
        node is JsonObject { Count: 2 } map
        && IsReference(map["fileObject"])
        && map["extract"] is JsonObject { Count: 1 } extract
        && IsText(extract["column"]);

    private sealed record Rule(string Name, Func<JsonNode?, bool> Holds)
    {
        public bool IsRequired { get; init; }

        public bool IsMany { get; init; }
    }
}

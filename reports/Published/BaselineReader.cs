using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sat.Records;
using Sat.Records.Json;
using Sat.Records.Protocols;
using Sat.Records.Settings;
using Sat.Yaml;

namespace Sat.Reports.Published;

/// <summary>Reads a file of published values; its layout is told at the head of each file in <c>reports/baselines</c>.</summary>
internal static class BaselineReader
{
    private static readonly YamlKind Kind = new("a file of published values", "Write published values, as in docs/reports.md", "schema: 1");

    private static readonly IReadOnlyDictionary<string, PropertyInfo> Fields = typeof(Protocol)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .ToDictionary(p => JsonNamingPolicy.KebabCaseLower.ConvertName(p.Name), StringComparer.Ordinal);

    /// <exception cref="SatException">The text is no such file (exit code 2), with the line where it goes wrong.</exception>
    public static BaselineFile Read(string file, string text)
    {
        var root = new SettingMap(YamlReader.Read(text, file, Kind), Kind.Noun);
        if (root.Integer("schema") is not 1)
            throw root.Error("this tool reads 'schema: 1' of published values");
        var sources = root.Map("sources");
        var protocolMaps = root.Map("protocols");
        var protocols = protocolMaps.Keys.ToDictionary(
            key => key,
            key => (Fields: ReadFields(protocolMaps.Map(key), words: true), Words: ReadWords(protocolMaps.Map(key))),
            StringComparer.Ordinal
        );
        var baselines = new BaselineFile
        {
            Name = root.Text("name"),
            Title = root.Text("title"),
            Reference = root.OptionalText("reference"),
            Sources = [.. sources.Keys.Select(key => ReadSource(key, sources.Map(key)))],
            Values = [.. root.Maps("results").SelectMany(group => ReadGroup(group, protocols))],
        };
        root.OptionalText("summary");
        root.End();
        var known = baselines.Sources.Select(s => s.Key).ToHashSet(StringComparer.Ordinal);
        if (baselines.Values.FirstOrDefault(v => !known.Contains(v.Source)) is { } orphan)
            throw root.Error(
                $"a result names the source '{orphan.Source}', which is not among 'sources'.{NearestName.Hint(orphan.Source, known)}"
            );
        return baselines;
    }

    private static BaselineSource ReadSource(string key, SettingMap map)
    {
        var source = new BaselineSource
        {
            Key = key,
            Title = map.Text("title"),
            Kind = map.Text("kind"),
            Where = map.OptionalText("where"),
            Repo = map.OptionalText("repo"),
            Url = map.OptionalText("url"),
            Path = map.OptionalText("path"),
            Commit = map.OptionalText("commit"),
            HowRead = map.OptionalText("how-read"),
            ReadingError = map.Percent("reading-error"),
            Confidence = map.OptionalText("confidence"),
            Notes = map.OptionalText("notes"),
        };
        map.End();
        return source;
    }

    private static IEnumerable<PublishedValue> ReadGroup(
        SettingMap group,
        Dictionary<string, (JsonObject Fields, Dictionary<string, string> Words)> protocols
    )
    {
        var key = group.Text("protocol");
        if (!protocols.TryGetValue(key, out var common))
            throw group.Error($"there is no protocol '{key}' in this file.{NearestName.Hint(key, protocols.Keys)}");
        var shared = Replace(common.Fields, group.OptionalMap("with"));
        var role = group.Text("role") switch
        {
            "paper" => BaselineRole.Paper,
            "comparison" => BaselineRole.Comparison,
            "reproduction" => BaselineRole.Reproduction,
            var other => throw group.Error($"role '{other}' must be paper, comparison or reproduction"),
        };
        var higher = group.OptionalText("better") switch
        {
            null or "higher" => true,
            "lower" => false,
            var other => throw group.Error($"better '{other}' must be higher or lower"),
        };
        var values = group
            .Maps("values")
            .Select(map =>
            {
                var value = new PublishedValue
                {
                    Experiment = group.Text("experiment"),
                    Method = group.Text("method"),
                    Role = role,
                    Metric = group.Text("metric"),
                    HigherIsBetter = higher,
                    Value = map.Percent("value") switch
                    {
                        null => throw map.Error("'value' is missing"),
                        < 0 or > 1 => throw map.Error("'value' is a percentage, from 0 to 100"),
                        { } share => share,
                    },
                    Deviation = map.Percent("std"),
                    Trials = map.Integer("trials"),
                    Source = group.Text("source"),
                    Protocol = ToProtocol(Replace(shared, map.OptionalMap("with")), map),
                    When = map.OptionalMap("when") is { } when ? when.Keys.ToDictionary(k => k, k => when.OptionalText(k) ?? "") : [],
                    Words = common.Words,
                    Notes = map.OptionalText("notes"),
                };
                map.Find("range");
                map.End();
                return value;
            })
            .ToArray();
        group.End();
        return values;
    }

    private static JsonObject Replace(JsonObject fields, SettingMap? with)
    {
        var result = (JsonObject)fields.DeepClone();
        foreach (var (name, value) in with is null ? [] : ReadFields(with, words: false))
            result[name] = value?.DeepClone();
        return result;
    }

    /// <summary>The stated fields in the form that <see cref="Protocol"/> has as JSON.</summary>
    private static JsonObject ReadFields(SettingMap map, bool words)
    {
        var fields = new JsonObject();
        foreach (var (name, property) in Fields)
        {
            if (map.Find(name) is not { } node)
                continue;
            fields[name] =
                property.PropertyType == typeof(ProtocolComponent) && node is MapSetting ? Component(map, name) : SettingMap.ToJson(node);
        }
        if (words)
            map.Find("words");
        map.End();
        return fields;
    }

    private static Dictionary<string, string> ReadWords(SettingMap protocol) =>
        protocol.OptionalMap("words") is { } words
            ? words.Keys.ToDictionary(k => k, k => words.OptionalText(k) ?? "", StringComparer.Ordinal)
            : [];

    private static JsonObject Component(SettingMap parent, string name)
    {
        var map = parent.Map(name);
        var id = map.Text("id");
        var options = (JsonObject)SettingMap.ToJson(parent.Find(name)!)!;
        options.Remove("id");
        return options.Count == 0 ? new JsonObject { ["id"] = id } : new JsonObject { ["id"] = id, ["options"] = options };
    }

    private static Protocol ToProtocol(JsonObject fields, SettingMap at)
    {
        try
        {
            return SatJson.Read<Protocol>(fields.ToJsonString());
        }
        catch (JsonException e)
        {
            throw at.Error($"the conditions cannot be read: {e.Message}");
        }
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using Sat.Records;
using Sat.Records.Settings;

namespace Sat.Reports.Published;

/// <summary>A map of names to values that refuses names that nobody asked for.</summary>
internal sealed class SettingMap
{
    private readonly MapSetting _map;
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public SettingMap(Setting setting, string what) =>
        _map = setting as MapSetting ?? throw Error(setting, $"{what} must be a map of names to values");

    public IEnumerable<string> Keys => _map.Entries.Select(e => e.Name);

    public Setting? Find(string key)
    {
        _read.Add(key);
        return _map[key];
    }

    public string Text(string key) => OptionalText(key) ?? throw Error(_map, $"'{key}' is missing");

    public string? OptionalText(string key) =>
        Find(key) switch
        {
            null => null,
            ScalarSetting { IsQuoted: false, Text: "null" or "~" or "" } => null,
            ScalarSetting scalar => scalar.Text,
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

    public SettingMap Map(string key) => OptionalMap(key) ?? throw Error(_map, $"'{key}' is missing");

    public SettingMap? OptionalMap(string key) => Find(key) is { } value ? new SettingMap(value, $"'{key}'") : null;

    public IReadOnlyList<SettingMap> Maps(string key) =>
        Find(key) switch
        {
            ListSetting list => [.. list.Items.Select(item => new SettingMap(item, $"each of '{key}'"))],
            null => throw Error(_map, $"'{key}' is missing"),
            var other => throw Error(other, $"'{key}' must be a list"),
        };

    /// <summary>Refuses what was not read.</summary>
    public void End()
    {
        if (_map.Entries.FirstOrDefault(e => !_read.Contains(e.Name)) is { } odd)
            throw new SatException(
                ExitCode.Planning,
                $"'{odd.Name}' means nothing here.{NearestName.Hint(odd.Name, _read)} Known: {string.Join(", ", _read.Order(StringComparer.Ordinal))}",
                odd.At
            );
    }

    public SatException Error(string message) => Error(_map, message);

    private static SatException Error(Setting at, string message) => new(ExitCode.Planning, message, at.At);

    /// <summary>A value as JSON: texts without quotes are numbers, truths or null where they look so.</summary>
    public static JsonNode? ToJson(Setting setting) =>
        setting switch
        {
            MapSetting map => new JsonObject(map.Entries.Select(e => KeyValuePair.Create(e.Name, ToJson(e.Value)))),
            ListSetting list => new JsonArray([.. list.Items.Select(ToJson)]),
            ScalarSetting { IsQuoted: false, Text: var text } => text switch
            {
                "" or "null" or "~" => null,
                "true" => JsonValue.Create(true),
                "false" => JsonValue.Create(false),
                _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(
                    whole
                ),
                _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) =>
                    JsonValue.Create(number),
                _ => JsonValue.Create(text),
            },
            ScalarSetting scalar => JsonValue.Create(scalar.Text),
            _ => null,
        };
}

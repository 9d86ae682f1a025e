using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sat.Records.Json;
using Sat.Records.Protocols;

namespace Sat.Reports.Comparison;

/// <summary>Compares protocols field by field, whatever fields there are: a new one is compared without further code.</summary>
public static class ProtocolComparer
{
    private static readonly (string Name, PropertyInfo Property)[] Fields =
    [
        .. typeof(Protocol)
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(p => (JsonNamingPolicy.KebabCaseLower.ConvertName(p.Name), p)),
    ];

    /// <summary>Every field; of components with equal ids, every option that the source states.</summary>
    public static IReadOnlyList<FieldComparison> Compare(Protocol published, Protocol run) =>
        [.. Fields.SelectMany(f => Compare(f.Name, f.Property.GetValue(published), f.Property.GetValue(run)))];

    /// <summary>Compares one field; see <see cref="Compare(Protocol, Protocol)"/>.</summary>
    internal static IEnumerable<FieldComparison> Compare(string field, object? published, object? run)
    {
        if (published is null)
            return [new FieldComparison(field, FieldState.Unstated, null, Text(run))];
        if (published is not ProtocolComponent stated || run is not ProtocolComponent did || stated.Id != did.Id)
        {
            var equal = run is not null && published is not ProtocolComponent && Text(published) == Text(run);
            return [new FieldComparison(field, equal ? FieldState.Equal : FieldState.Different, Text(published), Text(run))];
        }
        return
        [
            new FieldComparison(field, FieldState.Equal, stated.Id, did.Id),
            .. (stated.Options ?? []).Select(option =>
            {
                var value = did.Options?[option.Key];
                var equal = value is not null && CanonicalJson.Write(option.Value) == CanonicalJson.Write(value);
                return new FieldComparison(
                    $"{field}.{option.Key}",
                    equal ? FieldState.Equal : FieldState.Different,
                    Text(option.Value),
                    Text(value)
                );
            }),
        ];
    }

    private static string? Text(object? value) =>
        value switch
        {
            null => null,
            string text => text,
            ProtocolComponent component => component.ToString(),
            JsonValue json when json.TryGetValue<string>(out var text) => text,
            JsonNode json => CanonicalJson.Write(json),
            _ => CanonicalJson.Write(SatJson.ToNode(value)),
        };
}

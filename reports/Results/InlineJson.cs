using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sat.Reports.Results;

/// <summary>Writes a long list of numbers on one line, where an indented document would take one for each; what is not finite becomes
/// null.</summary>
internal sealed class InlineNumbers : JsonConverter<IReadOnlyList<double?>>
{
    public override IReadOnlyList<double?> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<double?[]>(ref reader, options) ?? [];

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<double?> value, JsonSerializerOptions options) =>
        writer.WriteRawValue(Text(value));

    public static byte[] Text(IReadOnlyList<double?> value) =>
        JsonSerializer.SerializeToUtf8Bytes(value.Select(v => v is { } number && double.IsFinite(number) ? v : null));
}

/// <summary>Metric to its values over epochs, a line each.</summary>
internal sealed class InlineCurves : JsonConverter<IReadOnlyDictionary<string, IReadOnlyList<double?>>>
{
    public override IReadOnlyDictionary<string, IReadOnlyList<double?>> Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) =>
        (JsonSerializer.Deserialize<Dictionary<string, double?[]>>(ref reader, options) ?? []).ToDictionary(
            p => p.Key,
            p => (IReadOnlyList<double?>)p.Value
        );

    public override void Write(
        Utf8JsonWriter writer,
        IReadOnlyDictionary<string, IReadOnlyList<double?>> value,
        JsonSerializerOptions options
    )
    {
        writer.WriteStartObject();
        foreach (var (metric, values) in value)
        {
            writer.WritePropertyName(metric);
            writer.WriteRawValue(InlineNumbers.Text(values));
        }
        writer.WriteEndObject();
    }
}

/// <summary>A matrix, a line a row.</summary>
internal sealed class InlineRows : JsonConverter<IReadOnlyList<IReadOnlyList<double>>>
{
    public override IReadOnlyList<IReadOnlyList<double>> Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => JsonSerializer.Deserialize<double[][]>(ref reader, options) ?? [];

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<IReadOnlyList<double>> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var row in value)
            writer.WriteRawValue(JsonSerializer.Serialize(row));
        writer.WriteEndArray();
    }
}

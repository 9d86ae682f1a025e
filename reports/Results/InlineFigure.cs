using System.Text.Json;
using System.Text.Json.Serialization;
using Sat.Records.Figures;
using Sat.Records.Json;

namespace Sat.Reports.Results;

/// <summary>Writes a figure on one line, where an indented document would take one for each number.</summary>
internal sealed class InlineFigure : JsonConverter<Figure>
{
    public override Figure? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<Figure>(ref reader, options);

    public override void Write(Utf8JsonWriter writer, Figure value, JsonSerializerOptions options) =>
        writer.WriteRawValue(SatJson.Write(value));
}

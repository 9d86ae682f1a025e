using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Sat.Records.Json;

/// <summary>How the tool's records are written as JSON: kebab-case names, nulls left out. Unknown members are skipped, but refused where
/// they would change a result (specifications).</summary>
public static class SatJson
{
    /// <summary>One line a document.</summary>
    public static JsonSerializerOptions Compact { get; } = Create(indented: false);

    /// <summary>Indented, for files that people open.</summary>
    public static JsonSerializerOptions Indented { get; } = Create(indented: true);

    /// <summary>Reads a document of the tool.</summary>
    /// <exception cref="JsonException">The text is no JSON or no <typeparamref name="T"/>.</exception>
    public static T Read<T>(string json) => Read<T>(Encoding.UTF8.GetBytes(json));

    /// <summary>Reads a document of the tool, in UTF-8.</summary>
    /// <exception cref="JsonException">The text is no JSON or no <typeparamref name="T"/>.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Compact) ?? throw new JsonException("it contains only 'null'");
        }
        catch (ArgumentException e)
        {
            // So .NET 10 tells of a name that stands twice in a free-form object.
            throw new JsonException(e.Message.Split(" (Parameter ")[0], e);
        }
    }

    /// <summary>Writes a record as one line.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Compact);

    /// <summary>Writes a record indented, with a line break at its end.</summary>
    public static string WriteIndented<T>(T value) => JsonSerializer.Serialize(value, Indented) + "\n";

    /// <summary>Writes a record as <see cref="WriteIndented{T}(T)"/> does, piece by piece in UTF-8: thousands of runs need not be one text
    /// first.</summary>
    public static void WriteIndented<T>(Stream stream, T value)
    {
        JsonSerializer.Serialize(stream, value, Indented);
        stream.WriteByte((byte)'\n');
    }

    /// <summary>A record as a JSON tree.</summary>
    public static JsonNode ToNode<T>(T value) => JsonSerializer.SerializeToNode(value, Compact)!;

    private static JsonSerializerOptions Create(bool indented) =>
        new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { AllowLeftOutNulls, NullsWithin.Refuse } },
            AllowDuplicateProperties = false,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            WriteIndented = indented,
            NewLine = "\n",
        };

    /// <summary>What is left out when it is null need not be there.</summary>
    private static void AllowLeftOutNulls(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => p.AssociatedParameter is { IsNullable: true }))
            property.IsRequired = false;
    }
}

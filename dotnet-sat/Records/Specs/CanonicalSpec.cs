using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sat.Records.Json;

namespace Sat.Records.Specs;

/// <summary>
/// The canonical text of specifications: that of <see cref="CanonicalJson"/>, put together of its components' texts, since
/// the thousands of runs of a study share a handful of components.
/// </summary>
internal static class CanonicalSpec
{
    /// <summary>Beside the components and not in them, where <c>with</c> would copy the text of the original.</summary>
    private static readonly ConditionalWeakTable<ComponentSpec, string> Components = [];

    private static readonly JsonSerializerOptions Sorted = new(SatJson.Compact)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { MakeCanonical } },
    };

    public static string Text(RunSpec spec) => Encoding.UTF8.GetString(Bytes(spec));

    /// <summary>SHA-256 of the canonical text, as 64 lower-case hexadecimal digits.</summary>
    public static string Hash(RunSpec spec) => Convert.ToHexStringLower(SHA256.HashData(Bytes(spec)));

    public static string Text(ComponentSpec component) =>
        Components.GetValue(component, static c => CanonicalJson.Write(SatJson.ToNode(c)));

    private static byte[] Bytes(RunSpec spec) => JsonSerializer.SerializeToUtf8Bytes(spec, Sorted);

    private static void MakeCanonical(JsonTypeInfo type)
    {
        var order = 0;
        foreach (var property in type.Properties.OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            property.Order = order++;
            if (property.PropertyType == typeof(ComponentSpec))
                property.CustomConverter = new ComponentConverter();
            else if (property.PropertyType == typeof(string))
                property.CustomConverter = new TextConverter();
        }
    }

    private sealed class ComponentConverter : JsonConverter<ComponentSpec>
    {
        public override ComponentSpec Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("canonical text is only written");

        public override void Write(Utf8JsonWriter writer, ComponentSpec value, JsonSerializerOptions options) =>
            writer.WriteRawValue(Text(value), skipInputValidation: true);
    }

    /// <summary>RFC 8785 escapes less than .NET does.</summary>
    private sealed class TextConverter : JsonConverter<string>
    {
        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("canonical text is only written");

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WriteRawValue(CanonicalJson.Write(JsonValue.Create(value)), skipInputValidation: true);
    }
}

using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sat.Records.Json;

namespace Sat.Records.Options;

/// <summary>Values of options as JSON; called by what the generator writes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class OptionValue
{
    /// <summary>A default, as schemas have it; null: none.</summary>
    public static JsonNode? Write(object? value) =>
        value is null ? null : JsonSerializer.SerializeToNode(value, value.GetType(), SatJson.Compact);

    /// <summary>The value of an option.</summary>
    /// <param name="options">Resolved options.</param>
    /// <param name="name">The option's name.</param>
    /// <param name="absent">What holds where the option is absent.</param>
    /// <exception cref="JsonException">It has a value of another kind.</exception>
    public static T Read<T>(JsonObject options, string name, T absent)
        where T : notnull => Given(options, name, out var node) ? Convert<T>(node, name) : absent;

    /// <summary>The value of an option that can be null.</summary>
    /// <inheritdoc cref="Read{T}"/>
    public static T? ReadNullable<T>(JsonObject options, string name, T? absent) =>
        !Given(options, name, out var node) ? absent
        : node is null ? default
        : Convert<T>(node, name);

    internal static bool Given(JsonObject options, string name, out JsonNode? node)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.TryGetPropertyValue(name, out node);
    }

    private static T Convert<T>(JsonNode? node, string name)
    {
        try
        {
            if (
                node is not null
                && node.Deserialize<T>(SatJson.Compact) is { } value
                && !(value is string?[] texts && texts.Contains(null))
            )
                return value;
        }
        catch (JsonException e)
        {
            throw Wrong(node, name, e);
        }
        throw Wrong(node, name);
    }

    internal static JsonException Wrong(JsonNode? node, string name, JsonException? inner = null) =>
        new($"the option '{name}' cannot be {(node is null ? "null" : CanonicalJson.Write(node))}", inner);
}

using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sat.Records.Options;

/// <summary>The values of an enumeration under the names that studies use; made by what the generator writes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class OptionChoices<T>(params (string Name, T Value)[] choices)
    where T : struct, Enum
{
    /// <summary>The names.</summary>
    public IReadOnlyList<string> Names { get; } = [.. choices.Select(c => c.Name)];

    /// <summary>A default, as schemas have it; null: none.</summary>
    public JsonNode? Write(T? value)
    {
        foreach (var choice in choices)
        {
            if (value is { } given && EqualityComparer<T>.Default.Equals(choice.Value, given))
                return choice.Name;
        }
        return OptionValue.Write(value);
    }

    /// <inheritdoc cref="OptionValue.Read{T}"/>
    public T Read(JsonObject options, string name, T absent) => OptionValue.Given(options, name, out var node) ? Find(node, name) : absent;

    /// <inheritdoc cref="OptionValue.ReadNullable{T}"/>
    public T? ReadNullable(JsonObject options, string name, T? absent) =>
        !OptionValue.Given(options, name, out var node) ? absent
        : node is null ? null
        : Find(node, name);

    /// <exception cref="JsonException">No choice has this name.</exception>
    private T Find(JsonNode? node, string name)
    {
        if (node?.GetValueKind() == JsonValueKind.String)
        {
            var text = node.GetValue<string>();
            foreach (var choice in choices)
            {
                if (choice.Name == text)
                    return choice.Value;
            }
        }
        throw OptionValue.Wrong(node, name);
    }
}

using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Sat.Records.Json;

/// <summary>Refuses nulls within lists and maps whose elements cannot be null: the serializer heeds annotations of members alone.</summary>
internal static class NullsWithin
{
    private static readonly Lock Annotations = new();
    private static readonly NullabilityInfoContext Context = new();

    /// <summary>A modifier of contracts.</summary>
    public static void Refuse(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        (string Name, Func<object, object?> Get)[] properties =
        [
            .. type
                .Properties.Where(p => p.Get is not null && p.AttributeProvider is PropertyInfo property && MustNotHold(property))
                .Select(p => (p.Name, p.Get!)),
        ];
        if (properties.Length == 0)
            return;
        var before = type.OnDeserialized;
        type.OnDeserialized = value =>
        {
            before?.Invoke(value);
            foreach (var (name, get) in properties)
            {
                if (HoldsNull(get(value)))
                    throw new JsonException($"'{name}' contains a null");
            }
        };
    }

    private static bool HoldsNull(object? value) =>
        value switch
        {
            IDictionary map => map.Values.Cast<object?>().Any(v => v is null),
            IEnumerable list => list.Cast<object?>().Any(v => v is null),
            _ => false,
        };

    private static bool MustNotHold(PropertyInfo property)
    {
        if (
            property.PropertyType == typeof(string)
            || typeof(JsonNode).IsAssignableFrom(property.PropertyType)
            || !typeof(IEnumerable).IsAssignableFrom(property.PropertyType)
        )
            return false;
        // The context is not made for several threads.
        lock (Annotations)
        {
            var info = Context.Create(property);
            var element = info.ElementType ?? info.GenericTypeArguments.LastOrDefault();
            return element is { Type.IsValueType: false, ReadState: NullabilityState.NotNull };
        }
    }
}

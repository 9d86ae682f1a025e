using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sat.Records.Json;

namespace Sat.Records.Options;

/// <summary>Between options records and their schemas.</summary>
public static class OptionReflection
{
    /// <summary>The schemas of a record's options, in the order of its properties.</summary>
    /// <exception cref="ArgumentException">A property has no <see cref="OptionAttribute"/> or a type that no option can have.</exception>
    public static IReadOnlyList<OptionSchema> SchemasOf(Type record)
    {
        var defaults = Activator.CreateInstance(record)!;
        return
        [
            .. record
                .GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(p => p.CanWrite)
                .Select(p => SchemaOf(record, p, p.GetValue(defaults))),
        ];
    }

    /// <summary>A record from resolved options, those of <see cref="OptionBinder"/>, with the paths put back in.</summary>
    public static T ToRecord<T>(JsonObject options, IReadOnlyDictionary<string, string>? paths = null)
        where T : class => (T)ToRecord(typeof(T), options, paths);

    /// <inheritdoc cref="ToRecord{T}"/>
    public static object ToRecord(Type record, JsonObject options, IReadOnlyDictionary<string, string>? paths = null)
    {
        var all = (JsonObject)options.DeepClone();
        foreach (var (name, path) in paths ?? new Dictionary<string, string>())
            all[name] = path;
        return all.Deserialize(record, SatJson.Compact)!;
    }

    private static OptionSchema SchemaOf(Type record, PropertyInfo property, object? value)
    {
        var attribute = property.GetCustomAttribute<OptionAttribute>()
            ?? throw new ArgumentException($"{record.Name}.{property.Name} needs [Option(\"what it does\")]", nameof(record));
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var kind = KindOf(type, attribute)
            ?? throw new ArgumentException($"{record.Name}.{property.Name}: an option cannot be a {type.Name}", nameof(record));
        return new OptionSchema
        {
            Name = JsonNamingPolicy.KebabCaseLower.ConvertName(property.Name),
            Kind = kind,
            Description = attribute.Description,
            Default = value is null ? null : JsonSerializer.SerializeToNode(value, property.PropertyType, SatJson.Compact),
            Required = attribute.Required,
            Min = double.IsInfinity(attribute.Min) ? null : attribute.Min,
            // An int cannot hold more; the bound is not worth a reader's time, so OptionSchema.Range leaves it out.
            Max =
                !double.IsInfinity(attribute.Max) ? attribute.Max
                : type == typeof(int) || type == typeof(int[]) ? int.MaxValue
                : null,
            AboveMin = attribute.AboveMin,
            BelowMax = attribute.BelowMax,
            PerSample = attribute.IsPerSample ? true : null,
            Before = attribute.Before,
            DefaultShare = attribute.DefaultShare > 0 ? attribute.DefaultShare : null,
            Needs = attribute.Needs,
            NoEffect = attribute.NoEffect,
            Choices = type.IsEnum ? [.. Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName)] : null,
        };
    }

    private static OptionKind? KindOf(Type type, OptionAttribute attribute) =>
        type switch
        {
            _ when type == typeof(int) || type == typeof(long) => OptionKind.Integer,
            _ when type == typeof(double) => OptionKind.Number,
            _ when type == typeof(bool) => OptionKind.Boolean,
            _ when type == typeof(string) => attribute.IsPath ? OptionKind.Path : OptionKind.Text,
            _ when type.IsEnum => OptionKind.Choice,
            _ when type == typeof(int[]) || type == typeof(long[]) => OptionKind.IntegerList,
            _ when type == typeof(double[]) => OptionKind.NumberList,
            _ when type == typeof(string[]) => OptionKind.TextList,
            _ => null,
        };
}

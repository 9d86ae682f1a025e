using System.Globalization;
using System.Text.Json.Nodes;
using Sat.Records.Options;

namespace Sat.Sweeps.Schemas;

/// <summary>What a study may write as the value of an option, as JSON Schema: never less than the tool reads.</summary>
internal static class OptionJsonSchema
{
    // A quoted number is a number to the tool; its bounds are the tool's to check.
    private const string Number = @"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?";
    private const string Share = @"\d*\.?\d*\s*%";
    private const string Range = @"[+-]?\d+\.\.[+-]?\d+";

    /// <summary>A value, or a list of them, which is an axis.</summary>
    public static JsonObject For(OptionSchema option)
    {
        ArgumentNullException.ThrowIfNull(option);
        var schema = Listed(Value(option), deep: true);
        schema["description"] = Description(option);
        if (option.Default is { } value && option.DefaultShare is null)
            schema["default"] = value.DeepClone();
        return schema;
    }

    /// <summary>A thing, or a list of such things.</summary>
    /// <param name="schema">The thing.</param>
    /// <param name="deep">True if what is in the list may be a list itself.</param>
    public static JsonObject Listed(JsonObject schema, bool deep)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var items = deep ? Listed(schema.DeepClone().AsObject(), deep: false) : schema.DeepClone();
        return new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "array", ["items"] = items }) };
    }

    private static JsonObject Value(OptionSchema option) =>
        option.Kind switch
        {
            OptionKind.Integer or OptionKind.IntegerList => Numeric(option, "integer"),
            OptionKind.Number or OptionKind.NumberList => Numeric(option, "number"),
            OptionKind.Boolean => new JsonObject { ["type"] = Types("boolean", "string"), ["pattern"] = "^([tT]rue|TRUE|[fF]alse|FALSE)$" },
            OptionKind.Choice => new JsonObject { ["enum"] = new JsonArray([.. option.Choices!.SelectMany(Written)]) },
            OptionKind.Path => new JsonObject { ["type"] = Types("string", "number", "boolean"), ["minLength"] = 1 },
            _ => new JsonObject { ["type"] = Types("string", "number", "boolean", "null") },
        };

    private static JsonObject Numeric(OptionSchema option, string type)
    {
        var schema = new JsonObject { ["type"] = Types(type, "string") };
        if (option.Min is { } min)
            schema[option.AboveMin ? "exclusiveMinimum" : "minimum"] = Bound(min);
        if (option.Max is { } max)
            schema[option.BelowMax ? "exclusiveMaximum" : "maximum"] = Bound(max);
        if (option is { MultipleOf: { } factor, Remainder: null })
            schema["multipleOf"] = factor;
        string?[] forms = [Number, option.TakesShares ? Share : null, option.Kind == OptionKind.IntegerList ? Range : null];
        schema["pattern"] = $@"^\s*({string.Join('|', forms.Where(f => f is not null))})\s*$";
        return schema;
    }

    private static JsonValue Bound(double value) =>
        value == Math.Floor(value) && Math.Abs(value) < 1L << 53 ? JsonValue.Create((long)value) : JsonValue.Create(value);

    private static JsonArray Types(params string[] types) => new([.. types.Select(t => (JsonNode)t)]);

    /// <summary>A choice as a YAML reader may have it: one called <c>1</c> or <c>true</c> is no text to it.</summary>
    private static IEnumerable<JsonNode> Written(string choice)
    {
        yield return choice;
        if (BooleanText.TryParse(choice, out var flag))
            yield return flag;
        else if (double.TryParse(choice, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            yield return number;
    }

    private static string Description(OptionSchema option)
    {
        var range = option.Kind is OptionKind.Text or OptionKind.Path ? "" : $" ({option.Range()})";
        var absent =
            option.Required ? " Needed."
            : option.DefaultText() is { } text ? $" Default: {text}."
            : "";
        return $"{option.Description.TrimEnd('.')}{range}.{absent}";
    }
}

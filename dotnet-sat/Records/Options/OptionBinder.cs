using System.Globalization;
using System.Text.Json.Nodes;
using Sat.Records.Files;
using Sat.Records.Json;
using Sat.Records.Settings;

namespace Sat.Records.Options;

/// <summary>Turns what a person wrote into typed options, by the schemas; finds every error, not only the first.</summary>
public static class OptionBinder
{
    /// <summary>2^53 - 1 bounds the integers that RFC 8785 can tell apart.</summary>
    private const long Largest = (1L << 53) - 1;

    /// <summary>Binds the entries of a map.</summary>
    /// <param name="owner">Who has the options, for messages: <c>method 'sat'</c>.</param>
    /// <param name="schemas">The options that there are.</param>
    /// <param name="given">The entries; those in <paramref name="ignore"/> are somebody else's.</param>
    /// <param name="problems">Receives what is wrong.</param>
    /// <param name="ignore">Names that are no options (<c>id</c>).</param>
    public static BoundOptions Bind(
        string owner,
        IReadOnlyList<OptionSchema> schemas,
        MapSetting given,
        ICollection<Problem> problems,
        params string[] ignore
    )
    {
        var options = new JsonObject();
        var paths = new Dictionary<string, string>();
        foreach (var entry in given.Entries.Where(e => !ignore.Contains(e.Name) && schemas.All(s => s.Name != e.Name)))
        {
            var known = schemas.Count == 0 ? "It has no options." : $"Its options are {string.Join(", ", schemas.Select(s => s.Name))}.";
            problems.Add(
                new Problem(
                    $"{owner} has no option '{entry.Name}'.{NearestName.Hint(entry.Name, schemas.Select(s => s.Name))} {known}",
                    entry.At
                )
            );
        }

        foreach (var schema in schemas)
        {
            var value = given[schema.Name];
            if (value is null)
            {
                if (schema.Required)
                    problems.Add(new Problem($"{owner} needs the option '{schema.Name}': {schema.Description}", given.At));
                else if (schema.Kind != OptionKind.Path && schema.Default is { } fallback)
                    options[schema.Name] = fallback.DeepClone();
                continue;
            }
            if (schema.Kind == OptionKind.Path)
            {
                if (value is ScalarSetting { Text: var text } && text.Contains('\0', StringComparison.Ordinal))
                    problems.Add(new Problem($"{owner}: '{schema.Name}' is not a path: it contains the character NUL", value.At));
                else if (value is ScalarSetting { Text.Length: > 0 } path)
                    paths[schema.Name] = Absolute(path);
                else
                    problems.Add(new Problem($"{owner}: '{schema.Name}' takes one path", value.At));
            }
            else if (Parse(owner, schema, value, problems) is { } node)
            {
                options[schema.Name] = node;
            }
        }
        foreach (var schema in schemas.Where(s => s.AtMost is not null))
            Compare(owner, schema, options, given, problems);
        return new BoundOptions(options, paths);
    }

    private static void Compare(string owner, OptionSchema schema, JsonObject options, MapSetting given, ICollection<Problem> problems)
    {
        var other = schema.AtMost!;
        var (value, most) = (Written(schema.Name), Written(other));
        if (TryNumber(value, out var one) && TryNumber(most, out var bound) && one > bound)
            problems.Add(
                new Problem(
                    $"{owner}: '{schema.Name}' is {value}, but must not exceed '{other}', which is {most}",
                    (given[schema.Name] ?? given[other])?.At ?? given.At
                )
            );

        string Written(string name) => options[name] is { } node ? CanonicalJson.Write(node) : "";
    }

    /// <summary>Paths in a file are relative to that file, others to the working folder; <c>~</c> is the home folder, as it is to a
    /// shell.</summary>
    private static string Absolute(ScalarSetting path)
    {
        var folder = path.At is { Line: not null } at ? Path.GetDirectoryName(Path.GetFullPath(at.File))! : Directory.GetCurrentDirectory();
        return Path.GetFullPath(HomePath.Expand(path.Text), folder);
    }

    private static JsonNode? Parse(string owner, OptionSchema schema, Setting value, ICollection<Problem> problems)
    {
        if (schema.IsList)
        {
            var items = value is ListSetting list ? list.Items : [value];
            if (schema.Kind == OptionKind.IntegerList)
                items = [.. items.SelectMany(IntegerRange.Unfold)];
            var nodes = items.Select(i => Scalar(owner, schema, i, problems)).ToArray();
            if (nodes.Length == 0 && schema.NotEmpty is true)
                problems.Add(new Problem($"{owner}: '{schema.Name}' must be {Expected(schema)}, but is an empty list", value.At));
            return nodes.Any(n => n is null) ? null : new JsonArray(nodes);
        }
        return Scalar(owner, schema, value, problems);
    }

    private static JsonNode? Scalar(string owner, OptionSchema schema, Setting value, ICollection<Problem> problems)
    {
        void Wrong(string found) =>
            problems.Add(new Problem($"{owner}: '{schema.Name}' must be {Expected(schema)}, but is {found}", value.At));

        if (value is not ScalarSetting { Text: var text })
        {
            Wrong(value is ListSetting ? "a list" : "a map");
            return null;
        }
        switch (schema.Kind)
        {
            case OptionKind.Integer
            or OptionKind.IntegerList when TryInteger(text, out var integer) && InRange(schema, integer) && Divides(schema, integer):
                return JsonValue.Create(integer);
            case OptionKind.Number or OptionKind.NumberList when TryNumber(text, out var number) && InRange(schema, number):
                return JsonValue.Create(number);
            case OptionKind.Boolean when BooleanText.TryParse(text, out var boolean):
                return JsonValue.Create(boolean);
            case OptionKind.Boolean:
                Wrong($"'{text}'{BooleanText.Hint(text)}");
                return null;
            case OptionKind.Text or OptionKind.TextList:
                return JsonValue.Create(text);
            case OptionKind.Choice when schema.Choices!.Contains(text):
                return JsonValue.Create(text);
            case OptionKind.Choice:
                Wrong($"'{text}'.{NearestName.Hint(text, schema.Choices!)}");
                return null;
            default:
                Wrong($"'{text}'{(TryNumber(text, out var tooLarge) && Math.Abs(tooLarge) > int.MaxValue ? ", which is too large" : "")}");
                return null;
        }
    }

    private static string Expected(OptionSchema schema) =>
        schema.Kind switch
        {
            OptionKind.Choice => "one of " + string.Join(", ", schema.Choices!),
            OptionKind.Boolean => "true or false",
            OptionKind.Integer => "an " + schema.Range(),
            _ when schema.IsList => schema.Range(),
            _ => "a " + schema.Range(),
        };

    private static bool TryInteger(string text, out long value)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value))
            return value is >= -Largest and <= Largest;
        if (TryNumber(text, out var number) && Math.Abs(number) <= Largest && number == Math.Floor(number))
        {
            value = (long)number;
            return true;
        }
        return false;
    }

    private static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private static bool Divides(OptionSchema schema, long value) =>
        (schema.MultipleOf is not { } factor || (value - (schema.Remainder ?? 0)) % factor == 0)
        && (schema.DivisorOf is not { } whole || (value != 0 && whole % value == 0));

    private static bool InRange(OptionSchema schema, double value) =>
        !(schema.Min is { } min && (schema.AboveMin ? value <= min : value < min))
        && !(schema.Max is { } max && (schema.BelowMax ? value >= max : value > max));
}

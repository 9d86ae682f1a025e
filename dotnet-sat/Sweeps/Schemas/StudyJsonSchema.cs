using System.Text.Json.Nodes;
using Sat.Records.Components;
using Sat.Records.Options;
using Sat.Sweeps.Studies;

namespace Sat.Sweeps.Schemas;

/// <summary>Study files as JSON Schema (draft 2020-12), from the components at hand, so that editors complete and check them. What it
/// refuses, planning refuses; planning refuses more, with better words.</summary>
public sealed class StudyJsonSchema
{
    private const string Settings = "settings",
        Selected = "selection";

    private readonly ComponentCatalog _catalog;
    private readonly JsonObject _definitions = [];

    // Each option once, by its text: the same one is in several places.
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);

    private StudyJsonSchema(ComponentCatalog catalog) => _catalog = catalog;

    /// <summary>Makes the schema; the same components give the same text.</summary>
    /// <param name="catalog">The components that studies may name.</param>
    public static JsonObject For(ComponentCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new StudyJsonSchema(catalog).Study();
    }

    private JsonObject Study()
    {
        foreach (var kind in Enum.GetValues<ComponentKind>())
        {
            var one = $"one-{Name(kind)}";
            _definitions[$"{Name(kind)}-id"] = Enumeration([.. Entries(kind).Select(e => e.Schema.Id)]);
            _definitions[one] = Component(kind);
            _definitions[Name(kind)] = OptionJsonSchema.Listed(Reference(one), deep: true);
        }
        Define("training", RunShape.Training);
        Define(Settings, RunShape.Root);
        Define("evaluation-settings", RunShape.Evaluation);
        _definitions[Selected] = new JsonObject { ["type"] = "object" };
        var text = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean"), ["minLength"] = 1 };
        var properties = new JsonObject
        {
            ["name"] = new JsonObject
            {
                ["description"] = "Names the output folder: lower-case letters, digits and hyphens.",
                ["type"] = new JsonArray("string", "number", "boolean"),
                ["pattern"] = "^[a-z0-9]+(-[a-z0-9]+)*$",
                ["maxLength"] = Studies.Study.LongestName,
            },
            ["description"] = Described("What the study is about, for reports.", text.DeepClone()),
            ["plugins"] = Described("Packages of plugins that the study needs.", Plugins(text)),
            ["preset"] = Described("Fixed training settings instead of the study's.", Enumeration(Presets.Names)),
            ["defaults"] = Described("What all runs share.", Reference(Settings)),
            ["matrix"] = Described(
                "Axes: every combination of their values is a run.",
                AnyOf(Reference(Settings), new JsonObject { ["type"] = "null" })
            ),
            ["exclude"] = Described("Combinations to leave out.", List(Reference(Settings))),
            ["include"] = Described("Runs to add.", List(Reference(Settings))),
            ["evaluate"] = Described(
                "What to measure on finished runs.",
                OneOrList(AnyOf(Reference("evaluation-settings"), Reference(Name(ComponentKind.Evaluation))))
            ),
            ["sinks"] = Described("Where measurements go, beside the tool's own files.", OneOrList(Reference(Name(ComponentKind.Sink)))),
            ["baselines"] = Described("Published values to compare with.", OneOrList(text.DeepClone().AsObject())),
            ["margin"] = new JsonObject
            {
                ["description"] = "The largest difference from a published value, in points, that does not matter. Default: 0.5.",
                ["type"] = new JsonArray("number", "string"),
                ["exclusiveMinimum"] = 0,
                ["exclusiveMaximum"] = 100,
            },
            ["expect"] = Described("What should be seen; the report says whether it was.", List(Expectation())),
            ["allow-no-effect"] = Described(
                "True if options may have no effect in a run, which otherwise is an error.",
                new JsonObject { ["type"] = new JsonArray("boolean", "string") }
            ),
        };
        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "A study of dotnet sat",
            ["type"] = "object",
            ["required"] = new JsonArray("name"),
            ["additionalProperties"] = false,
            ["properties"] = properties,
            ["$defs"] = _definitions,
        };
    }

    private static JsonObject Plugins(JsonObject text) =>
        OneOrList(
            AnyOf(
                text.DeepClone().AsObject(),
                new JsonObject
                {
                    ["type"] = "object",
                    ["required"] = new JsonArray("id"),
                    ["additionalProperties"] = false,
                    ["properties"] = new JsonObject { ["id"] = text.DeepClone(), ["version"] = text.DeepClone() },
                }
            )
        );

    private JsonObject Expectation()
    {
        var metrics = _catalog.Metrics.Declared.Select(m => m.Name).ToArray();
        return new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray("metric"),
            ["additionalProperties"] = false,
            ["anyOf"] = new JsonArray(
                new JsonObject { ["required"] = new JsonArray("at-least") },
                new JsonObject { ["required"] = new JsonArray("above") }
            ),
            ["properties"] = new JsonObject
            {
                // Its names are offered, not demanded: what a run will measure is known when it is planned.
                ["metric"] = Described(
                    "A metric of the runs, such as test-accuracy.",
                    AnyOf(Enumeration(metrics), new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") })
                ),
                ["where"] = Described("The settings of the runs that are meant.", Reference(Selected)),
                ["at-least"] = Described("The value to reach.", new JsonObject { ["type"] = new JsonArray("number", "string") }),
                ["above"] = Described("The settings of the runs to beat.", Reference(Selected)),
                ["because"] = Described("Why.", new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") }),
            },
        };
    }

    /// <summary>Defines a group with every way to name something in it, dotted ones included.</summary>
    private void Define(string name, GroupShape group)
    {
        var properties = new JsonObject();
        foreach (var (path, schema) in Paths(group))
            properties[path] = schema;
        _definitions[$"one-{name}"] = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = properties,
        };
        _definitions[name] = OneOrList(Reference($"one-{name}"));
    }

    private IEnumerable<(string Path, JsonObject Schema)> Paths(GroupShape group)
    {
        foreach (var (name, child) in group.Children)
        {
            switch (child)
            {
                case ValueShape { Schema: { } option }:
                    yield return (name, Option(name, option));
                    break;
                case ComponentShape component:
                    yield return (name, Reference(Name(component.Kind)));
                    foreach (var (option, schema) in Options(component.Kind))
                        yield return ($"{name}.{option}", schema);
                    break;
                case GroupShape inner:
                    yield return (name, Reference(name));
                    foreach (var (path, schema) in Paths(inner))
                        yield return ($"{name}.{path}", schema);
                    break;
            }
        }
    }

    /// <summary>The options of all components of a kind, which layers may set without naming one.</summary>
    private IEnumerable<(string Name, JsonObject Schema)> Options(ComponentKind kind)
    {
        yield return (Layer.Id, Ids(kind));
        yield return (Layer.Revision, Revision());
        foreach (var options in Entries(kind).SelectMany(e => e.Schema.Options).GroupBy(o => o.Name))
        {
            var known = options.Select(o => Option($"{Name(kind)}.{o.Name}", o)).DistinctBy(o => o.ToJsonString()).ToArray();
            yield return (options.Key, known.Length == 1 ? known[0] : AnyOf(known));
        }
    }

    /// <summary>A component: its id, or a map with options.</summary>
    private JsonObject Component(ComponentKind kind)
    {
        var properties = new JsonObject();
        foreach (var (name, schema) in Options(kind))
            properties[name] = schema;
        // Versions side by side have other options under one id: which, their revision says.
        var ofOne = new JsonArray([.. Entries(kind).Select(e => (JsonNode)OptionsOfOne(kind, e))]);
        var revised = new JsonObject { ["required"] = new JsonArray(Layer.Revision) };
        var map = new JsonObject
        {
            ["type"] = "object",
            ["if"] = revised,
            ["then"] = new JsonObject
            {
                ["properties"] = new JsonObject { [Layer.Id] = Ids(kind), [Layer.Revision] = Revision() },
            },
            ["else"] = new JsonObject { ["properties"] = properties, ["additionalProperties"] = false },
        };
        if (ofOne.Count > 0)
            map["allOf"] = ofOne;
        return AnyOf(Reference($"{Name(kind)}-id"), map);
    }

    private JsonObject OptionsOfOne(ComponentKind kind, CatalogEntry entry)
    {
        var names = entry.Schema.Options.Select(o => o.Name).Append(Layer.Id);
        var properties = new JsonObject();
        foreach (var option in entry.Schema.Options)
            properties[option.Name] = Option($"{Name(kind)}.{option.Name}", option);
        properties[Layer.Id] = new JsonObject { ["description"] = entry.Schema.Summary };
        return new JsonObject
        {
            ["if"] = new JsonObject
            {
                ["required"] = new JsonArray(Layer.Id),
                ["properties"] = new JsonObject { [Layer.Id] = new JsonObject { ["const"] = entry.Schema.Id } },
                ["not"] = new JsonObject { ["required"] = new JsonArray(Layer.Revision) },
            },
            ["then"] = new JsonObject { ["properties"] = properties, ["propertyNames"] = Enumeration([.. names]) },
        };
    }

    /// <summary>An option, defined where it is first met; options of one name differ by number.</summary>
    private JsonObject Option(string name, OptionSchema option)
    {
        var schema = OptionJsonSchema.For(option);
        var text = $"{name} {schema.ToJsonString()}";
        if (!_options.TryGetValue(text, out var definition))
        {
            definition = name;
            for (var n = 2; _definitions.ContainsKey(definition); n++)
                definition = $"{name}-{n}";
            _options[text] = definition;
            _definitions[definition] = schema;
        }
        return Reference(definition);
    }

    private static JsonObject Ids(ComponentKind kind) => OneOrList(Reference($"{Name(kind)}-id"));

    private static JsonObject Revision() =>
        new()
        {
            ["description"] = "Which revision of the component, where versions of its plugin are side by side.",
            ["type"] = new JsonArray("integer", "string"),
            ["minimum"] = 1,
        };

    private IEnumerable<CatalogEntry> Entries(ComponentKind kind) => _catalog.Entries.Where(e => e.Schema.Kind == kind);

    private static string Name(ComponentKind kind) => kind.ToString().ToLowerInvariant();

    private static JsonObject Reference(string definition) => new() { ["$ref"] = $"#/$defs/{definition}" };

    private static JsonObject AnyOf(params JsonObject[] schemas) => new() { ["anyOf"] = new JsonArray([.. schemas]) };

    private static JsonObject Enumeration(IReadOnlyCollection<string> values) =>
        // Of no values: nothing fits.
        values.Count == 0
            ? new() { ["not"] = new JsonObject() }
            : new() { ["enum"] = new JsonArray([.. values.Select(v => (JsonNode)v)]) };

    private static JsonObject List(JsonObject items) => new() { ["type"] = "array", ["items"] = items };

    private static JsonObject OneOrList(JsonObject schema) => OptionJsonSchema.Listed(schema, deep: false);

    private static JsonObject Described(string description, JsonNode schema)
    {
        schema["description"] = description;
        return schema.AsObject();
    }
}

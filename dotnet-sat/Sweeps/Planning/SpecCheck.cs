using System.Text.Json.Nodes;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Json;
using Sat.Records.Options;
using Sat.Records.Settings;
using Sat.Records.Specs;
using Sat.Sweeps.Studies;

namespace Sat.Sweeps.Planning;

/// <summary>Checks a specification that was read rather than planned, as a request edited by hand: no plan could hold what it
/// refuses.</summary>
public static class SpecCheck
{
    /// <summary>Refuses unknown components and options, missing ones, and values out of range.</summary>
    /// <param name="spec">The specification.</param>
    /// <param name="catalog">The components at hand.</param>
    /// <param name="file">Where it was read, for messages.</param>
    /// <exception cref="SatException">All that is wrong (exit code 2).</exception>
    public static void Require(RunSpec spec, ComponentCatalog catalog, string file)
    {
        var problems = new ProblemList();
        var at = new SourceLocation(file);
        foreach (var (slot, component) in SpecSlots.In(spec))
        {
            var kind = slot.Kind;
            if (catalog.Find(kind, component) is { Schema: var schema })
                Check(
                    $"{kind.ToString().ToLowerInvariant()} '{component.Id}'",
                    [.. schema.Options.Where(o => o.Kind != OptionKind.Path)],
                    component.Options
                );
            else
                problems.Add(catalog.Unknown(kind, component.Id, component.Revision), at);
        }
        Check("training", RunShape.TrainingOptions, Part(SatJson.ToNode(spec.Training), RunShape.TrainingOptions));
        Check("the run", RunShape.RunOptions, Part(SatJson.ToNode(spec), RunShape.RunOptions));
        problems.ThrowIfAny();

        void Check(string owner, IReadOnlyList<OptionSchema> schemas, JsonObject options)
        {
            var wrong = new List<Problem>();
            var bound = OptionBinder.Bind(owner, schemas, (MapSetting)ToSetting(options, at), wrong).Options;
            foreach (var problem in wrong)
                problems.Add(problem);
            if (wrong.Count > 0)
                return;
            // Nothing is filled in or typed anew: that would make it another run than its id says.
            foreach (
                var (name, value) in bound.Where(b =>
                    options[b.Key] is not { } given || CanonicalJson.Write(given) != CanonicalJson.Write(b.Value)
                )
            )
                problems.Add($"{owner}: '{name}' is missing; its value is {CanonicalJson.Write(value)}.", at);
        }
    }

    private static JsonObject Part(JsonNode whole, IReadOnlyList<OptionSchema> schemas) =>
        new(schemas.Where(s => whole[s.Name] is not null).Select(s => KeyValuePair.Create(s.Name, whole[s.Name]?.DeepClone())));

    private static Setting ToSetting(JsonNode? node, SourceLocation at) =>
        node switch
        {
            JsonObject map => new MapSetting([.. map.Select(e => new MapEntry(e.Key, ToSetting(e.Value, at), at))], at),
            JsonArray list => new ListSetting([.. list.Select(i => ToSetting(i, at))], at),
            JsonValue value when value.TryGetValue<string>(out var text) => new ScalarSetting(text, at),
            null => new ScalarSetting("", at),
            _ => new ScalarSetting(CanonicalJson.Write(node), at),
        };
}

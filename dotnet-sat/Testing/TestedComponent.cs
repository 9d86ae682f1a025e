using System.Text.Json.Nodes;
using Sat.Hosting;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Data;
using Sat.Records.Options;
using Sat.Records.Settings;
using Sat.Records.Specs;

namespace Sat.Sdk.Testing;

/// <summary>A component as planning resolves it: every option with its default, but for those given.</summary>
/// <param name="Spec">What a run's specification says of it.</param>
/// <param name="Paths">Its path options, name to absolute path.</param>
public sealed record TestedComponent(ComponentSpec Spec, IReadOnlyDictionary<string, string> Paths)
{
    /// <summary>Resolves a component.</summary>
    /// <exception cref="ConformanceException">There is no such component, or an option is wrong.</exception>
    internal static TestedComponent From(PluginHost host, ComponentKind kind, string id, JsonObject options)
    {
        var (schema, bound) = Bind(host, kind, id, options);
        var files = bound
            .Paths.SelectMany(p =>
                DataFiles
                    .At($"{schema.Kind} '{id}'", p.Value, schema.Reads)
                    .Checksums()
                    .Select(f => KeyValuePair.Create(bound.Paths.Count > 1 ? $"{p.Key}/{f.Key}" : f.Key, f.Value))
            )
            .ToDictionary();
        var spec = new ComponentSpec
        {
            Id = id,
            Revision = schema.Revision,
            Options = bound.Options,
            Files = files.Count > 0 ? files : null,
        };
        return new TestedComponent(spec, bound.Paths);
    }

    /// <summary>The same without its files.</summary>
    /// <exception cref="ConformanceException">There is no such component, or an option is wrong.</exception>
    internal static (ComponentSchema Schema, BoundOptions Bound) Bind(PluginHost host, ComponentKind kind, string id, JsonObject options)
    {
        var schema = host.Catalog.Find(kind, id)?.Schema ?? throw new ConformanceException(host.Catalog.Unknown(kind, id));
        var problems = new List<Problem>();
        var bound = OptionBinder.Bind($"{schema.Kind} '{id}'", schema.Options, Map(options), problems);
        ConformanceException.Require(problems.Count == 0, string.Join('\n', problems.Select(p => p.Message)));
        return (schema, bound);
    }

    private static MapSetting Map(JsonObject options) => new([.. options.Select(o => new MapEntry(o.Key, Setting(o.Value)))]);

    private static Setting Setting(JsonNode? value) =>
        value is JsonArray list ? new ListSetting([.. list.Select(Setting)]) : new ScalarSetting(value?.ToString() ?? "");
}

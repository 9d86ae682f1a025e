using System.Text.Json.Nodes;
using Sat.Hosting;
using Sat.Records.Components;
using Sat.Records.Options;
using Sat.Records.Specs;

namespace Sat.Tests.PluginKit;

/// <summary>Components as a run's specification names them.</summary>
public static class ComponentSpecs
{
    /// <summary>A component with the revision and the defaults of its manifest, as planning makes it.</summary>
    /// <param name="host">Knows the component.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="id">Its id.</param>
    /// <param name="options">What differs from the defaults.</param>
    public static ComponentSpec Spec(this PluginHost host, ComponentKind kind, string id, JsonObject? options = null)
    {
        var schema = host.Catalog.Find(kind, id)?.Schema ?? throw new ArgumentException($"there is no {kind} '{id}'", nameof(id));
        var all = new JsonObject(
            schema.Options.Where(o => o.Kind != OptionKind.Path).Select(o => KeyValuePair.Create(o.Name, o.Default?.DeepClone()))
        );
        foreach (var (name, value) in options ?? [])
            all[name] = value?.DeepClone();
        return new ComponentSpec
        {
            Id = id,
            Revision = schema.Revision,
            Options = all,
        };
    }
}

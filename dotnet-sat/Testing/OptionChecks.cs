using System.Globalization;
using System.Text.Json.Nodes;
using Sat.Records.Components;
using Sat.Records.Options;

namespace Sat.Sdk.Testing;

/// <summary>What planning relies on in the options of a component, each as a check that throws
/// <see cref="ConformanceException"/>.</summary>
/// <param name="plugin">The plugin.</param>
/// <param name="kind">The component's kind.</param>
/// <param name="id">The component's id.</param>
public sealed class OptionChecks(PluginUnderTest plugin, ComponentKind kind, string id)
{
    /// <summary>Every default is a value that a study may give, and means the same when it does.</summary>
    public void DefaultsAreValues()
    {
        foreach (var option in Options().Where(o => o is { Required: false, Default: not null, Kind: not OptionKind.Path }))
        {
            var given = Bind(option.Name, option.Default!.DeepClone()).Options[option.Name];
            ConformanceException.Require(
                JsonNode.DeepEquals(given, option.Default),
                $"the default of '{option.Name}' is {option.Default!.ToJsonString()}, but a study that gives it means {given?.ToJsonString()}"
            );
        }
    }

    /// <summary>A value beyond a bound is refused when a run is planned.</summary>
    public void ValuesOutOfRangeAreRefused()
    {
        foreach (var option in Options().Where(o => o.Kind is OptionKind.Integer or OptionKind.Number))
        {
            foreach (var beyond in new[] { option.Min - 1, option.Max is < int.MaxValue ? option.Max + 1 : null }.OfType<double>())
            {
                try
                {
                    _ = Bind(option.Name, JsonValue.Create(beyond));
                }
                catch (ConformanceException)
                {
                    continue;
                }
                throw new ConformanceException(
                    $"'{option.Name}' takes {beyond.ToString(CultureInfo.InvariantCulture)}, which is outside of its range, {option.Range()}"
                );
            }
        }
    }

    private BoundOptions Bind(string name, JsonNode? value) => TestedComponent.Bind(plugin.Host, kind, id, WithRequired(name, value)).Bound;

    private IReadOnlyList<OptionSchema> Options() =>
        plugin.Host.Catalog.Find(kind, id)?.Schema.Options ?? throw new ConformanceException(plugin.Host.Catalog.Unknown(kind, id));

    /// <summary>An option, and values for those without which no run can be planned.</summary>
    private JsonObject WithRequired(string name, JsonNode? value)
    {
        var options = new JsonObject();
        foreach (var other in Options().Where(o => o.Required && o.Name != name))
            options[other.Name] =
                other.Kind == OptionKind.Path ? plugin.Folder
                : other.Choices is [var first, ..] ? first
                : other.Kind == OptionKind.Boolean ? "true"
                : (other.Min ?? 1) + (other.AboveMin ? 1 : 0);
        options[name] = value;
        return options;
    }
}

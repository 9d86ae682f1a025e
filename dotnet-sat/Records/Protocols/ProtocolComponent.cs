using System.Text.Json.Nodes;
using Sat.Records.Json;

namespace Sat.Records.Protocols;

/// <summary>A component and the options that a source states; options it does not state are absent.</summary>
/// <param name="Id">The component's id.</param>
/// <param name="Options">Option to value.</param>
public sealed record ProtocolComponent(string Id, JsonObject? Options = null)
{
    /// <summary>The id and options, as one reads them: <c>sgd lr=0.1 momentum=0.9</c>.</summary>
    public override string ToString() =>
        string.Join(
            ' ',
            [
                Id,
                .. (Options ?? []).Select(o =>
                    $"{o.Key}={(o.Value is JsonValue v && v.TryGetValue<string>(out var s) ? s : CanonicalJson.Write(o.Value))}"
                ),
            ]
        );
}

using System.Globalization;
using System.Text.Json.Nodes;
using Sat.Sdk;

namespace Sat.Engine.Checkpoints;

/// <summary>Reads the numbers of a method or an optimizer into JSON.</summary>
/// <param name="to">Receives them.</param>
/// <param name="prefix">Before each name.</param>
internal sealed class WrittenNumbers(JsonObject to, string prefix = "") : IStateNumbers
{
    // JSON has no number for what is not finite.
    public void Keep(string name, ref double value) =>
        to.Add(
            prefix + name,
            double.IsFinite(value) ? JsonValue.Create(value) : JsonValue.Create(value.ToString(CultureInfo.InvariantCulture))
        );

    public void Keep(string name, ref long value) => to.Add(prefix + name, JsonValue.Create(value));
}

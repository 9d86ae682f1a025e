using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sat.Sdk;

namespace Sat.Engine.Checkpoints;

/// <summary>Puts back the numbers that <see cref="WrittenNumbers"/> has read.</summary>
/// <param name="from">Has them; null: there are none.</param>
/// <param name="prefix">Before each name.</param>
internal sealed class ReadNumbers(JsonObject? from, string prefix = "") : IStateNumbers
{
    public void Keep(string name, ref double value) =>
        value = Of(name, n =>
            n.GetValueKind() == JsonValueKind.String
                ? double.Parse(n.GetValue<string>(), CultureInfo.InvariantCulture)
                : n.GetValue<double>()
        );

    public void Keep(string name, ref long value) => value = Of(name, n => n.GetValue<long>());

    private T Of<T>(string name, Func<JsonNode, T> read)
    {
        var number = from?[prefix + name] ?? throw new InvalidDataException($"there is no number {prefix}{name} in the file");
        try
        {
            return read(number);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"the number {prefix}{name} in the file is {number.ToJsonString()}", e);
        }
    }
}

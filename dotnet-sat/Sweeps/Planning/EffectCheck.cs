using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sat.Records.Json;
using Sat.Records.Options;

namespace Sat.Sweeps.Planning;

/// <summary>Finds options that have no effect in their run, by the rules that components bring along (<see cref="OptionAttribute.Before"/>,
/// <see cref="OptionAttribute.Needs"/>).</summary>
internal static class EffectCheck
{
    /// <summary>What is wrong with the options of a component, or of training: the path of each, a sentence's first clause, what to do
    /// about it, and the setting that it does not do without.</summary>
    /// <param name="owner">The component's path in the run, such as <c>method</c>.</param>
    /// <param name="id">Its id.</param>
    /// <param name="options">Its options.</param>
    /// <param name="settings">The run's.</param>
    public static IEnumerable<(string Path, string Clause, string Remedy, string? Needed)> Of(
        string owner,
        string id,
        IReadOnlyList<OptionSchema> options,
        PlannedSettings settings
    )
    {
        foreach (var option in options)
        {
            if (option.Before is null && option.Needs is null)
                continue;
            var path = $"{owner}.{option.Name}";
            if (settings[path] is not { } value)
                continue;
            if (
                option.Before is { } before
                && Full(owner, before) is var limit
                && settings.Knows(limit)
                && Number(settings[limit]) is { } bound
                && Numbers(value).Where(v => v >= bound).ToArray() is { Length: > 0 } beyond
            )
            {
                var text = string.Join(", ", beyond.Select(Text));
                var share = option.TakesShares ? $", or a share of it such as {option.Name}: {(option.IsList ? "[30%]" : "30%")}" : "";
                yield return (
                    path,
                    Clause(option, id, path, text, Text(bound), $"{path} is {text} of {Text(bound)} ({limit}): it has no effect"),
                    $"Give less than {limit}{share}",
                    null
                );
            }
            else if (
                option.Needs is { } needs
                && Full(owner, needs) is var needed
                && settings.Knows(needed)
                && IsOff(settings[needed])
                && !IsDefault(option, value)
            )
            {
                var text = CanonicalJson.Write(value).Trim('"');
                yield return (
                    path,
                    Clause(option, id, path, text, "", $"{path} has no effect {Without(needed, settings[needed])}"),
                    $"Leave {path} out, or give {needed}",
                    needed
                );
            }
        }
    }

    private static string Without(string needed, JsonNode? value) =>
        value is null ? $"without {needed}" : $"while {needed} is {CanonicalJson.Write(value)}";

    private static string Full(string owner, string path) => path.Contains('.', StringComparison.Ordinal) ? path : $"{owner}.{path}";

    private static string Clause(OptionSchema option, string id, string path, string value, string bound, string otherwise) =>
        option.NoEffect is not { } clause
            ? otherwise
            : clause
                .Replace("{id}", id, StringComparison.Ordinal)
                .Replace("{path}", path, StringComparison.Ordinal)
                .Replace("{value}", value, StringComparison.Ordinal)
                .Replace("{bound}", bound, StringComparison.Ordinal);

    private static IEnumerable<double> Numbers(JsonNode value) =>
        value is JsonArray list ? list.Select(Number).OfType<double>()
        : Number(value) is { } one ? [one]
        : [];

    private static double? Number(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.Number ? double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture) : null;

    private static string Text(double value) => CanonicalJson.Write(JsonValue.Create(value));

    private static bool IsOff(JsonNode? value) =>
        value?.GetValueKind() switch
        {
            null or JsonValueKind.Null or JsonValueKind.False => true,
            JsonValueKind.Number => Number(value) is 0,
            JsonValueKind.Array => ((JsonArray)value).All(IsOff),
            _ => false,
        };

    private static bool IsDefault(OptionSchema option, JsonNode value) =>
        option.Default is { } fallback && CanonicalJson.Write(fallback) == CanonicalJson.Write(value);
}

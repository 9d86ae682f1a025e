using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Sat.Records.Metrics;

/// <summary>A metric, as whoever reports it declares it. Manifests list those of methods and evaluations, so that reports, tables and
/// progress know units and directions without loading a plugin.</summary>
public sealed partial record MetricSchema
{
    /// <summary>The longest name, in characters.</summary>
    public const int LongestName = 64;

    /// <summary>Lower-case letters, digits and hyphens, such as <c>knn-top1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What people read in its place, such as <c>k-nearest-neighbour accuracy</c>: lower case but for names, without a
    /// unit.</summary>
    public required string Title { get; init; }

    /// <summary>What its values are.</summary>
    [JsonIgnore]
    public MetricUnit Unit { get; init; }

    /// <summary><see cref="Unit"/> as JSON has it. A text, since the serialiser compiles a hundred methods for each enumeration it meets,
    /// and every command reads manifests.</summary>
    [JsonInclude, JsonPropertyName("unit")]
    internal string UnitText
    {
        get => Unit == MetricUnit.Share ? "share" : "number";
        init =>
            Unit = value switch
            {
                "number" => MetricUnit.Number,
                "share" => MetricUnit.Share,
                _ => throw new JsonException($"'{value}' is no unit of a metric: number or share"),
            };
    }

    /// <summary>Which values are better.</summary>
    [JsonIgnore]
    public MetricDirection Better { get; init; }

    /// <summary><see cref="Better"/> as JSON has it.</summary>
    [JsonInclude, JsonPropertyName("better")]
    internal string BetterText
    {
        get =>
            Better switch
            {
                MetricDirection.Higher => "higher",
                MetricDirection.Lower => "lower",
                _ => "none",
            };
        init =>
            Better = value switch
            {
                "none" => MetricDirection.None,
                "higher" => MetricDirection.Higher,
                "lower" => MetricDirection.Lower,
                _ => throw new JsonException($"'{value}' is no direction of a metric: none, higher or lower"),
            };
    }

    /// <summary>True for the one share that a component is judged by, where there is no test accuracy.</summary>
    public bool IsMain { get; init; }

    /// <summary>
    /// The name that published values have for what is measured, such as <c>selective-error</c>; null: <see cref="Name"/>.
    /// </summary>
    public string? Published { get; init; }

    /// <summary>
    /// Under which conditions it is measured, by the names that published values have for them (<c>coverage: 95</c>); <c>{option}</c> in a
    /// value stands for the component's option of that name (<c>attack: pgd-{steps}</c>). Null: none.
    /// </summary>
    public IReadOnlyDictionary<string, string>? When { get; init; }

    /// <summary>
    /// The component's options that published values stand for, name to value: with another value, such as fewer images or weaker attacks,
    /// only the direction is compared. Null: none.
    /// </summary>
    public IReadOnlyDictionary<string, string>? PublishedWith { get; init; }

    /// <summary>For metrics that are 0 or 1: what a 1 says. Null: it says nothing of the kind.</summary>
    public MetricAlarm? Alarm { get; init; }

    /// <summary>The point of a curve that it is; null: of none.</summary>
    public MetricPoint? Point { get; init; }

    /// <summary>What should hold of it; null: nothing is checked.</summary>
    public IReadOnlyList<MetricCheck>? Checks { get; init; }

    /// <summary>True for a text that can name a metric.</summary>
    public static bool IsName(string text) => text.Length <= LongestName && NamePattern().IsMatch(text);

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamePattern();
}

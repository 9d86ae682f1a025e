using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sat.Records.Json;

namespace Sat.Records.Options;

/// <summary>One option of a component, as a manifest lists it.</summary>
public sealed record OptionSchema
{
    /// <summary>Kebab-case name.</summary>
    public required string Name { get; init; }

    /// <summary>What its value is.</summary>
    public required OptionKind Kind { get; init; }

    /// <summary>What it does.</summary>
    public required string Description { get; init; }

    /// <summary>The value when none is given; null: none.</summary>
    public JsonNode? Default { get; init; }

    /// <summary>True if a value must be given.</summary>
    public bool Required { get; init; }

    /// <summary>Smallest value; null: no bound.</summary>
    public double? Min { get; init; }

    /// <summary>Largest value; null: no bound.</summary>
    public double? Max { get; init; }

    /// <summary>True if <see cref="Min"/> is not allowed itself.</summary>
    public bool AboveMin { get; init; }

    /// <summary>True if <see cref="Max"/> is not allowed itself.</summary>
    public bool BelowMax { get; init; }

    /// <summary>See <see cref="OptionAttribute.MultipleOf"/>; null: of nothing.</summary>
    public int? MultipleOf { get; init; }

    /// <summary>See <see cref="OptionAttribute.Remainder"/>; null: none.</summary>
    public int? Remainder { get; init; }

    /// <summary>See <see cref="OptionAttribute.DivisorOf"/>; null: of nothing.</summary>
    public int? DivisorOf { get; init; }

    /// <summary>See <see cref="OptionAttribute.AtMost"/>.</summary>
    public string? AtMost { get; init; }

    /// <summary>See <see cref="OptionAttribute.NotEmpty"/>; null: it may be empty.</summary>
    public bool? NotEmpty { get; init; }

    /// <summary>The values of a <see cref="OptionKind.Choice"/>.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>See <see cref="OptionAttribute.IsPerSample"/>; null: it is not.</summary>
    public bool? PerSample { get; init; }

    /// <summary>See <see cref="OptionAttribute.Before"/>.</summary>
    public string? Before { get; init; }

    /// <summary>See <see cref="OptionAttribute.DefaultShare"/>; null: <see cref="Default"/> holds.</summary>
    public double? DefaultShare { get; init; }

    /// <summary>See <see cref="OptionAttribute.Needs"/>.</summary>
    public string? Needs { get; init; }

    /// <summary>See <see cref="OptionAttribute.NoEffect"/>.</summary>
    public string? NoEffect { get; init; }

    /// <summary>True for the kinds that hold several values.</summary>
    [JsonIgnore]
    public bool IsList => Kind is OptionKind.IntegerList or OptionKind.NumberList or OptionKind.TextList;

    /// <summary>True if a study may give a share of <see cref="Before"/>.</summary>
    [JsonIgnore]
    public bool TakesShares => Before is not null && Kind is OptionKind.Integer or OptionKind.IntegerList;

    /// <summary>The values allowed, in words: <c>0 &lt; x &lt;= 1</c>, <c>a | b</c>, or the kind.</summary>
    public string Range() => TakesShares ? $"{Values()}, or {(IsList ? "shares" : "a share")} of {Before} such as 30%" : Values();

    private string Values()
    {
        if (Choices is { } choices)
            return string.Join(" | ", choices);
        var kind = Kind switch
        {
            OptionKind.Integer => "integer",
            OptionKind.Number => "number",
            OptionKind.Boolean => "true | false",
            OptionKind.Path => "path",
            OptionKind.IntegerList => "integers",
            OptionKind.NumberList => "numbers",
            OptionKind.TextList => "texts",
            _ => "text",
        };
        var bounds = (Min, Max is int.MaxValue ? null : Max) switch
        {
            (null, null) => kind,
            ({ } min, null) => $"{kind} {(AboveMin ? ">" : ">=")} {Text(min)}",
            (null, { } max) => $"{kind} {(BelowMax ? "<" : "<=")} {Text(max)}",
            ({ } min, { } max) => $"{kind} in {(AboveMin ? "(" : "[")}{Text(min)}, {Text(max)}{(BelowMax ? ")" : "]")}",
        };
        return bounds
            + (MultipleOf is { } factor ? $", {(Remainder is { } more ? $"{more} more than " : "")}a multiple of {factor}" : "")
            + (DivisorOf is { } whole ? $", a divisor of {whole}" : "")
            + (AtMost is { } other ? $", at most '{other}'" : "")
            + (NotEmpty is true ? ", at least one" : "");
    }

    /// <summary>A share as a study gives it: <c>30%</c>.</summary>
    public static string Percent(double share) => Text(Math.Round(share * 100, 6)) + "%";

    /// <summary>The value when none is given, in words: <c>0.9</c>, or <c>30% of training.epochs</c>; null: none.</summary>
    public string? DefaultText() =>
        DefaultShare is { } share ? $"{Percent(share)} of {Before}"
        : Default is { } value ? CanonicalJson.Write(value).Trim('"')
        : null;

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

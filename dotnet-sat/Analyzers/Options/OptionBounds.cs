using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Sat.Sdk.Analyzers.Options;

/// <summary>What an <c>[Option]</c> says, as far as it is a constant that has a meaning.</summary>
sealed class OptionBounds(AttributeData attribute)
{
    public string? Description => attribute.ConstructorArguments.FirstOrDefault().Value as string;

    public double? Min => Finite("Min");

    public double? Max => Finite("Max");

    public bool AboveMin => Flag("AboveMin");

    public bool BelowMax => Flag("BelowMax");

    public int? MultipleOf => Whole("MultipleOf");

    public int? Remainder => Whole("Remainder");

    public int? DivisorOf => Whole("DivisorOf");

    public string? AtMost => Text("AtMost");

    public bool NotEmpty => Flag("NotEmpty");

    public bool Required => Flag("Required");

    public bool IsPath => Flag("IsPath");

    public bool IsPerSample => Flag("IsPerSample");

    public string? Before => Text("Before");

    public double? DefaultShare => Named("DefaultShare") as double?;

    public string? Needs => Text("Needs");

    public string? NoEffect => Text("NoEffect");

    /// <summary>True if a value lies within the bounds.</summary>
    public bool Allows(double value) =>
        !(Min is { } min && (AboveMin ? value <= min : value < min))
        && !(Max is { } max && (BelowMax ? value >= max : value > max))
        && !(MultipleOf is { } factor && (value - (Remainder ?? 0)) % factor != 0)
        && !(DivisorOf is { } whole && (value == 0 || whole % value != 0));

    /// <summary>The bounds as studies read them: <c>0 &lt; x &lt;= 1</c>.</summary>
    public string InWords() =>
        (Min is { } min ? $"{Number(min)} {(AboveMin ? "<" : "<=")} " : "")
        + "x"
        + (Max is { } max ? $" {(BelowMax ? "<" : "<=")} {Number(max)}" : "")
        + (MultipleOf is { } factor ? $", {(Remainder is { } more ? $"{more} more than " : "")}a multiple of {factor}" : "")
        + (DivisorOf is { } whole ? $", a divisor of {whole}" : "");

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private double? Finite(string name) => Named(name) is double value && !double.IsInfinity(value) ? value : null;

    private int? Whole(string name) => Named(name) is int value && value != 0 ? value : null;

    private bool Flag(string name) => Named(name) is true;

    private string? Text(string name) => Named(name) as string;

    private object? Named(string name) => attribute.NamedArguments.FirstOrDefault(a => a.Key == name).Value.Value;
}

namespace Sat.Records.Options;

/// <summary>
/// Describes a property of an options record. The record is the one declaration of an option: binding of study files,
/// messages, <c>plugin show</c>, completion and the JSON schema are made from it. Its name is the property's in
/// kebab-case (<c>StartEpoch</c>: <c>start-epoch</c>), its default the value that the record has when created.
/// Types: <c>int</c>, <c>long</c>, <c>double</c>, <c>bool</c>, <c>string</c>, an enum, or an array of <c>int</c>, <c>double</c> or <c>string</c>.
/// A nullable type makes a default of "not given" possible.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionAttribute(string description) : Attribute
{
    /// <summary>What the option does, with its unit and, where there is one, the paper's symbol; one sentence.</summary>
    public string Description { get; } = description;

    /// <summary>Smallest value allowed, for numbers and for each number of a list.</summary>
    public double Min { get; set; } = double.NegativeInfinity;

    /// <summary>Largest value allowed.</summary>
    public double Max { get; set; } = double.PositiveInfinity;

    /// <summary>True if <see cref="Min"/> itself is not allowed.</summary>
    public bool AboveMin { get; set; }

    /// <summary>True if <see cref="Max"/> itself is not allowed.</summary>
    public bool BelowMax { get; set; }

    /// <summary>True if a study must give a value.</summary>
    public bool Required { get; set; }

    /// <summary>
    /// True for a string that names a file or folder. Its content decides the result, its place does not: the run's
    /// specification holds the SHA-256 of the files, and the path is recorded beside it.
    /// </summary>
    public bool IsPath { get; set; }
}

/// <summary>Options of a component that has none.</summary>
public sealed record NoOptions;

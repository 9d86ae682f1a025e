namespace Sat.Records.Options;

/// <summary>
/// Describes a property of an options record. The record is the one declaration of an option: binding of study files,
/// messages, <c>plugin show</c>, completion and the JSON schema are made from it. Its name is the property's in
/// kebab-case (<c>StartEpoch</c>: <c>start-epoch</c>), its default the value that the record has when created.
/// Types: <c>int</c>, <c>long</c>, <c>double</c>, <c>bool</c>, <c>string</c>, an enum, or an array of <c>int</c>, <c>long</c>,
/// <c>double</c> or <c>string</c>. A nullable type makes a default of "not given" possible. The build reads the record (see
/// <see cref="OptionRecords"/>) and refuses what no option can be.
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

    /// <summary>For whole numbers: what a value must be a multiple of, but for <see cref="Remainder"/>. 0: any value will do.</summary>
    public int MultipleOf { get; set; }

    /// <summary>What a value must be more than a multiple of <see cref="MultipleOf"/>: a depth of 6 n + 4 has 4.</summary>
    public int Remainder { get; set; }

    /// <summary>For whole numbers above 0: what a value must divide without remainder. 0: any value will do.</summary>
    public int DivisorOf { get; set; }

    /// <summary>For a number: another number option of the component, which it must not exceed.</summary>
    public string? AtMost { get; set; }

    /// <summary>For a list: true if it must have a value.</summary>
    public bool NotEmpty { get; set; }

    /// <summary>True if a study must give a value.</summary>
    public bool Required { get; set; }

    /// <summary>
    /// True for a string that names a file or folder. Its content decides the result, its place does not: the run's
    /// specification holds the SHA-256 of the files, and the path is recorded beside it.
    /// </summary>
    public bool IsPath { get; set; }

    /// <summary>
    /// True for the path of a file that has a value for each training sample, in their order or with what names them. Planning refuses
    /// a file with another number of values, where it knows both numbers.
    /// </summary>
    public bool IsPerSample { get; set; }

    /// <summary>
    /// The setting that a value must stay below to have an effect: a path of the run (<c>training.epochs</c>), or another option of
    /// the component. Of a list each value counts. Planning refuses a run in which it does not. A study may give a whole number as
    /// a share of that setting (<c>30%</c>), rounded down.
    /// </summary>
    public string? Before { get; set; }

    /// <summary>
    /// The default of a whole number as a share of <see cref="Before"/>, in (0, 1), rounded down: 0.3 of 24 epochs is 7. The value
    /// of the record itself is then what holds where no run is planned. 0: the record's value is the default.
    /// </summary>
    public double DefaultShare { get; set; }

    /// <summary>
    /// The setting without which a value other than the default has no effect: a path of the run (<c>training.probe</c>), or another
    /// option of the component. A run is without it where it is absent, <c>false</c>, 0 or empty. Planning refuses such a run, or warns
    /// where the study itself turns that setting off.
    /// </summary>
    public string? Needs { get; set; }

    /// <summary>
    /// What to say where <see cref="Before"/> or <see cref="Needs"/> is not met: a clause without a full stop, in which <c>{id}</c>
    /// is the component, <c>{path}</c> the option's path, <c>{value}</c> what it is, and <c>{bound}</c> what it must stay below.
    /// Null: that the option has no effect.
    /// </summary>
    public string? NoEffect { get; set; }
}

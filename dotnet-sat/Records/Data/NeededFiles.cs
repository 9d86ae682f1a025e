namespace Sat.Records.Data;

/// <summary>What a folder must hold.</summary>
/// <param name="Entry">The entry of <see cref="FileSelection.Include"/> that must match a file.</param>
/// <param name="Otherwise">What is wrong where it matches none, and what to do about it, as a clause with a capital only after a full
/// stop; <c>{folder}</c> stands for the folder that holds the files.</param>
public sealed record NeededFiles(string Entry, string Otherwise)
{
    /// <summary>The pattern of another entry that must be the one that is read for this to be needed; null: it is needed always.</summary>
    public string? With { get; init; }
}

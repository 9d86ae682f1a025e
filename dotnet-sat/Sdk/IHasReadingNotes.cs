namespace Sat.Sdk;

/// <summary>A dataset that read its files by a rule that decides what images or splits are, and says so in the run's record.</summary>
public interface IHasReadingNotes
{
    /// <summary>What it did, a clause each, such as <c>x_train: float32 from 0 to 1, read as round(255 x)</c>; empty: nothing that need be
    /// said.</summary>
    IReadOnlyList<string> Notes { get; }
}

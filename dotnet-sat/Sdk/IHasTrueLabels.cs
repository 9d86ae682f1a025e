namespace Sat.Sdk;

/// <summary>
/// A dataset that knows whether its labels are true. One without this ability has labels that are merely given: how many of them are wrong
/// is unknown, and nothing is measured against them as if they were the truth.
/// </summary>
public interface IHasTrueLabels
{
    /// <summary>True if whoever made the dataset vouches for its labels, as for a published benchmark's.</summary>
    bool LabelsAreTrue { get; }
}

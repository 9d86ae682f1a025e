using Sat.Reports.Results;

namespace Sat.Reports.Merging;

/// <summary>What one laboratory brings to a merged report.</summary>
/// <param name="Name">What it is called: no two alike.</param>
/// <param name="Title">The title of its publication.</param>
/// <param name="Authors">Who made it.</param>
/// <param name="Results">Its results.</param>
/// <param name="Outcomes">Ids of its finished runs to a digest of their output files.</param>
public sealed record Contribution(
    string Name,
    string Title,
    string Authors,
    ResultsDocument Results,
    IReadOnlyDictionary<string, string> Outcomes
);

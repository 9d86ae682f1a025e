namespace Sat.Records.Data;

/// <summary>What a component reads of a folder.</summary>
/// <param name="Read">The files, relative with <c>/</c>, in ordinal order.</param>
/// <param name="Beside">Files that lie among them and are not read, and folders beside them, with <c>/</c> at their end, in ordinal order;
/// without hidden ones and what systems leave behind.</param>
/// <param name="Remarks">What is to be said of the choice, a sentence each.</param>
/// <param name="Missing">What is wrong with the folder as a whole, a clause; null: nothing.</param>
public sealed record FoundFiles(IReadOnlyList<string> Read, IReadOnlyList<string> Beside, IReadOnlyList<string> Remarks, string? Missing)
{
    /// <summary>The patterns of <see cref="FileSelection.Include"/> that files matched and that are read.</summary>
    public IReadOnlyList<string> Patterns { get; init; } = [];
}

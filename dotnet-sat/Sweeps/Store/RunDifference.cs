namespace Sat.Sweeps.Store;

/// <summary>What is not the same in two runs.</summary>
/// <param name="Kind"><c>setting</c>, <c>condition</c>, <c>outcome</c> or <c>metric</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="First">In the first; null: it has none.</param>
/// <param name="Second">In the second.</param>
public sealed record RunDifference(string Kind, string Name, string? First, string? Second)
{
    /// <summary>All differences: what was asked for, under which conditions, and what came of it.</summary>
    public static IReadOnlyList<RunDifference> Between(StoredRun first, StoredRun second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return
        [
            .. Between("setting", first.Settings, second.Settings),
            .. Between("condition", first.Environment, second.Environment),
            .. first.Status == second.Status
                ? Array.Empty<RunDifference>()
                : [new RunDifference("outcome", "status", first.Status, second.Status)],
            .. Between("metric", Texts(first), Texts(second)),
        ];
    }

    private static Dictionary<string, string> Texts(StoredRun run) => run.Metrics.Keys.ToDictionary(m => m, m => run.Value(m)!);

    private static IEnumerable<RunDifference> Between(
        string kind,
        IReadOnlyDictionary<string, string> first,
        IReadOnlyDictionary<string, string> second
    ) =>
        from name in first.Keys.Union(second.Keys).Order(StringComparer.Ordinal)
        where first.GetValueOrDefault(name) != second.GetValueOrDefault(name)
        select new RunDifference(kind, name, first.GetValueOrDefault(name), second.GetValueOrDefault(name));
}

using Sat.Records.Runs;
using Sat.Records.Statistics;
using Sat.Reports.Comparison;

namespace Sat.Reports.Results;

/// <summary>How far cells are ahead of each other.</summary>
internal static class CellLead
{
    /// <summary>How far one cell is ahead of another.</summary>
    /// <param name="first">The cell that is ahead.</param>
    /// <param name="second">The other.</param>
    /// <param name="metric">A metric that both have.</param>
    /// <param name="runs">Id to run.</param>
    /// <param name="looks">The planned looks; null: one.</param>
    public static Lead Between(
        CellResult first,
        CellResult second,
        string metric,
        IReadOnlyDictionary<string, RunResult> runs,
        SeedLooks? looks
    ) =>
        new(
            first.Final[metric].Mean - second.Final[metric].Mean,
            Lead.Pair(BySeed(first, metric, runs), BySeed(second, metric, runs), looks)
        );

    private static Dictionary<long, double> BySeed(CellResult cell, string metric, IReadOnlyDictionary<string, RunResult> runs) =>
        cell
            .Runs.Select(id => runs[id])
            .Where(r =>
                r.State == RunStanding.Done && r.Final is not null && r.Final.TryGetValue(metric, out var value) && double.IsFinite(value)
            )
            .GroupBy(r => r.Seed)
            .ToDictionary(g => g.Key, g => g.First().Final![metric]);
}

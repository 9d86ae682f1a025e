using Sat.Records.Metrics;
using Sat.Records.Runs;
using Sat.Records.Statistics;
using Sat.Reports.Results;

namespace Sat.Reports.Merging;

/// <summary>Puts the results of several laboratories together.</summary>
public static class Merger
{
    /// <summary>Merges contributions. A run that is equal to the last bit to one of an earlier contribution says nothing new, and is
    /// counted once; one with the same id and another outcome counts for both, and is named.</summary>
    /// <param name="contributions">At least one, no two of one name.</param>
    public static MergedDocument Merge(IReadOnlyList<Contribution> contributions)
    {
        ArgumentNullException.ThrowIfNull(contributions);
        var seen = new HashSet<(string Run, string Outcome)>();
        (Contribution By, RunResult Run, bool IsNew)[] runs =
        [
            .. from laboratory in contributions
            from run in laboratory.Results.Runs
            where run.State == RunStanding.Done
            select (laboratory, run, seen.Add((run.Id, laboratory.Outcomes[run.Id]))),
        ];
        var metrics = new MetricCatalog(contributions.SelectMany(c => c.Results.Metrics).DistinctBy(m => m.Name));
        MergedCell[] cells =
        [
            .. contributions
                .SelectMany(c => c.Results.Cells.Select(cell => (By: c, Cell: cell)))
                .GroupBy(x => x.Cell.Id)
                .Select(g => Cell(g.First().By, g.First().Cell, [.. runs.Where(r => r.IsNew && r.Run.Cell == g.Key)], metrics))
                .Where(c => c.Parts.Count > 0),
        ];
        var metricOf = cells.ToDictionary(c => c.Id, c => c.Metric, StringComparer.Ordinal);
        return new MergedDocument
        {
            Contributions =
            [
                .. contributions.Select(c => new MergedContribution(
                    c.Name,
                    c.Title,
                    c.Authors,
                    c.Results.Study.Tool,
                    runs.Count(r => r.By == c),
                    runs.Count(r => r.By == c && !r.IsNew)
                )),
            ],
            Cells = cells,
            Conflicts =
            [
                .. runs.GroupBy(r => r.Run.Id)
                    .Where(g => g.Count(r => r.IsNew) > 1)
                    .Select(g => new MergedConflict(
                        g.Key,
                        g.First().Run.Cell,
                        g.First().Run.Seed,
                        g.ToDictionary(r => r.By.Name, r => Value(r.Run, metricOf.GetValueOrDefault(r.Run.Cell)), StringComparer.Ordinal)
                    )),
            ],
            Metrics = [.. cells.Select(c => c.Metric).OfType<string>().Distinct().Order(StringComparer.Ordinal).Select(n => metrics[n])],
        };
    }

    private static MergedCell Cell(
        Contribution by,
        CellResult cell,
        IReadOnlyList<(Contribution By, RunResult Run, bool IsNew)> runs,
        MetricCatalog metrics
    )
    {
        var metric = metrics.Main(runs.SelectMany(r => r.Run.Final?.Keys ?? []));
        MergedPart[] parts =
        [
            .. runs.GroupBy(r => r.By)
                .Select(g => (g.Key.Name, Value: Statistic.From(g.Select(r => Value(r.Run, metric) ?? double.NaN))))
                .Where(p => p.Value is not null)
                .Select(p => new MergedPart(p.Name, p.Value!)),
        ];
        var effects = RandomEffects.From([
            .. parts.Where(p => p.Value.Deviation > 0).Select(p => (p.Value.Mean, p.Value.StandardError()!.Value)),
        ]);
        return new MergedCell(
            cell.Id,
            by.Results.Settings.First(s => s.Id == cell.Setting).Title,
            cell.Noise,
            cell.Method,
            metric,
            parts,
            effects is null
                ? null
                : new PooledValue(effects, effects.Estimate - effects.HalfInterval(), effects.Estimate + effects.HalfInterval())
        );
    }

    private static double? Value(RunResult run, string? metric) =>
        metric is not null && run.Final is { } final && final.TryGetValue(metric, out var value) ? value : null;
}

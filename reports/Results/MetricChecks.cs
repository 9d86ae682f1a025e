using Sat.Records.Metrics;
using Sat.Records.Settings;
using Sat.Records.Specs;
using Sat.Reports.Text;

namespace Sat.Reports.Results;

/// <summary>Checks cells against what their metrics declare should hold (<see cref="MetricCheck"/>).</summary>
internal static class MetricChecks
{
    /// <summary>Every check of every metric that a finished cell has, in the order of the metrics' names.</summary>
    public static IEnumerable<CheckResult> Run(IReadOnlyList<CellResult> cells, Measures measures) =>
        from metric in cells.SelectMany(c => c.Final.Keys).Distinct().Order(StringComparer.Ordinal)
        from check in measures.Checks(metric)
        select Run(check, metric, [.. cells.Where(c => c.Final.ContainsKey(metric) && IsWith(check, c))]);

    private static CheckResult Run(MetricCheck check, string metric, IReadOnlyList<CellResult> cells)
    {
        CheckCase[] cases =
        [
            .. check.Along is not { } option ? cells.Select(c => Limit(check, metric, c, null))
            : check.From is { } from
                ? cells
                    .Select(c => (Cell: c, Option: Number(c, option)))
                    .Where(c => c.Option >= from)
                    .Select(c => Limit(check, metric, c.Cell, c.Option))
            : Steps(check, metric, option, cells),
        ];
        return new CheckResult(
            metric,
            check.Claim,
            check.Otherwise,
            cases.Length == 0 ? CheckStatus.NotMeasured
                : cases.All(c => c.Holds) ? CheckStatus.Holds
                : CheckStatus.Violated,
            cases
        );
    }

    private static CheckCase Limit(MetricCheck check, string metric, CellResult cell, double? option)
    {
        var value = cell.Final[metric].Mean;
        return new CheckCase(cell.Id, IsAtMost(value, check.AtMost), value, option, null, null);
    }

    /// <summary>Each value of the option beside the next smaller one, where all else is equal.</summary>
    private static IEnumerable<CheckCase> Steps(MetricCheck check, string metric, string option, IReadOnlyList<CellResult> cells)
    {
        var path = $"{SpecSlots.Evaluation.Name}.{option}";
        var alike = cells
            .Select(c => (Cell: c, Option: Number(c, option)))
            .Where(c => c.Option is not null)
            .GroupBy(c => string.Join('\n', SpecPath.All(c.Cell.Spec with { Seed = 0 }).Where(s => s.Key != path)));
        foreach (var group in alike)
        {
            var ordered = group.OrderBy(c => c.Option).ToArray();
            for (var i = 1; i < ordered.Length; i++)
            {
                var (value, before) = (ordered[i].Cell.Final[metric].Mean, ordered[i - 1].Cell.Final[metric].Mean);
                var holds = IsAtMost(value - before, check.AtMost);
                yield return new CheckCase(ordered[i].Cell.Id, holds, value, ordered[i].Option, before, ordered[i - 1].Option);
            }
        }
    }

    private static bool IsWith(MetricCheck check, CellResult cell) =>
        (check.With ?? new Dictionary<string, string>()).All(w =>
            cell.Spec.Evaluation?.OptionText(w.Key) is { } here && SettingMatch.Agree(here, w.Value)
        );

    private static double? Number(CellResult cell, string option) =>
        cell.Spec.Evaluation?.OptionText(option) is { } text ? SettingMatch.Number(text) : null;

    /// <summary>Whatever the last bit of a mean.</summary>
    private static bool IsAtMost(double value, double limit) => value <= limit + 1e-12;
}

using Sat.Records;
using Sat.Records.Metrics;
using Sat.Reports.Comparison;
using Sat.Reports.Results;
using Sat.Reports.Text;

namespace Sat.Reports.Rendering;

/// <summary>The document as tables for other programs (RFC 4180, fractions, empty where there is no value).</summary>
public static class CsvReport
{
    /// <summary>A row a run.</summary>
    public static string Runs(ResultsDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var cells = document.Cells.ToDictionary(c => c.Id);
        var titles = document.Settings.ToDictionary(s => s.Id, s => s.Title);
        var metrics = document.Runs.SelectMany(r => r.Final?.Keys ?? []).Distinct().Order(StringComparer.Ordinal).ToArray();
        var best = document.Runs.Any(r => r.Best is not null);
        // Only where a dataset's labels are merely given.
        string[] changed = document.Runs.Any(r => r.Data?.ChangedLabels is not null) ? ["changed-labels"] : [];
        string[] head =
        [
            "id",
            "state",
            "setting",
            "noise",
            "method",
            "seed",
            "epochs",
            "wrong-labels",
            .. changed,
            .. metrics,
            .. best ? new[] { "best-epoch", "best-test-accuracy" } : [],
            "seconds",
            "images-per-second",
            "peak-memory-bytes",
            "peak-device-memory-bytes",
            "device",
            "cpu",
            "threads",
            "error",
        ];
        return Csv.Write(
            head,
            document.Runs.Select(run =>
            {
                var environment = run.Environment is { } at ? document.Environments[at].Environment : null;
                IEnumerable<object?> bestValues = best
                    ? [run.Best?.Epoch, run.Best is { } b && b.Metrics.TryGetValue(MetricNames.TestAccuracy, out var v) ? v : null]
                    : [];
                return (IEnumerable<object?>)
                    [
                        run.Id,
                        Words.Key(run.State),
                        titles[cells[run.Cell].Setting],
                        cells[run.Cell].Noise,
                        cells[run.Cell].Method,
                        run.Seed,
                        run.Epochs,
                        run.Data?.WrongLabels,
                        .. changed.Select(_ => (object?)run.Data?.ChangedLabels),
                        .. metrics.Select(m => run.Final is not null && run.Final.TryGetValue(m, out var value) ? (object?)value : null),
                        .. bestValues,
                        run.Seconds,
                        run.ImagesPerSecond,
                        run.PeakMemoryBytes,
                        run.PeakDeviceMemoryBytes,
                        environment?.Device,
                        environment?.Cpu,
                        environment?.Threads,
                        run.Error,
                    ];
            })
        );
    }

    /// <summary>A row a cell and comparison; a cell without one has a row too.</summary>
    public static string Cells(ResultsDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var titles = document.Settings.ToDictionary(s => s.Id, s => s.Title);
        string[] head =
        [
            "cell",
            "setting",
            "noise",
            "method",
            "runs",
            "done",
            "test-accuracy",
            "deviation",
            "seeds",
            "best-test-accuracy",
            "noisy-train-accuracy",
            "labels-recovered",
            "wrong-labels",
            "published-metric",
            "published",
            "difference",
            "kind",
            "judgement",
            "margin",
            "low-90",
            "high-90",
            "low-95",
            "high-95",
            "equivalence-p",
            "equivalence-p-holm",
            "difference-p",
            "difference-p-holm",
            "seeds-needed",
            "baselines",
            "source",
        ];
        return Csv.Write(
            head,
            document.Cells.SelectMany(cell =>
                cell.Comparisons.Select(c => (ComparisonResult?)c)
                    .DefaultIfEmpty(null)
                    .Select(c =>
                    {
                        var test = cell.Final.GetValueOrDefault(MetricNames.TestAccuracy);
                        return (IEnumerable<object?>)
                            [
                                cell.Id,
                                titles[cell.Setting],
                                cell.Noise,
                                cell.Method,
                                cell.Runs.Count,
                                cell.Done,
                                test?.Mean,
                                test?.Deviation,
                                test?.Seeds,
                                cell.Best?.GetValueOrDefault(MetricNames.TestAccuracy)?.Mean,
                                cell.Final.GetValueOrDefault(MetricNames.NoisyTrainAccuracy)?.Mean,
                                cell.Final.GetValueOrDefault(MetricNames.LabelsRecovered)?.Mean,
                                cell.WrongLabels?.Mean,
                                c?.Metric,
                                c?.Published,
                                c?.Difference,
                                c is null ? null : Words.Key(c.Kind),
                                c is null ? "not-comparable" : Words.Key(c.Judgement),
                                c?.Test?.Margin,
                                c?.Difference - c?.Test?.Half90,
                                c?.Difference + c?.Test?.Half90,
                                c?.Difference - c?.Test?.Half95,
                                c?.Difference + c?.Test?.Half95,
                                c?.Test?.EquivalenceP,
                                c?.Test?.AdjustedEquivalenceP,
                                c?.Test?.DifferenceP,
                                c?.Test?.AdjustedDifferenceP,
                                c?.Test?.SeedsNeeded,
                                c?.Baselines,
                                c?.Source,
                            ];
                    })
            )
        );
    }
}

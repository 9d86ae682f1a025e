using Sat.Records.Metrics;
using Sat.Reports.Comparison;

namespace Sat.Reports.Rendering;

/// <summary>Published values as points of a chart, in percent, with how exactly they could be read.</summary>
internal static class PublishedPoint
{
    /// <summary>A published value as a metric of the runs; null: it is about another.</summary>
    public static ChartPoint? At(double x, ComparisonResult comparison, string metric)
    {
        var value = comparison.As(metric)
            ?? (comparison.Metric == Judge.TestError && metric == MetricNames.TestAccuracy ? 1 - comparison.Published : null);
        return value is { } known
            ? new ChartPoint(x, 100 * known, 100 * (known - (comparison.ReadingError ?? 0)), 100 * (known + (comparison.ReadingError ?? 0)))
            : null;
    }
}

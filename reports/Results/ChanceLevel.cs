using Sat.Records.Metrics;

namespace Sat.Reports.Results;

/// <summary>What guessing gets on the test set of a cell: the share of its commonest class.</summary>
/// <param name="Share">That share, in [0, 1].</param>
/// <param name="Bound">The accuracy that 97.5 % of all guessers stay below on as many images: the share, and 1.96 standard deviations of
/// a binomial.</param>
internal sealed record ChanceLevel(double Share, double Bound)
{
    /// <summary>Of a cell; null: its classes are not known.</summary>
    public static ChanceLevel? Of(CellResult cell)
    {
        if (cell.Classes is not { Count: > 1 } classes)
            return null;
        if (cell.Confusion is not { } confusion || confusion.Sum(row => row.Sum()) is not (> 0 and var images))
            return new ChanceLevel(1.0 / classes.Count, 1.0 / classes.Count);
        var share = confusion.Max(row => row.Sum()) / images;
        return new ChanceLevel(share, share + 1.96 * Math.Sqrt(share * (1 - share) / images));
    }

    /// <summary>The level that a cell's test accuracy does not exceed; null: it does, or nobody knows.</summary>
    public static ChanceLevel? NotExceeded(CellResult cell, string metric) =>
        metric == MetricNames.TestAccuracy && Of(cell) is { } level && cell.Final[metric].Mean <= level.Bound ? level : null;
}

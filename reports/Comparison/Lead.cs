using Sat.Records;
using Sat.Records.Statistics;
using Sat.Reports.Text;

namespace Sat.Reports.Comparison;

/// <summary>How far one cell is ahead of another in a metric, over the seeds that both have.</summary>
/// <param name="Difference">Mean of the first less mean of the second.</param>
/// <param name="Paired">The same seed by seed, with its interval; null: no seed in common.</param>
internal sealed record Lead(double Difference, PairedInterval? Paired)
{
    /// <summary>True if no difference is left at the two decimals, in points, in which it would be told.</summary>
    public bool IsTie => Math.Round(100 * Difference, 2, MidpointRounding.AwayFromZero) == 0;

    /// <summary>True if more than the spread of seeds explains, false if not; null: there are not two seeds to tell by.</summary>
    public bool? IsClear => Paired?.ExcludesZero;

    /// <summary>The first less the second, over the seeds that both have; null: none.</summary>
    /// <param name="first">Values of the first by seed.</param>
    /// <param name="second">Values of the second by seed.</param>
    /// <param name="looks">The planned looks; null: this is the only one.</param>
    public static PairedInterval? Pair(IReadOnlyDictionary<long, double> first, IReadOnlyDictionary<long, double> second, SeedLooks? looks)
    {
        (double, double)[] pairs =
        [
            .. first.Where(f => second.ContainsKey(f.Key)).OrderBy(f => f.Key).Select(f => (second[f.Key], f.Value)),
        ];
        return pairs.Length == 0 ? null : PairedInterval.From(pairs, looks);
    }

    /// <summary>How often the first is above the second, with its interval; empty: no seed in common.</summary>
    public static string Odds(PairedInterval? paired)
    {
        if (paired?.Ahead is not { } ahead)
            return "";
        var interval = ahead.Interval() is var (low, high) ? $" (95 % interval {Format.Number(low)} to {Format.Number(high)})" : "";
        return $"ahead in {ahead.Above} of {Count.Of(paired.Pairs, "seed")}, P(A > B) = {Format.Number(ahead.Probability)}{interval}";
    }

    /// <summary>What can be said of the spread: an interval, or that there is none.</summary>
    public static string Spread(PairedInterval? paired) =>
        paired switch
        {
            null => "no seeds in common, so nothing can be said about the spread",
            { Low: { } low, High: { } high } =>
                $"95 % interval over {Count.Of(paired.Pairs, "seed")}: {Format.Number(100 * low)} to {Format.Points(high, signed: false)}",
            { Pairs: > 1 } => $"the same for each of {paired.Pairs} seeds, so nothing can be said about the spread",
            _ => "one seed, so nothing can be said about the spread",
        };
}

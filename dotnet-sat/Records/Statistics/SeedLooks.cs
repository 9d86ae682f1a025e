using System.Text.Json.Serialization;

namespace Sat.Records.Statistics;

/// <summary>
/// The numbers of seeds at which verdicts are looked at while seeds are added, stated before the first run. Each look spends a part of the
/// error rate, and the parts add up to it; so the chance to be wrong at any look is at most the rate, however the looks depend on each
/// other and whatever decides which cell goes on (Bonferroni's inequality; what is spent grows with the square of the share of seeds: Kim
/// and DeMets 1987). Intervals at these levels hold at all looks together (repeated confidence intervals, Jennison and Turnbull 1989).
/// </summary>
/// <param name="Seeds">Ascending, the first at least 2.</param>
public sealed record SeedLooks([property: JsonRequired] IReadOnlyList<int> Seeds)
{
    private const double Growth = 1.5;

    /// <summary>The largest number of seeds.</summary>
    [JsonIgnore]
    public int Most => Seeds[^1];

    /// <summary>Looks from a first number of seeds on, each half as many again, until the largest.</summary>
    /// <param name="first">Seeds at the first look; one seed has no scatter, so that at least 2 are taken.</param>
    /// <param name="most">Seeds at the last look, more than at the first.</param>
    public static SeedLooks Plan(int first, int most)
    {
        first = Math.Max(first, 2);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(most, first);
        List<int> seeds = [first];
        while (seeds[^1] < most)
            seeds.Add(Math.Min(most, (int)Math.Ceiling(Growth * seeds[^1])));
        return new SeedLooks(seeds);
    }

    /// <summary>The next number of seeds; null: this is the last.</summary>
    public int? After(int seeds) => Seeds.Where(s => s > seeds).Select(s => (int?)s).FirstOrDefault();

    /// <summary>The part of the error rate that may be spent with so many seeds, in (0, 1]: that of the first look that has at least as
    /// many, since runs may have failed.</summary>
    public double Share(int seeds)
    {
        var look = Seeds.Count - 1;
        while (look > 0 && Seeds[look - 1] >= seeds)
            look--;
        return Spent(look) - (look == 0 ? 0 : Spent(look - 1));
    }

    private double Spent(int look) => Math.Pow(Seeds[look] / (double)Most, 2);
}

using Sat.Records.Statistics;
using Sat.Reports.Comparison;
using Sat.Reports.Text;

namespace Sat.Reports.Tests;

/// <summary>Adding seeds until a verdict is decided must not buy one: 20,000 seeded studies each.</summary>
[TestClass]
public sealed class SeedLooksTests
{
    private const int Studies = 20_000;

    /// <summary>Three standard errors of a simulated 5 %.</summary>
    private const double Tolerance = 0.005;

    private static readonly SeedLooks Looks = SeedLooks.Plan(3, 12);

    [TestMethod]
    public void Looks_spend_the_whole_error_rate_and_no_more()
    {
        CollectionAssert.AreEqual(new[] { 3, 5, 8, 12 }, Looks.Seeds.ToArray());
        CollectionAssert.AreEqual(new[] { 2, 3 }, SeedLooks.Plan(1, 3).Seeds.ToArray());
        Assert.AreEqual(1, Looks.Seeds.Sum(Looks.Share), 1e-12);
        Assert.AreEqual(Looks.Share(5), Looks.Share(4), "a run that failed leaves the look with one seed less");
        Assert.AreEqual(8, Looks.After(5));
        Assert.IsNull(Looks.After(12));
    }

    /// <summary>Against a published mean over five trials: at a true difference as large as the margin, equivalence is false.</summary>
    [TestMethod]
    [DataRow(0.15)]
    [DataRow(0.3)]
    [DataRow(0.6)]
    public void False_equivalence_stays_within_five_percent(double deviation)
    {
        var (equivalent, _, _) = Simulate(gap: 0.5, deviation, 5, seed: 1);
        Assert.IsLessThanOrEqualTo(0.05 + Tolerance, equivalent);
    }

    [TestMethod]
    [DataRow(0.15)]
    [DataRow(0.6)]
    [DataRow(2.0)]
    public void False_differences_stay_within_five_percent(double deviation)
    {
        var (_, different, _) = Simulate(gap: 0, deviation, 5, seed: 2);
        Assert.IsLessThanOrEqualTo(0.05 + Tolerance, different);
    }

    [TestMethod]
    public void Looking_as_often_at_the_whole_rate_would_not()
    {
        var (equivalent, _, _) = Simulate(gap: 0.5, 0.3, 5, seed: 3, whole: true);
        Assert.IsGreaterThan(0.06, equivalent);
    }

    /// <summary>What the rule is for: most studies of a true equivalence end early.</summary>
    [TestMethod]
    public void Studies_of_equal_methods_are_decided_with_fewer_seeds()
    {
        var (equivalent, _, seeds) = Simulate(gap: 0, 0.2, 10, seed: 4);
        Assert.IsGreaterThan(0.9, equivalent);
        Assert.IsLessThan(9, seeds);
    }

    [TestMethod]
    public void Leads_of_equal_methods_are_seen_in_five_percent_at_most()
    {
        var random = new Random(5);
        var seen = 0;
        for (var study = 0; study < Studies; study++)
        {
            (double, double)[] pairs = [.. Enumerable.Range(0, Looks.Most).Select(_ => (Normal(random), Normal(random)))];
            seen += Looks.Seeds.Any(n => PairedInterval.From(pairs[..n], Looks).ExcludesZero == true) ? 1 : 0;
        }
        Assert.IsLessThanOrEqualTo(0.05 + Tolerance, seen / (double)Studies);
        var some = PairedInterval.From([(0, 1), (0, 1.1), (0, 0.9)], Looks);
        Assert.AreEqual(some.ExcludesZero, some.P < 0.05, "the p value agrees with the interval");
    }

    private static (double Equivalent, double Different, double Seeds) Simulate(
        double gap,
        double deviation,
        int trials,
        int seed,
        bool whole = false
    )
    {
        var random = new Random(seed);
        var (equivalent, different, seeds) = (0, 0, 0L);
        for (var study = 0; study < Studies; study++)
        {
            var published = Statistic.From(Enumerable.Range(0, trials).Select(_ => deviation * Normal(random)))!;
            double[] ours = [.. Enumerable.Range(0, Looks.Most).Select(_ => gap + deviation * Normal(random))];
            foreach (var n in Looks.Seeds)
            {
                var difference = MeanDifference.From(Statistic.From(ours[..n])!, published.Mean, published.Deviation, trials);
                var verdict = ValueVerdict.Of(difference.Value, DifferenceResult.From(difference, 0.5, whole ? 1 : Looks.Share(n)));
                equivalent += verdict == Judgement.Equivalent ? 1 : 0;
                different += verdict == Judgement.Different ? 1 : 0;
                if (verdict is not (Judgement.Equivalent or Judgement.Different) && n < Looks.Most)
                    continue;
                seeds += n;
                break;
            }
        }
        return (equivalent / (double)Studies, different / (double)Studies, seeds / (double)Studies);
    }

    /// <summary>Box and Muller.</summary>
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

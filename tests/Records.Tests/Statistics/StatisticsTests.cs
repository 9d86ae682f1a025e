using Sat.Records.Statistics;

namespace Sat.Records.Tests.Statistics;

[TestClass]
public class StatisticsTests
{
    /// <summary>Quantiles as R's <c>qt</c> gives them.</summary>
    [TestMethod]
    [DataRow(0.95, 1, 12.7062047361747)]
    [DataRow(0.95, 2, 4.30265272974946)]
    [DataRow(0.95, 3, 3.18244630528371)]
    [DataRow(0.95, 4, 2.77644510519779)]
    [DataRow(0.95, 10, 2.22813885198627)]
    [DataRow(0.95, 30, 2.04227245630124)]
    [DataRow(0.95, 100, 1.98397151852355)]
    [DataRow(0.99, 5, 4.03214298355523)]
    [DataRow(0.5, 1, 1.0)]
    public void Quantiles_are_those_of_the_tables(double probability, int freedom, double expected) =>
        Assert.AreEqual(expected, StudentT.TwoSided(probability, freedom), 1e-9 * expected);

    [TestMethod]
    public void One_pair_says_nothing_about_the_spread()
    {
        var one = PairedInterval.From([(0.5, 0.6)]);
        Assert.AreEqual((1, null, null, null), (one.Pairs, one.Low, one.High, one.ExcludesZero));
        Assert.AreEqual(0.1, one.Difference, 1e-12);
    }

    [TestMethod]
    public void The_interval_is_that_of_the_differences_pair_by_pair()
    {
        // Differences 1, 2, 3: mean 2, deviation 1, t 4.3027 at two degrees of freedom.
        var interval = PairedInterval.From([(10, 11), (20, 22), (-5, -2)]);
        Assert.AreEqual(2 - 4.30265272974946 / Math.Sqrt(3), interval.Low!.Value, 1e-9);
        Assert.AreEqual(2 + 4.30265272974946 / Math.Sqrt(3), interval.High!.Value, 1e-9);
        Assert.IsFalse(interval.ExcludesZero);
        Assert.IsTrue(PairedInterval.From([(10, 12), (20, 22.1), (-5, -3)]).ExcludesZero);
        Assert.IsNull(PairedInterval.From([(1, 1), (2, 2)]).ExcludesZero, "without scatter there is no interval");
        Assert.IsNull(PairedInterval.From([(0.1, 0.4), (0.2, 0.5), (0.3, 0.6)]).ExcludesZero, "nor with one of rounding");
    }
}

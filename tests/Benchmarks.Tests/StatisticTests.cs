using CsCheck;
using Sat.Benchmarks.Results;

namespace Sat.Benchmarks.Tests;

[TestClass]
public sealed class StatisticTests
{
    [TestMethod]
    public void The_median_is_the_middle_and_of_an_even_number_the_mean_of_both_in_the_middle()
    {
        Assert.AreEqual(new MedianRange(3, 1, 9), MedianRange.From([9, 1, 3]));
        Assert.AreEqual(new MedianRange(2.5, 1, 9), MedianRange.From([9, 1, 3, 2]));
        Assert.AreEqual(new MedianRange(4, 4, 4), MedianRange.From([4]));
        Assert.IsNull(MedianRange.From([]));
    }

    [TestMethod]
    public void Ratios_are_of_pairs_and_more_than_one_is_in_our_favour()
    {
        Assert.AreEqual(
            new MedianRange(2, 1, 4),
            MedianRange.Ratio([2, 4, 8], [1, 4, 2], moreIsBetter: true),
            "2, 1, 4: not 4 / 2, the ratio of the medians"
        );
        Assert.AreEqual(new MedianRange(0.5, 0.25, 1), MedianRange.Ratio([2, 4, 8], [1, 4, 2], moreIsBetter: false));
        Assert.IsNull(MedianRange.Ratio([1, 2], [1], moreIsBetter: true));
    }

    [TestMethod]
    public void Half_of_the_values_lie_on_either_side_of_the_median() =>
        Gen.Double[-1e6, 1e6]
            .Array[1, 30]
            .Sample(values =>
            {
                var statistic = MedianRange.From(values)!.Value;
                return values.Count(v => v <= statistic.Median) * 2 >= values.Length
                    && values.Count(v => v >= statistic.Median) * 2 >= values.Length
                    && statistic.Least <= statistic.Median
                    && statistic.Median <= statistic.Most
                    && values.Contains(statistic.Least)
                    && values.Contains(statistic.Most);
            });
}

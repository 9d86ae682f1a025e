using System.Globalization;
using System.Text.Json.Nodes;
using Sat.Records.Statistics;

namespace Sat.Records.Tests.Statistics;

/// <summary>How likely seeds are to decide, against worked cases.</summary>
[TestClass]
public class PowerTests
{
    [TestMethod]
    public void The_chance_of_equivalence_and_the_seeds_that_it_takes_are_the_worked_ones()
    {
        foreach (var test in WorkedCases.Of("power.json", "required").Select(t => t!))
        {
            var (power, sigma) = (new VerdictPower(test.Number("gap"), test.Number("margin")), test.Number("sigma"));
            var kind = test["kind"]!.GetValue<string>();
            var id = $"{kind}, sigma {sigma}, margin {power.Margin}, gap {power.Gap}";
            double Chance(int seeds) => Equivalent(power, kind, test, sigma, seeds);
            // The worked powers of Welch's test are good to no more: scipy's adaptive quadrature agrees with the tool's to 1e-8 there.
            var tolerance = kind.StartsWith("welch", StringComparison.Ordinal) ? 5e-5 : 1e-8;
            foreach (var (seeds, expected) in test["power_at"]!.AsObject())
                Assert.AreEqual(expected!.GetValue<double>(), Chance(int.Parse(seeds, CultureInfo.InvariantCulture)), tolerance, id);
            if (test["n"] is { } least)
            {
                Assert.AreEqual(test.Number("power"), Chance(least.GetValue<int>()), tolerance, id);
                Assert.AreEqual(
                    least.GetValue<int>(),
                    VerdictPower.Seeds(Chance) ?? -1,
                    test["tight"]?.GetValue<bool>() == true ? 1 : 0,
                    id
                );
            }
            else if (kind == "one published draw")
            {
                Assert.IsNull(VerdictPower.Seeds(Chance), id);
            }
        }
    }

    [TestMethod]
    public void Without_a_margin_the_chance_of_a_difference_is_that_of_a_t_test()
    {
        foreach (var test in WorkedCases.Of("power.json", "direction").Select(t => t!))
        {
            var power = new VerdictPower(test.Number("effect"), 0);
            double Chance(int seeds) =>
                (test["kind"]!.GetValue<string>() == "paired" ? power.Paired(1, seeds) : power.Pooled(1, seeds)).Different;
            Assert.AreEqual(test.Number("power"), Chance(test["n"]!.GetValue<int>()), 1e-7, test.ToJsonString());
            Assert.AreEqual(test["n"]!.GetValue<int>(), VerdictPower.Seeds(Chance), test.ToJsonString());
        }
    }

    [TestMethod]
    public void A_false_equivalence_is_rare_and_every_chance_is_the_worked_one()
    {
        foreach (var line in WorkedCases.Text("operating.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            var cells = line.Split(',');
            double At(int i) => double.Parse(cells[i], CultureInfo.InvariantCulture);
            var (sigma, seeds, gap) = (At(1), (int)At(2), At(3));
            foreach (var (margin, column) in new[] { (0.5, 6), (1.0, 11) })
            {
                var power = new VerdictPower(gap, margin);
                var chances = cells[0] switch
                {
                    "stated" => power.Welch(sigma, seeds, sigma, seeds),
                    "one_draw" => power.OneDraw(sigma, seeds),
                    _ => power.PublishedDraw(sigma, seeds),
                };
                // The columns have five decimals.
                var tolerance = cells[0] == "stated" ? 1e-4 : 1.1e-5;
                Assert.AreEqual(At(column + 1), chances.Equivalent, tolerance, line);
                Assert.AreEqual(At(column + 3), chances.Different, tolerance, line);
                if (gap >= margin)
                    Assert.IsLessThanOrEqualTo(0.05 + tolerance, chances.Equivalent, line);
            }
        }
    }

    private static double Equivalent(VerdictPower power, string kind, JsonNode test, double sigma, int seeds) =>
        (
            kind switch
            {
                "pooled, n on either side" => power.Pooled(sigma, seeds),
                "welch, n on either side" => power.Welch(sigma, seeds, sigma, seeds),
                "paired" => power.Paired(sigma, seeds),
                "one published draw" => power.OneDraw(sigma, seeds),
                "welch, published given" => power.PublishedGiven(
                    sigma,
                    seeds,
                    test.Number("published_sd"),
                    test["published_n"]!.GetValue<int>()
                ),
                _ => throw new InvalidOperationException(kind),
            }
        ).Equivalent;
}

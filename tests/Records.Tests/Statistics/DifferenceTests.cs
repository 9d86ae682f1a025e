using System.Text.Json.Nodes;
using Sat.Records.Statistics;

namespace Sat.Records.Tests.Statistics;

/// <summary>Differences, their intervals and p values against worked cases.</summary>
[TestClass]
public class DifferenceTests
{
    [TestMethod]
    public void A_comparison_with_a_published_value_has_the_worked_interval_and_p_values()
    {
        foreach (var test in WorkedCases.Of("comparisons.json"))
        {
            var (id, result) = ($"{test!["id"]}, {test["note"]}", test["result"]!);
            var difference = MeanDifference.From(
                Statistic.From(test["ours"]!.Numbers())!,
                test.Number("published_mean"),
                test["published_sd"]?.GetValue<double>(),
                test["published_n"]?.GetValue<int>()
            );
            var method = difference.Method == DifferenceMethod.None ? "no interval" : difference.Method.ToString().ToLowerInvariant();
            Assert.AreEqual(result["method"]!.GetValue<string>(), method, id);
            Assert.AreEqual(result.Number("difference"), difference.Value, 1e-12, id);
            if (difference.Method == DifferenceMethod.None)
                Assert.IsNull(difference.EquivalenceP(0.5), id);
            else
                CheckTests(id, result, difference, test.Number("sesoi"));
        }
    }

    [TestMethod]
    public void Differences_seed_by_seed_have_the_worked_interval_and_share_of_wins()
    {
        foreach (var test in WorkedCases.Of("paired.json"))
        {
            var (id, result) = ($"{test!["id"]}, {test["note"]}", test["result"]!);
            var second = test["seeds_b"]!.Numbers().Zip(test["b"]!.Numbers()).ToDictionary(p => p.First, p => p.Second);
            (double First, double Second)[] pairs =
            [
                .. test["seeds_a"]!
                    .Numbers()
                    .Zip(test["a"]!.Numbers())
                    .Where(p => second.ContainsKey(p.First))
                    .Select(p => (second[p.First], p.Second)),
            ];
            var paired = PairedInterval.From(pairs);
            Assert.AreEqual(result.Number("mean"), paired.Difference, 1e-12, id);
            var direction =
                paired.ExcludesZero != true ? "undecided"
                : paired.Difference > 0 ? "a above b"
                : "b above a";
            Assert.AreEqual(result["direction"]!.GetValue<string>(), direction, id);
            if (paired.Low is not null)
            {
                WorkedCases.Close(result["ci95"]![0]!.GetValue<double>(), paired.Low, id);
                WorkedCases.Close(result["ci95"]![1]!.GetValue<double>(), paired.High, id);
                WorkedCases.Close(result.Number("difference_test", "p"), paired.P, id);
                CheckTests(id, result, MeanDifference.Paired(pairs.Select(p => p.Second - p.First), scale: 100), test.Number("sesoi"));
            }
            var share = result["p_a_above_b_by_seed"]!;
            Assert.AreEqual(share.Number("value"), paired.Ahead!.Probability, 1e-12, id);
            var (expected, interval) = (share["clopper_pearson95"], paired.Ahead.Interval());
            Assert.AreEqual(expected is null, interval is null, id);
            if (interval is var (low, high))
            {
                WorkedCases.Close(expected![0]!.GetValue<double>(), low, id);
                WorkedCases.Close(expected[1]!.GetValue<double>(), high, id);
            }
        }
    }

    [TestMethod]
    public void P_values_of_a_family_are_corrected_as_Holm_says()
    {
        foreach (var family in WorkedCases.Of("families.json", "families"))
            AreCorrected(family!["name"]!.GetValue<string>(), family["p"]!.Numbers(), family["holm"]!.Numbers());
        foreach (var claim in WorkedCases.Of("strata.json"))
        {
            var strata = claim!["result"]!["strata"]!.AsArray();
            AreCorrected(
                claim["id"]!.GetValue<string>(),
                [.. strata.Select(s => s!.Number("p"))],
                [.. strata.Select(s => s!.Number("p_holm"))]
            );
        }
    }

    [TestMethod]
    public void Two_hypotheses_of_which_one_can_be_true_count_as_one_and_the_rest_as_Shaffer_says()
    {
        Assert.AreEqual("0.04 0.9", string.Join(' ', Holm.Adjust([0.04, 0.9], mostTrue: 1)));
        // Three pairs: at most three true until the fourth, then two, then one.
        Assert.AreEqual(
            "0.03 0.06 0.09 0.12 0.12 0.12",
            string.Join(' ', Holm.Adjust([0.01, 0.02, 0.03, 0.04, 0.05, 0.06], mostTrue: 3).Select(p => Math.Round(p, 12)))
        );
    }

    private static void AreCorrected(string name, double[] values, double[] expected)
    {
        var adjusted = Holm.Adjust(values);
        for (var i = 0; i < values.Length; i++)
            WorkedCases.Close(expected[i], adjusted[i], name);
    }

    private static void CheckTests(string id, JsonNode result, MeanDifference difference, double margin)
    {
        WorkedCases.Close(result.Number("se"), difference.StandardError, id);
        WorkedCases.Close(result.Number("df"), difference.Freedom, id);
        WorkedCases.Close(result.Number("difference_test", "p"), difference.DifferenceP, id);
        WorkedCases.Close(result.Number("tost", "p"), difference.EquivalenceP(margin), id);
        foreach (var (name, confidence) in new[] { ("ci90", 0.9), ("ci95", 0.95) })
        {
            WorkedCases.Close(result[name]![0]!.GetValue<double>(), difference.Value - difference.HalfInterval(confidence), id);
            WorkedCases.Close(result[name]![1]!.GetValue<double>(), difference.Value + difference.HalfInterval(confidence), id);
        }
    }
}

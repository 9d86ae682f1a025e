using Sat.Records.Statistics;

namespace Sat.Records.Tests.Statistics;

[TestClass]
public sealed class RandomEffectsTests
{
    [TestMethod]
    public void Common_means_are_those_of_statsmodels()
    {
        foreach (var claim in WorkedCases.Of("strata.json"))
        {
            var id = claim!["id"]!.GetValue<string>();
            var result = claim["result"]!;
            (double, double)[] values = [.. result["strata"]!.AsArray().Select(s => (s!.Number("difference"), s!.Number("se")))];
            var effects = RandomEffects.From(values)!;
            var expected = result["meta"]!["paule_mandel"]!;
            WorkedCases.Close(result["meta"]!.Number("q"), effects.Q, id);
            WorkedCases.Close(result["meta"]!.Number("i2"), effects.BetweenShare, id);
            WorkedCases.Close(expected.Number("tau2"), effects.Tau * effects.Tau, id);
            WorkedCases.Close(expected.Number("estimate"), effects.Estimate, id);
            WorkedCases.Close(expected.Number("se"), effects.StandardError, id);
            WorkedCases.Close(expected.Number("hartung_knapp", "se"), effects.HartungKnapp, id);
            // Hartung and Knapp's own interval, where it is not the narrower one.
            var half = expected["hartung_knapp"]!["ci95"]!.Numbers()[1] - expected.Number("estimate");
            WorkedCases.Close(half * Math.Max(1, effects.StandardError / effects.HartungKnapp), effects.HalfInterval(), id);
        }
    }

    [TestMethod]
    public void Without_two_values_that_have_an_error_there_is_none()
    {
        Assert.IsNull(RandomEffects.From([(1, 0.1)]));
        Assert.IsNull(RandomEffects.From([(1, 0.1), (2, 0)]));
        Assert.IsNull(RandomEffects.From([(1, 0.1), (double.NaN, 0.1)]));
        Assert.AreEqual(0, RandomEffects.From([(1, 0.1), (1, 0.2)])!.Tau);
    }
}

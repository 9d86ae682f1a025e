using Sat.Engine.Measures;
using Sat.Records;
using Sat.Records.Metrics;

namespace Sat.Engine.Tests;

/// <summary>What a component measured by itself stands beside the engine's metrics, never in their place.</summary>
[TestClass]
public sealed class OwnMetricsTests
{
    [TestMethod]
    public void No_component_measures_under_a_name_of_the_engine()
    {
        Assert.HasCount(12, MetricNames.Reserved);
        foreach (var name in MetricNames.Reserved)
        {
            var error = Assert.ThrowsExactly<SatException>(() =>
                new OwnMetrics("the evaluation 'linear'", _ => { }).Finite(new Dictionary<string, double> { [name] = 1 }, 1)
            );
            Assert.AreEqual(ExitCode.RunFailed, error.ExitCode);
            Assert.AreEqual(
                $"the evaluation 'linear' returned a metric named '{name}', which the engine measures itself: choose another name",
                error.Message
            );
        }
    }

    [TestMethod]
    [DataRow("Top1")]
    [DataRow("top 1")]
    [DataRow("top--1")]
    [DataRow("-top")]
    [DataRow("")]
    [DataRow("top\n1")]
    [DataRow("top-1\n")]
    [DataRow("\u001b[31m")]
    [DataRow("a23456789-a23456789-a23456789-a23456789-a23456789-a23456789-a2345")]
    public void A_name_that_is_none_is_refused(string name) =>
        Assert.Contains(
            "a name has lower-case letters, digits and hyphens",
            Assert
                .ThrowsExactly<SatException>(() =>
                    new OwnMetrics("the method 'mine'", _ => { }).Finite(new Dictionary<string, double> { [name] = 1 }, 1)
                )
                .Message
        );

    [TestMethod]
    public void What_is_not_finite_is_left_out_and_told_once()
    {
        var notes = new List<string>();
        var own = new OwnMetrics("the method 'mine'", notes.Add);
        var metrics = new Dictionary<string, double>
        {
            ["top-1"] = 0.5,
            ["spread"] = double.NaN,
            ["far"] = double.NegativeInfinity,
        };
        CollectionAssert.AreEqual(new[] { KeyValuePair.Create("top-1", 0.5) }, own.Finite(metrics, 3).ToArray());
        _ = own.Finite(metrics, 4);
        CollectionAssert.AreEqual(
            new[]
            {
                "the method 'mine' returned NaN for the metric 'spread' after epoch 3: that value is left out",
                "the method 'mine' returned -Infinity for the metric 'far' after epoch 3: that value is left out",
            },
            notes
        );
        Assert.Contains("returned null for its metrics", Assert.ThrowsExactly<SatException>(() => own.Finite(null, 1)).Message);
    }
}

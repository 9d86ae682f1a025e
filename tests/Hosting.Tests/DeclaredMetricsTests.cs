using Sat.Records.Metrics;
using Sat.Records.Options;
using Sat.Sdk;

namespace Sat.Hosting.Tests;

/// <summary>What a plugin may declare of its metrics.</summary>
[TestClass]
public sealed class DeclaredMetricsTests
{
    [TestMethod]
    public void A_manifest_lists_the_metrics_of_methods_and_evaluations()
    {
        var registry = new ComponentRegistry();
        Evaluation(registry, Metric("risk") with { Better = MetricDirection.Lower });
        Assert.AreEqual(MetricDirection.Lower, registry.Components.Single().Metrics!.Single().Better);
    }

    [TestMethod]
    [DataRow("no name: use lower-case letters", "Top 1")]
    [DataRow("one that the engine measures itself", "test-accuracy")]
    [DataRow("'risk' is declared twice", "risk", "risk")]
    [DataRow("more than one is the main one", "main", "main-too")]
    public void Metrics_that_would_be_mistaken_are_refused(string fault, params string[] names)
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() =>
            Evaluation(
                new ComponentRegistry(),
                [.. names.Select(n => Metric(n) with { IsMain = n.StartsWith("main", StringComparison.Ordinal) })]
            )
        );
        StringAssert.Contains(error.Message, fault);
    }

    [TestMethod]
    public void What_measures_nothing_declares_no_metrics()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() =>
            new ComponentRegistry().AddSchedule<NoOptions>(
                "flat",
                "Flat.",
                _ => throw new NotSupportedException(),
                new ComponentDetails { Metrics = [Metric("risk")] }
            )
        );
        StringAssert.Contains(error.Message, "only methods and evaluations report any");
    }

    [TestMethod]
    public void Of_two_declarations_the_first_holds_and_the_main_metric_is_a_share()
    {
        var catalog = new MetricCatalog([
            Metric("risk") with
            {
                Unit = MetricUnit.Share,
                Better = MetricDirection.Lower,
            },
            Metric("risk"),
            Metric("area") with
            {
                IsMain = true,
            },
            Metric("top") with
            {
                Unit = MetricUnit.Share,
                IsMain = true,
            },
        ]);
        Assert.IsTrue(catalog.IsShare("risk"));
        Assert.AreEqual("top", catalog.Main(["risk", "area", "top"]));
        Assert.AreEqual("risk", catalog.Main(["risk", "area"]));
        Assert.AreEqual(MetricNames.TestAccuracy, catalog.Main(["top", MetricNames.TestAccuracy]));
        Assert.IsNull(catalog.Main(["area", MetricNames.Loss, "unknown"]));
        Assert.AreEqual(("unknown", MetricUnit.Number), (catalog["unknown"].Title, catalog["unknown"].Unit));
    }

    private static MetricSchema Metric(string name) => new() { Name = name, Title = name };

    private static void Evaluation(ComponentRegistry registry, params MetricSchema[] metrics) =>
        registry.AddEvaluation<NoOptions>(
            "risky",
            "Measures a risk.",
            (_, _) => throw new NotSupportedException(),
            new ComponentDetails { Metrics = metrics }
        );
}

using System.Text.Json.Nodes;
using Sat.Records;
using Sat.Records.Metrics;

namespace Sat.Tool.Tests;

[TestClass]
public sealed class DemoTests
{
    [TestMethod]
    public async Task The_demo_shows_memorising_and_its_cure()
    {
        using var workshop = new Workshop();
        var demo = await workshop.Sat("demo");

        Assert.AreEqual(ExitCode.Fine, demo.ExitCode, demo.Error);
        Assert.AreEqual(Path.Combine(workshop.Folder, "sat-demo", "report.html"), demo.LastLine);
        Assert.IsTrue(File.Exists(demo.LastLine));

        var runs = workshop.Plan("sat-demo").Runs.Select(r => workshop.Run("sat-demo", r.Id).ReadRecord()!).ToArray();
        Assert.HasCount(8, runs);
        var noisy = runs.Where(r => r.Spec.Noise.Id == "symmetric").ToLookup(r => (r.Spec.Method.Id, r.Spec.Seed), r => r.Final!);
        foreach (var seed in new long[] { 1, 2, 3 })
        {
            Assert.IsGreaterThanOrEqualTo(0.8, noisy[("erm", seed)].Single()[MetricNames.NoisyTrainAccuracy]);
            Assert.IsGreaterThan(
                noisy[("erm", seed)].Single()[MetricNames.TestAccuracy],
                noisy[("sat", seed)].Single()[MetricNames.TestAccuracy]
            );
        }
        // Not only a better score: the wrong labels themselves are found.
        Assert.IsTrue(noisy.Where(g => g.Key.Id == "sat").All(g => g.Single()[MetricNames.LabelsRecovered] > 0.3));

        var results = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(workshop.Folder, "sat-demo", "results.json")))!;
        Assert.AreEqual(8, (int)results["coverage"]!["done"]!);
    }

    [TestMethod]
    public async Task A_demo_without_the_effect_exits_with_4()
    {
        using var workshop = new Workshop();
        // The demo's own study, after one step: nothing is memorised, nothing cured.
        workshop.Write("demo.yaml", await File.ReadAllTextAsync(Path.Combine(Places.Repository, "studies", "presets", "demo.yaml")));
        await workshop.Sat("sweep", "demo.yaml", "--preset", "dry", "--set", "seed=1", "--out", "dry", "--threads", "1", "--jobs", "2");
        var report = await workshop.Sat("report", "dry", "--gate", "expectations");
        Assert.AreEqual(ExitCode.GateNotMet, report.ExitCode, report.Error);
        Assert.Contains("gate expectations: not met", report.Error);
    }
}

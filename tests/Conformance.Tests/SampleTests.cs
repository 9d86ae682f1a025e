using System.Text.Json.Nodes;
using Sat.Records.Components;
using Sat.Sdk.Testing;

namespace Sat.Conformance.Tests;

/// <summary>The samples keep the promises that the kit asks for: what each ability adds to a run resumes to the bit, leaks nothing and
/// waits for nothing.</summary>
[TestClass]
public sealed class SampleTests
{
    private static readonly JsonObject Data = new() { ["train-samples"] = 60, ["test-samples"] = 20 };

    // The kit stops runs in the middle of an epoch.
    private static readonly RunSetup Setup = new RunSetup { BatchSize = 8, Validation = 12 }.With(ComponentKind.Dataset, "shapes", Data);

    [TestMethod]
    [DataRow("Steps", "sam", "{}")]
    // Stopped while gradients add up.
    [DataRow("Steps", "alternating", """{ "head-steps": 3 }""")]
    [DataRow("Steps", "clipped", """{ "most-length": 0.5 }""")]
    [DataRow("Steps", "layerwise", "{}")]
    [DataRow("Batches", "curriculum", "{}")]
    // Its stream is used up within an epoch.
    [DataRow("Batches", "fixmatch", """{ "labelled": 21, "labelled-batch": 5, "threshold": 0.1 }""")]
    [DataRow("Batches", "small-loss", "{}")]
    [DataRow("Figures", "losses", "{}")]
    [DataRow("EarlyStopping", "early-stopping", """{ "patience": 9 }""")]
    public void A_method_resumes_to_the_bit_leaks_nothing_and_never_waits(string plugin, string id, string options)
    {
        var checks = new MethodChecks(
            PluginUnderTest.From(Places.Bin(plugin)),
            Setup.With(ComponentKind.Method, id, JsonNode.Parse(options)!.AsObject())
        );
        checks.AStoppedRunGoesOnToTheSameBits();
        checks.NothingLeaks();
        checks.NoStepWaitsForTheDevice();
        checks.GradientsReachEveryParameter();
        checks.TrainingLowersTheLoss();
    }

    [TestMethod]
    public void An_optimizer_with_state_of_its_own_resumes_to_the_bit()
    {
        var run = Setup.With(ComponentKind.Optimizer, "lookahead", new JsonObject { ["every"] = 7 });
        var checks = new MethodChecks(PluginUnderTest.From(Places.Bin("Steps")), run);
        checks.AStoppedRunGoesOnToTheSameBits();
        checks.NothingLeaks();
        checks.TrainingLowersTheLoss();
    }

    [TestMethod]
    public void A_method_reads_the_networks_of_an_earlier_run()
    {
        var plugin = PluginUnderTest.From(Places.Bin("Files"));
        using var teacher = plugin.Train(Setup).RequireDone();
        var weights = Path.Combine(teacher.Folder, "weights.safetensors");
        var student = Setup.With(ComponentKind.Method, "distillation", new JsonObject { ["teacher"] = weights });
        var checks = new MethodChecks(plugin, student);
        checks.AStoppedRunGoesOnToTheSameBits();
        checks.NothingLeaks();
        checks.GradientsReachEveryParameter();
        checks.TrainingLowersTheLoss();

        // An evaluation makes the method again, its teacher too.
        using var run = plugin.Train(student).RequireDone();
        using var attacked = run.Evaluate(plugin, "pgd", new JsonObject { ["samples"] = 8, ["steps"] = 1 }).RequireDone();

        // The file is part of what the run is.
        using (var file = File.OpenWrite(weights))
        {
            file.Seek(-1, SeekOrigin.End);
            file.WriteByte(0x3F);
        }
        using var other = plugin.Train(student);
        Assert.AreNotEqual(run.Record.Id, other.Record.Id);
    }

    [TestMethod]
    public void A_method_reads_a_matrix()
    {
        using var folder = new TemporaryFolder();
        var plugin = PluginUnderTest.From(Places.Bin("Files"));
        double[] Losses(Func<int, int, double> transition)
        {
            var rows = Enumerable
                .Range(0, 10)
                .Select(i => string.Join(',', Enumerable.Range(0, 10).Select(j => FormattableString.Invariant($"{transition(i, j)}"))));
            folder.Write("matrix.csv", System.Text.Encoding.ASCII.GetBytes(string.Join('\n', rows)));
            using var run = plugin
                .Train(Setup.With(ComponentKind.Method, "known-transition", new JsonObject { ["matrix"] = folder.At("matrix.csv") }))
                .RequireDone();
            return [.. run.Values("loss")];
        }
        using var plain = plugin.Train(Setup).RequireDone();
        foreach (var (expected, found) in plain.Values("loss").Zip(Losses((i, j) => i == j ? 1 : 0)))
            Assert.AreEqual(expected, found, 1e-3, "without noise it is cross-entropy");
        foreach (var loss in Losses((_, _) => 0.1))
            Assert.AreEqual(Math.Log(10), loss, 1e-4, "labels that say nothing");
    }
}

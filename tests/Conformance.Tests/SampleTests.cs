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
}

using System.Text.Json.Nodes;
using Sat.Records.Components;
using Sat.Sdk;
using Sat.Sdk.Testing;

namespace Sat.Conformance.Tests;

/// <summary>Components that break a promise: the check of that promise says so, and what to do.</summary>
[TestClass]
public sealed class CarelessTests
{
    private static readonly Lazy<PluginUnderTest> Plugin = new(() => PluginUnderTest.From(Places.Bin("Careless")));

    [TestMethod]
    public void A_counter_that_no_checkpoint_holds() =>
        AssertFound(Method("state").AStoppedRunGoesOnToTheSameBits, "a run that was stopped and resumed differs", "IMethodState");

    [TestMethod]
    public void Random_numbers_that_no_seed_decides() =>
        AssertFound(Method("seed").TheSameSeedGivesTheSameBits, "two runs of the same seed differ", "CreateGenerator");

    [TestMethod]
    public void Tensors_that_outlive_their_step() => AssertFound(Method("leak").NothingLeaks, "tensors more live");

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void A_step_that_waits_for_the_device() => AssertFound(Method("wait").NoStepWaitsForTheDevice, "nonzero", "Metrics");

    [TestMethod]
    public void A_parameter_that_the_loss_leaves_out() =>
        AssertFound(Method("gradient").GradientsReachEveryParameter, "no step gave these parameters a gradient: forgotten.");

    [TestMethod]
    public void A_loss_that_stays_as_it_is() => AssertFound(Method("learning").TrainingLowersTheLoss, "the loss is");

    [TestMethod]
    public void A_method_that_breaks_none_passes_all()
    {
        var checks = Method("none");
        checks.AStoppedRunGoesOnToTheSameBits();
        checks.TheSameSeedGivesTheSameBits();
        checks.NothingLeaks();
        checks.NoStepWaitsForTheDevice();
        checks.GradientsReachEveryParameter();
        checks.TrainingLowersTheLoss();
        checks.ItTrainsInBf16();
    }

    [TestMethod]
    public void A_model_that_looks_at_its_whole_batch() =>
        AssertFound(Model("batch-bound").EvaluationLooksAtEachImageAlone, "other features beside other images");

    [TestMethod]
    public void A_model_whose_weights_no_seed_decides() => AssertFound(Model("unseeded").TheSeedDecidesTheWeights, "of one seed");

    [TestMethod]
    public void A_noise_that_changes_what_it_is_given() =>
        AssertFound(new NoiseChecks(Plugin.Value, "in-place").ItKeepsShapesAndWhatItWasGiven, "return others");

    [TestMethod]
    public void A_noise_that_draws_from_elsewhere() =>
        AssertFound(new NoiseChecks(Plugin.Value, "unseeded").TheSameSeedGivesTheSameNoise, "Generator");

    [TestMethod]
    public void A_dataset_that_is_sorted() =>
        AssertFound(new DatasetChecks(Plugin.Value, "sorted").TheOrderSaysNothingOfTheClasses, "sorted by class");

    private static MethodChecks Method(string promise) =>
        new(Plugin.Value, new RunSetup().With(ComponentKind.Method, "careless", new JsonObject { ["breaks"] = promise }));

    private static ModelChecks Model(string id) => new(Plugin.Value, id, null, new ImageShape(3, 8, 8));

    private static void AssertFound(Action check, params string[] parts)
    {
        var error = Assert.ThrowsExactly<ConformanceException>(check);
        foreach (var part in parts)
            Assert.Contains(part, error.Message);
    }
}

using System.Text.Json.Nodes;
using Sat.Records.Components;
using Sat.Sdk;
using Sat.Sdk.Testing;

namespace Sat.Conformance.Tests;

/// <summary>The tool's own components keep the promises that the kit asks a stranger's for.</summary>
[TestClass]
public sealed class BuiltInTests
{
    // Where methods have these options, their steps are small, and adapt from the first one on.
    private static readonly JsonObject Small = new()
    {
        ["start-epoch"] = 1,
        ["pretrain-epochs"] = 1,
        ["warm-up-epochs"] = 1,
        ["projector-hidden"] = 16,
        ["projection-dimension"] = 8,
        ["predictor-hidden"] = 16,
    };

    // A stranger's plugin beside them, as the kit is used.
    private static readonly Lazy<PluginUnderTest> Plugin = new(() => PluginUnderTest.From(Places.Bin("Stranger")));

    // One of them learns nothing, as its name says.
    public static IEnumerable<string> Methods => Ids(ComponentKind.Method).Where(id => id != "untrained");

    public static IEnumerable<string> Models => Ids(ComponentKind.Model);

    // Some of them ask for what the kit's data have not: a file, and classes of CIFAR's names.
    public static IEnumerable<string> Noises =>
        Ids(ComponentKind.Noise).Where(id => id is not ("from-file" or "cifar10n" or "cifar100n" or "asymmetric"));

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Every_method_resumes_to_the_bit_and_leaks_nothing(string id)
    {
        var checks = new MethodChecks(Plugin.Value, Run(id));
        checks.AStoppedRunGoesOnToTheSameBits();
        checks.NothingLeaks();
        checks.GradientsReachEveryParameter();
    }

    /// <summary>It divides its samples by numbers that it reads, but only between epochs.</summary>
    [TestMethod]
    public void DivideMix_never_waits_in_a_step_and_trains_in_bf16()
    {
        var checks = new MethodChecks(Plugin.Value, Run("dividemix"));
        checks.NoStepWaitsForTheDevice();
        checks.TheSameSeedGivesTheSameBits();
        checks.ItTrainsInBf16();
    }

    [TestMethod]
    [DynamicData(nameof(Models))]
    public void Every_model_has_its_shapes_and_seeds(string id)
    {
        var checks = new ModelChecks(Plugin.Value, id, new JsonObject(), new ImageShape(3, 32, 32));
        checks.FeaturesHaveTheStatedShape();
        checks.EvaluationLooksAtEachImageAlone();
        checks.TheSeedDecidesTheWeights();
    }

    [TestMethod]
    [DynamicData(nameof(Noises))]
    public void Every_noise_keeps_shapes_and_draws_by_its_seed(string id)
    {
        var checks = new NoiseChecks(Plugin.Value, id);
        checks.ItKeepsShapesAndWhatItWasGiven();
        checks.TheSameSeedGivesTheSameNoise();
    }

    [TestMethod]
    public void The_generated_dataset_keeps_its_promises()
    {
        var checks = new DatasetChecks(Plugin.Value, "shapes");
        checks.ImagesAndLabelsAreAsStated();
        checks.ItGivesTheSameTwice();
        checks.TheOrderSaysNothingOfTheClasses();
    }

    [TestMethod]
    public void Options_of_every_component_are_what_planning_takes_them_for()
    {
        foreach (var entry in Plugin.Value.Host.Catalog.Entries)
        {
            var checks = new OptionChecks(Plugin.Value, entry.Schema.Kind, entry.Schema.Id);
            checks.DefaultsAreValues();
            checks.ValuesOutOfRangeAreRefused();
        }
    }

    private static IEnumerable<string> Ids(ComponentKind kind) => [.. Plugin.Value.Host.Catalog.Ids(kind)];

    private static RunSetup Run(string id)
    {
        var schema = Plugin.Value.Host.Catalog.Find(ComponentKind.Method, id)!.Schema;
        var options = new JsonObject(
            Small.Where(s => schema.Options.Any(o => o.Name == s.Key)).Select(s => KeyValuePair.Create(s.Key, s.Value?.DeepClone()))
        );
        var data = new JsonObject { ["train-samples"] = 48, ["test-samples"] = 16 };
        // Methods that craft images want pixels.
        if (schema.Requires is not null)
            data["normalize"] = false;
        return new RunSetup { Epochs = 3, BatchSize = 8 }
            .With(ComponentKind.Method, id, options)
            .With(ComponentKind.Dataset, "shapes", data);
    }
}

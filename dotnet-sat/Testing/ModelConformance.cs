using System.Text.Json.Nodes;
using Sat.Records.Components;

namespace Sat.Sdk.Testing;

/// <summary>The promises of a model as tests: inherit it in a test class, and name the model.</summary>
public abstract class ModelConformance
{
    /// <summary>The model's id.</summary>
    protected abstract string Id { get; }

    /// <summary>Option name to value.</summary>
    protected virtual JsonObject Options => [];

    /// <summary>Shape of the images that it is tried on.</summary>
    protected virtual ImageShape Shape => new(3, 32, 32);

    /// <summary>The run that it is trained in.</summary>
    protected virtual RunSetup Run => new();

    /// <summary>The plugin: that of the test project's reference.</summary>
    protected virtual PluginUnderTest Plugin => PluginUnderTest.Built;

    private ModelChecks Checks => new(Plugin, Id, Options, Shape);

    private MethodChecks Training => new(Plugin, Run.With(ComponentKind.Model, Id, Options));

    private OptionChecks OfOptions => new(Plugin, ComponentKind.Model, Id);

    /// <inheritdoc cref="ModelChecks.FeaturesHaveTheStatedShape"/>
    [TestMethod]
    public void Features_have_the_stated_shape() => Checks.FeaturesHaveTheStatedShape();

    /// <inheritdoc cref="ModelChecks.EvaluationLooksAtEachImageAlone"/>
    [TestMethod]
    public void Evaluation_looks_at_each_image_alone() => Checks.EvaluationLooksAtEachImageAlone();

    /// <inheritdoc cref="ModelChecks.TheSeedDecidesTheWeights"/>
    [TestMethod]
    public void The_seed_decides_the_weights() => Checks.TheSeedDecidesTheWeights();

    /// <inheritdoc cref="MethodChecks.GradientsReachEveryParameter"/>
    [TestMethod]
    public void Gradients_reach_every_parameter() => Training.GradientsReachEveryParameter();

    /// <inheritdoc cref="MethodChecks.TrainingLowersTheLoss"/>
    [TestMethod]
    public void Training_lowers_the_loss() => Training.TrainingLowersTheLoss();

    /// <inheritdoc cref="MethodChecks.ItTrainsInBf16"/>
    [TestMethod]
    public void It_trains_in_bf16() => Training.ItTrainsInBf16();

    /// <inheritdoc cref="OptionChecks.DefaultsAreValues"/>
    [TestMethod]
    public void Default_options_are_values() => OfOptions.DefaultsAreValues();

    /// <inheritdoc cref="OptionChecks.ValuesOutOfRangeAreRefused"/>
    [TestMethod]
    public void Options_out_of_range_are_refused() => OfOptions.ValuesOutOfRangeAreRefused();
}

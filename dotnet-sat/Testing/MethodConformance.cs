using System.Text.Json.Nodes;
using Sat.Records.Components;

namespace Sat.Sdk.Testing;

/// <summary>The promises of a method as tests: inherit it in a test class, and name the method.</summary>
public abstract class MethodConformance
{
    /// <summary>The method's id.</summary>
    protected abstract string Id { get; }

    /// <summary>Option name to value, where the defaults do not suit a run of a few epochs.</summary>
    protected virtual JsonObject Options => [];

    /// <summary>The run that the method is tried in.</summary>
    protected virtual RunSetup Run => new();

    /// <summary>The plugin: that of the test project's reference.</summary>
    protected virtual PluginUnderTest Plugin => PluginUnderTest.Built;

    private MethodChecks Checks => new(Plugin, Run.With(ComponentKind.Method, Id, Options));

    private OptionChecks OfOptions => new(Plugin, ComponentKind.Method, Id);

    /// <inheritdoc cref="MethodChecks.GradientsReachEveryParameter"/>
    [TestMethod]
    public void Gradients_reach_every_parameter() => Checks.GradientsReachEveryParameter();

    /// <inheritdoc cref="MethodChecks.TheSameSeedGivesTheSameBits"/>
    [TestMethod]
    public void The_same_seed_gives_the_same_bits() => Checks.TheSameSeedGivesTheSameBits();

    /// <inheritdoc cref="MethodChecks.AStoppedRunGoesOnToTheSameBits"/>
    [TestMethod]
    public void A_stopped_run_goes_on_to_the_same_bits() => Checks.AStoppedRunGoesOnToTheSameBits();

    /// <inheritdoc cref="MethodChecks.TrainingLowersTheLoss"/>
    [TestMethod]
    public void Training_lowers_the_loss() => Checks.TrainingLowersTheLoss();

    /// <inheritdoc cref="MethodChecks.NothingLeaks"/>
    [TestMethod]
    public void Nothing_leaks() => Checks.NothingLeaks();

    /// <inheritdoc cref="MethodChecks.ItTrainsInBf16"/>
    [TestMethod]
    public void It_trains_in_bf16() => Checks.ItTrainsInBf16();

    /// <inheritdoc cref="MethodChecks.NoStepWaitsForTheDevice"/>
    [TestMethod]
    public void No_step_waits_for_the_device() => Checks.NoStepWaitsForTheDevice();

    /// <inheritdoc cref="OptionChecks.DefaultsAreValues"/>
    [TestMethod]
    public void Default_options_are_values() => OfOptions.DefaultsAreValues();

    /// <inheritdoc cref="OptionChecks.ValuesOutOfRangeAreRefused"/>
    [TestMethod]
    public void Options_out_of_range_are_refused() => OfOptions.ValuesOutOfRangeAreRefused();
}

using System.Text.Json.Nodes;
using Sat.Records.Components;

namespace Sat.Sdk.Testing;

/// <summary>The promises of a noise as tests: inherit it in a test class, and name the noise.</summary>
public abstract class NoiseConformance
{
    /// <summary>The noise's id.</summary>
    protected abstract string Id { get; }

    /// <summary>Option name to value.</summary>
    protected virtual JsonObject Options => [];

    /// <summary>The plugin: that of the test project's reference.</summary>
    protected virtual PluginUnderTest Plugin => PluginUnderTest.Built;

    private NoiseChecks Checks => new(Plugin, Id, Options);

    private OptionChecks OfOptions => new(Plugin, ComponentKind.Noise, Id);

    /// <inheritdoc cref="NoiseChecks.ItKeepsShapesAndWhatItWasGiven"/>
    [TestMethod]
    public void It_keeps_shapes_and_what_it_was_given() => Checks.ItKeepsShapesAndWhatItWasGiven();

    /// <inheritdoc cref="NoiseChecks.TheSameSeedGivesTheSameNoise"/>
    [TestMethod]
    public void The_same_seed_gives_the_same_noise() => Checks.TheSameSeedGivesTheSameNoise();

    /// <summary>A short run with it comes to its end.</summary>
    [TestMethod]
    public void A_run_with_it_ends() =>
        Plugin.Train(new RunSetup { Epochs = 1 }.With(ComponentKind.Noise, Id, Options)).RequireDone().Dispose();

    /// <inheritdoc cref="OptionChecks.DefaultsAreValues"/>
    [TestMethod]
    public void Default_options_are_values() => OfOptions.DefaultsAreValues();

    /// <inheritdoc cref="OptionChecks.ValuesOutOfRangeAreRefused"/>
    [TestMethod]
    public void Options_out_of_range_are_refused() => OfOptions.ValuesOutOfRangeAreRefused();
}

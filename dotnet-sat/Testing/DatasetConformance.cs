using System.Text.Json.Nodes;
using Sat.Records.Components;

namespace Sat.Sdk.Testing;

/// <summary>The promises of a dataset as tests: inherit it in a test class, and name the dataset.</summary>
public abstract class DatasetConformance
{
    /// <summary>The dataset's id.</summary>
    protected abstract string Id { get; }

    /// <summary>Option name to value, with paths as texts.</summary>
    protected virtual JsonObject Options => [];

    /// <summary>The plugin: that of the test project's reference.</summary>
    protected virtual PluginUnderTest Plugin => PluginUnderTest.Built;

    private DatasetChecks Checks => new(Plugin, Id, Options);

    private OptionChecks OfOptions => new(Plugin, ComponentKind.Dataset, Id);

    /// <inheritdoc cref="DatasetChecks.ImagesAndLabelsAreAsStated"/>
    [TestMethod]
    public void Images_and_labels_are_as_stated() => Checks.ImagesAndLabelsAreAsStated();

    /// <inheritdoc cref="DatasetChecks.ItGivesTheSameTwice"/>
    [TestMethod]
    public void It_gives_the_same_twice() => Checks.ItGivesTheSameTwice();

    /// <inheritdoc cref="DatasetChecks.TheOrderSaysNothingOfTheClasses"/>
    [TestMethod]
    public void The_order_says_nothing_of_the_classes() => Checks.TheOrderSaysNothingOfTheClasses();

    /// <summary>A short run on it comes to its end.</summary>
    [TestMethod]
    public void A_run_on_it_ends() =>
        Plugin.Train(new RunSetup { Epochs = 1 }.With(ComponentKind.Dataset, Id, Options)).RequireDone().Dispose();

    /// <inheritdoc cref="OptionChecks.DefaultsAreValues"/>
    [TestMethod]
    public void Default_options_are_values() => OfOptions.DefaultsAreValues();

    /// <inheritdoc cref="OptionChecks.ValuesOutOfRangeAreRefused"/>
    [TestMethod]
    public void Options_out_of_range_are_refused() => OfOptions.ValuesOutOfRangeAreRefused();
}

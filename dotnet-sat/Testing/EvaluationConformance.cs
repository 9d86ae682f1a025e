using System.Text.Json.Nodes;
using Sat.Records.Components;

namespace Sat.Sdk.Testing;

/// <summary>The promises of an evaluation as tests: inherit it in a test class, and name the evaluation.</summary>
public abstract class EvaluationConformance
{
    /// <summary>The evaluation's id.</summary>
    protected abstract string Id { get; }

    /// <summary>Option name to value.</summary>
    protected virtual JsonObject Options => [];

    /// <summary>The run that is measured.</summary>
    protected virtual RunSetup Run => new();

    /// <summary>The plugin: that of the test project's reference.</summary>
    protected virtual PluginUnderTest Plugin => PluginUnderTest.Built;

    private OptionChecks OfOptions => new(Plugin, ComponentKind.Evaluation, Id);

    /// <inheritdoc cref="EvaluationChecks.ATrainedRunIsMeasuredAndAgainWithTheSameNumbers"/>
    [TestMethod]
    public void A_trained_run_is_measured_and_again_with_the_same_numbers() =>
        new EvaluationChecks(Plugin, Id, Options, Run).ATrainedRunIsMeasuredAndAgainWithTheSameNumbers();

    /// <inheritdoc cref="OptionChecks.DefaultsAreValues"/>
    [TestMethod]
    public void Default_options_are_values() => OfOptions.DefaultsAreValues();

    /// <inheritdoc cref="OptionChecks.ValuesOutOfRangeAreRefused"/>
    [TestMethod]
    public void Options_out_of_range_are_refused() => OfOptions.ValuesOutOfRangeAreRefused();
}

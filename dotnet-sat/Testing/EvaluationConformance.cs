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

    /// <summary>A trained run is measured, twice with the same numbers, and every number is finite.</summary>
    [TestMethod]
    public void A_trained_run_is_measured_and_again_with_the_same_numbers()
    {
        using var run = Plugin.Train(Run).RequireDone();
        using var one = run.Evaluate(Plugin, Id, Options).RequireDone();
        using var other = run.Evaluate(Plugin, Id, Options).RequireDone();
        var measured = one.Record.Final ?? throw new ConformanceException("it reports no metric");
        ConformanceException.Require(measured.Count > 0, "it reports no metric that is finite");
        ConformanceException.Require(one.Record.Warnings.Count == 0, string.Join('\n', one.Record.Warnings));
        foreach (var (name, value) in measured)
            ConformanceException.Require(
                other.Record.Final!.GetValueOrDefault(name).Equals(value),
                $"'{name}' is another number when the same run is measured again: draw from the context's CreateGenerator alone"
            );
    }

    /// <inheritdoc cref="OptionChecks.DefaultsAreValues"/>
    [TestMethod]
    public void Default_options_are_values() => OfOptions.DefaultsAreValues();

    /// <inheritdoc cref="OptionChecks.ValuesOutOfRangeAreRefused"/>
    [TestMethod]
    public void Options_out_of_range_are_refused() => OfOptions.ValuesOutOfRangeAreRefused();
}

using System.Text.Json.Nodes;

namespace Sat.Sdk.Testing;

/// <summary>What reports rely on in an evaluation, as a check that throws <see cref="ConformanceException"/>.</summary>
/// <param name="plugin">The plugin.</param>
/// <param name="id">The evaluation's id.</param>
/// <param name="options">Option name to value; those left out have their defaults.</param>
/// <param name="run">The run that is measured; null: a short one.</param>
public sealed class EvaluationChecks(PluginUnderTest plugin, string id, JsonObject? options = null, RunSetup? run = null)
{
    /// <summary>A trained run is measured, twice with the same numbers, and every number is finite.</summary>
    public void ATrainedRunIsMeasuredAndAgainWithTheSameNumbers()
    {
        using var trained = plugin.Train(run ?? new RunSetup()).RequireDone();
        using var one = trained.Evaluate(plugin, id, options).RequireDone();
        using var other = trained.Evaluate(plugin, id, options).RequireDone();
        var measured = one.Record.Final ?? throw new ConformanceException("it reports no metric");
        ConformanceException.Require(measured.Count > 0, "it reports no metric that is finite");
        ConformanceException.Require(one.Record.Warnings.Count == 0, string.Join('\n', one.Record.Warnings));
        foreach (var (name, value) in measured)
            ConformanceException.Require(
                other.Record.Final!.GetValueOrDefault(name).Equals(value),
                $"'{name}' is another number when the same run is measured again: draw from the context's CreateGenerator alone"
            );
    }
}

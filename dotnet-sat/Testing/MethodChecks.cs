using System.Globalization;
using Sat.Records.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace Sat.Sdk.Testing;

/// <summary>What the contracts promise of a method, each as a check that throws <see cref="ConformanceException"/>; for any test framework.
/// <see cref="MethodConformance"/> has them as tests of MSTest.</summary>
/// <param name="plugin">The plugin.</param>
/// <param name="run">A run of the method.</param>
public sealed class MethodChecks(PluginUnderTest plugin, RunSetup run)
{
    /// <summary>Steps in which momenta, caches and the like are made.</summary>
    private const int WarmUp = 2;

    /// <summary>Steps over which nothing may leak.</summary>
    private const int Steps = 50;

    // Each gives the host a number, or a tensor of a size that only the device knows.
    private static readonly string[] Reading =
    [
        "item",
        "_local_scalar_dense",
        "is_nonzero",
        "equal",
        "allclose",
        "nonzero",
        "nonzero_numpy",
        "argwhere",
        "masked_select",
        "_unique",
        "_unique2",
        "unique_dim",
        "unique_consecutive",
        "bincount",
        "repeat_interleave",
    ];

    /// <summary>Within an epoch's steps, each trainable parameter gets a gradient that is not 0; of a method that makes its steps itself,
    /// and may clear its gradients after them, each moves.</summary>
    public void GradientsReachEveryParameter()
    {
        var still = new HashSet<string>(StringComparer.Ordinal);
        var moved = new HashSet<string>(StringComparer.Ordinal);
        var first = new Dictionary<string, Tensor>();
        using var trained = TrainedRun
            .Of(plugin, run, (method, time) =>
            {
                using var scope = NewDisposeScope();
                using var noGradients = no_grad();
                foreach (var (name, parameter) in method.Network.named_parameters().Where(p => p.parameter.requires_grad))
                {
                    still.Add(name);
                    if (method is IOwnStep && time.Step == 0)
                        first[name] = parameter.detach().clone().DetachFromDisposeScope();
                    // Of the step before.
                    var change = method is IOwnStep ? parameter - first[name] : parameter.grad;
                    if (time.Step > 0 && !moved.Contains(name) && change?.ne(0).any().ToBoolean() == true)
                        moved.Add(name);
                }
            })
            .RequireDone();
        foreach (var tensor in first.Values)
            tensor.Dispose();
        still.ExceptWith(moved);
        ConformanceException.Require(
            still.Count == 0,
            $"no step gave these parameters a gradient: {string.Join(", ", still.Order(StringComparer.Ordinal))}. "
                + "Use them in the loss, or set requires_grad to false for those that are not learned"
        );
    }

    /// <summary>Two runs of one seed write the same bytes.</summary>
    public void TheSameSeedGivesTheSameBits()
    {
        using var one = plugin.Train(run).RequireDone();
        using var other = plugin.Train(run).RequireDone();
        RequireSame(one, other, "two runs of the same seed differ in", "draw random numbers from torch or from Task.CreateGenerator alone");
    }

    /// <summary>A run that is stopped within an epoch and carried on with by a new process ends in the bits of one that was not.</summary>
    public void AStoppedRunGoesOnToTheSameBits()
    {
        var steps = 0L;
        using var whole = TrainedRun.Of(plugin, run, (_, time) => steps = time.StepsPerEpoch * run.Epochs).RequireDone();
        using var resumed = TrainedRun.Stopped(plugin, run, (steps / 2) + 1).RequireDone();
        RequireSame(
            whole,
            resumed,
            "a run that was stopped and resumed differs from one that was not in",
            "keep what outlives a step in the network's buffers, in IMethodState or in IMethodNumbers"
        );
    }

    /// <summary>A short training lowers the loss, and leaves no weight that is not finite.</summary>
    public void TrainingLowersTheLoss()
    {
        using var trained = plugin.Train(run with { Epochs = Math.Max(run.Epochs, 8) }).RequireDone();
        var losses = trained.Values(MetricNames.Loss);
        ConformanceException.Require(
            losses[^1] < losses[0],
            $"after {losses.Count} epochs the loss is {Text(losses[^1])}; after the first it was {Text(losses[0])}"
        );
    }

    /// <summary>As many tensors live after some fifty steps as before.</summary>
    public void NothingLeaks()
    {
        var stepsPerEpoch = 1L;
        using var once = TrainedRun.Of(plugin, run with { Epochs = 1 }, (_, time) => stepsPerEpoch = time.StepsPerEpoch).RequireDone();
        var epochs = WarmUp + (int)Math.Ceiling((double)Steps / stepsPerEpoch);
        using var trained = plugin.Train(run with { Epochs = epochs }).RequireDone();
        var live = trained.Telemetry.Select(t => t.LiveTensors).ToArray();
        ConformanceException.Require(
            live[^1] <= live[WarmUp - 1],
            $"{live[^1] - live[WarmUp - 1]} tensors more live after epoch {live.Length} than after epoch {WarmUp}: "
                + "dispose what replaces something, and detach from the dispose scope only what must outlive the step"
        );
    }

    /// <summary>It trains in bfloat16, where the networks compute in that.</summary>
    public void ItTrainsInBf16() => plugin.Train(run with { Precision = "bf16" }).RequireDone().Dispose();

    /// <summary>No step asks the device for a number, which on a card would wait for all work before. Watched on Linux alone.</summary>
    public void NoStepWaitsForTheDevice()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var operators = new Operators();
        var waits = new SortedSet<string>(StringComparer.Ordinal);
        var steps = 0;
        var watching = false;
        using var trained = TrainedRun
            .Of(plugin, run, (_, time) =>
            {
                var seen = operators.Take();
                if (watching)
                {
                    steps++;
                    waits.UnionWith(seen.Where(o => Reading.Contains(o.Name)).Select(o => o.Name));
                }
                watching = time.Step >= WarmUp && (time.Step + 1) % time.StepsPerEpoch != 0;
            })
            .RequireDone();
        ConformanceException.Require(steps > 0, "the run has too few steps to watch one: give it more epochs, or smaller batches");
        ConformanceException.Require(
            waits.Count == 0,
            $"a step reads numbers from the device ({string.Join(", ", waits)}), which on a card waits for all work before: "
                + "compute with tensors, and read numbers in Metrics, at the end of an epoch"
        );
    }

    private static void RequireSame(TrainedRun one, TrainedRun other, string what, string remedy)
    {
        var differing = one
            .Record.Outputs.Where(o => other.Record.Outputs.GetValueOrDefault(o.Key) != o.Value)
            .Select(o => o.Key)
            .Order(StringComparer.Ordinal)
            .ToArray();
        ConformanceException.Require(
            differing.Length == 0 && one.Record.Outputs.Count == other.Record.Outputs.Count,
            $"{what} {string.Join(", ", differing)}: {remedy}"
        );
    }

    private static string Text(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}

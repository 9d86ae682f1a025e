using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.SelfSupervised.Tests;

/// <summary>Against whole small trainings in another framework.</summary>
[TestClass]
public sealed class TraceParityTests
{
    /// <summary>The files have nine decimals.</summary>
    const double Written = 6e-10;

    [TestMethod]
    [DataRow("byol")]
    [DataRow("byol-sat")]
    [DataRow("sat-ssl")]
    public void Every_loss_and_the_final_weights_and_targets_are_those_of_the_trace(string id)
    {
        var trace = Trace.Read(id);
        using var scope = NewDisposeScope();
        var samples = trace.Steps.SelectMany(s => s.Index).Max() + 1;
        var epochs = trace.Steps[^1].Epoch + 1;
        var options = Methods.Small(new() { ["momentum"] = trace.Tau0 });
        if (trace.Alpha is { } alpha)
            options["alpha"] = alpha;
        var method = Methods.Create(id, Methods.Task(samples, trace.TotalSteps / epochs, epochs), options);
        Load(method, trace.Init);
        var optimizer = Methods.Sgd(method, trace.Optimizer.Lr, trace.Optimizer.Momentum, trace.Optimizer.WeightDecay);

        method.Network.train();
        foreach (var step in trace.Steps)
        {
            using var stepScope = NewDisposeScope();
            Tensor[] views = [.. step.Views.Select((_, v) => step.View(v))];

            var loss = Tasks.Step(method, optimizer, Tasks.Batch(views, tensor(step.Index), epoch: step.Epoch, step: step.Step));

            Assert.AreEqual(step.Loss, loss, 1e-5 * Math.Abs(step.Loss), $"loss of step {step.Step}");
        }

        Check(method, trace.FinalOnline, name => Name(name, "online"));
        Check(method, trace.FinalTarget, name => Name(name, "target"));
        if (trace.FinalSampleTargets is { } targets)
        {
            var kept = ((IMethodState)method).State["targets"];
            for (var direction = 0; direction < targets.Length; direction++)
                Close.Assert(
                    [.. targets[direction].SelectMany(t => t)],
                    kept.select(1, direction),
                    1e-4,
                    Written,
                    $"targets of direction {direction}"
                );
        }
    }

    [TestMethod]
    public void The_target_encoder_starts_as_a_copy_of_the_trained_one()
    {
        using var scope = NewDisposeScope();
        foreach (var id in new[] { "byol", "byol-sat", "sat-ssl" })
        {
            var state = Methods.Create(id, Methods.Task(8, 1, 1)).Network.state_dict();
            foreach (var (name, value) in state.Where(s => s.Key.StartsWith("online.", StringComparison.Ordinal)))
                Assert.IsTrue(value.equal(state["target." + name["online.".Length..]]).all().item<bool>(), $"{id}: {name}");
        }
    }

    static void Load(Method method, Dictionary<string, TraceTensor> initial)
    {
        using var noGradient = no_grad();
        var state = method.Network.state_dict();
        foreach (var (name, value) in initial)
        {
            state[Name(name, "online")].copy_(value.ToTensor());
            if (!name.StartsWith("predictor.", StringComparison.Ordinal))
                state[Name(name, "target")].copy_(value.ToTensor());
        }
    }

    static void Check(Method method, Dictionary<string, float[]> expected, Func<string, string> name)
    {
        var state = method.Network.state_dict();
        foreach (var (traced, values) in expected)
            Close.Assert(values, state[name(traced)], 1e-4, 1e-7, name(traced));
    }

    /// <summary>A name of the trace within the method's network.</summary>
    static string Name(string traced, string encoder) =>
        traced.Split('.', 2) switch
        {
            ["encoder", var rest] => $"{encoder}.backbone.layers.{rest}",
            ["projector", var rest] => $"{encoder}.projector.{rest}",
            _ => traced,
        };
}

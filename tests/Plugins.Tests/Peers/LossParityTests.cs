using System.Text.Json.Nodes;
using Sat.Records.Components;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.Peers.Tests;

/// <summary>Against the formulas of the papers, computed once more by PyTorch in double precision.</summary>
[TestClass]
public sealed class LossParityTests
{
    const double Relative = 1e-5;

    /// <summary>Gradients are differences of probabilities, rounded to some 6e-8 each, times the weights of the losses.</summary>
    const double Rounding = 2e-7;

    [TestMethod]
    [DataRow("gce")]
    [DataRow("gce-truncated")]
    [DataRow("sce")]
    [DataRow("sce-other")]
    [DataRow("bootstrap-soft")]
    [DataRow("bootstrap-hard")]
    [DataRow("mixup")]
    [DataRow("mixup-strong")]
    [DataRow("elr")]
    [DataRow("co-teaching")]
    [DataRow("forward-correction")]
    [DataRow("forward-correction-others")]
    public void Losses_and_gradients_are_those_of_the_papers_formulas(string name)
    {
        var fixture = PeerFixture.Read(name);
        using var scope = NewDisposeScope();
        var labels = tensor(fixture.Labels);
        var method = Create(fixture, labels);

        foreach (var (step, number) in fixture.Steps.Select((s, n) => (s, n)))
        {
            using var stepScope = NewDisposeScope();
            var indices = tensor(step.Index);
            var logits = tensor(step.Logits.SelectMany(r => r).ToArray(), step.Logits.Length, fixture.Classes).requires_grad_();
            // Logits of several networks lie one below the other in the trace, and side by side in an image.
            var images = cat([.. logits.split(step.Index.Length)], 1).unsqueeze(2).unsqueeze(3);

            var loss = method.Loss(Tasks.Batch([images], indices, labels, step.Epoch, number));
            loss.backward();

            Close.Assert([step.Loss], loss, Relative, 0, $"loss of step {number}");
            Close.Assert([.. step.Grad.SelectMany(r => r)], logits.grad!, Relative, Rounding, $"gradient of step {number}");
        }
    }

    static Method Create(PeerFixture fixture, Tensor labels)
    {
        var networks = 0;
        var spec = TestedPlugins.Host.Spec(ComponentKind.Method, fixture.Method, (JsonObject)fixture.Options.DeepClone());
        var shape = new ImageShape(fixture.Classes, 1, 1);
        var task = Tasks.Of(
            () => new PartOfLogits(networks++, fixture.Classes),
            shape,
            fixture.Labels.Length,
            labels,
            (int)fixture.Classes
        );
        return TestedPlugins.Host.CreateMethod(spec, task);
    }
}

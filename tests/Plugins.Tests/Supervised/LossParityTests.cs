using System.Text.Json.Nodes;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.Supervised.Tests;

/// <summary>Against the losses published with the paper, step by step.</summary>
[TestClass]
public sealed class LossParityTests
{
    const double Relative = 1e-5;

    /// <summary>Gradients are differences of probabilities, rounded to some 6e-8 each.</summary>
    const double Rounding = 1e-7;

    /// <summary>The files have nine decimals.</summary>
    const double Written = 6e-10;

    [TestMethod]
    [DataRow("sat", "sat-ce")]
    [DataRow("sat", "sat-ce-alpha-0.7")]
    [DataRow("sat-sce", "sat-sce")]
    public void Losses_gradients_and_targets_are_those_of_the_published_code(string id, string name)
    {
        var fixture = LogitsFixture.Read(name);
        using var scope = NewDisposeScope();
        var labels = tensor(fixture.Labels);
        var method = Methods.Create(
            id,
            labels,
            fixture.Classes,
            new JsonObject { ["alpha"] = fixture.Momentum, ["start-epoch"] = fixture.StartEpoch }
        );
        var expectedTargets = Targets.OneHot(fixture.Labels, fixture.Classes);

        foreach (var (step, number) in fixture.Steps.Select((s, n) => (s, n)))
        {
            using var stepScope = NewDisposeScope();
            var logits = tensor(step.Logits.SelectMany(r => r).ToArray(), step.Index.Length, fixture.Classes).requires_grad_();

            var loss = method.Loss(Methods.LogitsBatch(logits, labels, tensor(step.Index), step.Epoch));
            loss.backward();

            Close.Assert([step.Loss], loss, Relative, 0, $"loss of step {number}");
            Close.Assert([.. step.Grad.SelectMany(r => r)], logits.grad!, Relative, Rounding, $"gradient of step {number}");
            if (step.Epoch >= fixture.StartEpoch)
                Targets.Move(expectedTargets, step, fixture.Momentum);
            Close.Assert(Targets.Flat(expectedTargets), ((ISoftTargets)method).SoftTargets, Relative, 0, $"targets after step {number}");
        }

        Close.Assert([.. fixture.FinalTargets.SelectMany(r => r)], ((ISoftTargets)method).SoftTargets, Relative, Written, "final targets");
    }

    [TestMethod]
    public void The_reverse_term_has_no_floor_as_in_the_published_code()
    {
        using var scope = NewDisposeScope();
        var labels = tensor(new long[] { 0 });
        const double Moved = 1e-12;
        var method = Methods.Create("sat-sce", labels, 2, new JsonObject { ["alpha"] = 1 - Moved, ["start-epoch"] = 0 });
        const double Gap = 80;

        // The net is sure of class 1, which the target gives 1e-12: its logarithm is -27.6, where a floor of 1e-7 made it -16.1.
        using var loss = method.Loss(Methods.LogitsBatch(tensor(new float[] { 0, (float)Gap }, 1, 2), labels, tensor(new long[] { 0 }), 0));

        Assert.AreEqual(Gap - (0.3 * Math.Log(Moved)), loss.item<float>(), 1e-3);
    }

    [TestMethod]
    public void Erm_is_cross_entropy_on_the_given_labels_at_every_epoch()
    {
        var fixture = LogitsFixture.Read("sat-ce");
        using var scope = NewDisposeScope();
        var labels = tensor(fixture.Labels);
        var method = Methods.Create("erm", labels, fixture.Classes);

        // The published loss is cross entropy until the starting epoch; the label of an epoch does not matter to ERM.
        foreach (var step in fixture.Steps.Where(s => s.Epoch < fixture.StartEpoch))
        {
            var logits = tensor(step.Logits.SelectMany(r => r).ToArray(), step.Index.Length, fixture.Classes).requires_grad_();
            var loss = method.Loss(Methods.LogitsBatch(logits, labels, tensor(step.Index), step.Epoch + 100));
            loss.backward();

            Close.Assert([step.Loss], loss, Relative, 0, "loss");
            Close.Assert([.. step.Grad.SelectMany(r => r)], logits.grad!, Relative, Rounding, "gradient");
        }
    }
}

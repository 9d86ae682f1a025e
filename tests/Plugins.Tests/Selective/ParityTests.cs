using System.Text.Json.Nodes;
using Sat.Methods.Supervised.Tests;
using Sat.Sdk;
using static TorchSharp.torch;
using Given = Sat.Methods.Supervised.Tests.Methods;

namespace Sat.Methods.Selective.Tests;

/// <summary>Losses and gradients against published code (self-adaptive training, Deep Gamblers) and equations (SelectiveNet).</summary>
[TestClass]
public sealed class ParityTests
{
    const double Relative = 1e-5;

    /// <summary>Gradients are differences of probabilities, rounded to some 6e-8 each.</summary>
    const double Rounding = 1e-7;

    [TestMethod]
    public void Self_adaptive_training_has_the_losses_gradients_and_targets_of_the_published_code()
    {
        var fixture = LogitsFixture.Read("sat-selective");
        using var scope = NewDisposeScope();
        var labels = tensor(fixture.Labels);
        var method = Abstaining(
            "sat-selective",
            labels,
            fixture.Classes,
            new JsonObject { ["alpha"] = fixture.Momentum, ["start-epoch"] = fixture.StartEpoch }
        );

        foreach (var (step, number) in fixture.Steps.Select((s, n) => (s, n)))
        {
            var logits = Rows(step.Logits).requires_grad_();
            var loss = method.Loss(Given.LogitsBatch(logits, labels, tensor(step.Index), step.Epoch));
            loss.backward();

            Close.Assert([step.Loss], loss, Relative, 0, $"loss of step {number}");
            Close.Assert([.. step.Grad.SelectMany(r => r)], logits.grad!, Relative, Rounding, $"gradient of step {number}");
        }
        Close.Assert([.. fixture.FinalTargets.SelectMany(r => r)], ((ISoftTargets)method).SoftTargets, Relative, 6e-10, "targets");
    }

    [TestMethod]
    public void Deep_gamblers_has_the_losses_and_gradients_of_the_published_code()
    {
        foreach (var example in Fixture.Read<GamblersFixture>("deep-gamblers").Cases)
        {
            using var scope = NewDisposeScope();
            var labels = tensor(example.Labels);
            var method = Abstaining(
                "deep-gamblers",
                labels,
                example.Logits[0].Length - 1,
                new JsonObject { ["reward"] = example.Reward, ["start-epoch"] = 0 }
            );
            var logits = Rows(example.Logits).requires_grad_();

            var loss = method.Loss(Given.LogitsBatch(logits, labels, arange(example.Labels.Length), epoch: 0));
            loss.backward();

            Close.Assert([example.Loss], loss, Relative, 0, $"loss at reward {example.Reward}");
            Close.Assert([.. example.Grad.SelectMany(r => r)], logits.grad!, Relative, Rounding, $"gradient at reward {example.Reward}");
        }
    }

    [TestMethod]
    public void Selectivenet_has_the_losses_and_gradients_of_the_equations()
    {
        foreach (var example in Fixture.Read<SelectiveFixture>("selective").SelectiveNet.Cases)
        {
            using var scope = NewDisposeScope();
            var labels = tensor(example.Labels);
            var classes = example.F[0].Length;
            var options = new JsonObject
            {
                ["coverage"] = example.TargetCoverage,
                ["lambda"] = example.Lambda,
                ["alpha"] = example.Alpha,
                ["selection-hidden"] = 0,
            };
            var method = Given.Create("selectivenet", labels, classes, options, () => new GivenHeads(classes));
            PassThrough(method.Network, classes);
            var logits = Joined(example.F, example.G, example.H).requires_grad_();

            var loss = method.Loss(Given.LogitsBatch(logits, labels, arange(example.Labels.Length), epoch: 0));
            loss.backward();

            Close.Assert([(float)example.Loss], loss, Relative, 0, example.Name);
            Close.Assert(
                Joined(example.GradF, example.GradG, example.GradH).data<float>().ToArray(),
                logits.grad!,
                Relative,
                Rounding,
                $"gradient, {example.Name}"
            );
            var outputs = ((IOutputs)method).Outputs(logits.view(logits.shape[0], -1, 1, 1));
            CollectionAssert.AreEqual(
                example.G.Select((g, i) => (g, i)).OrderBy(s => s.g).Select(s => (long)s.i).ToArray(),
                ((IConfidence)method).Confidence(outputs).argsort().data<long>().ToArray(),
                "the selection head is the confidence"
            );
        }
    }

    /// <summary>A method of K + 1 outputs, whose images are its outputs.</summary>
    internal static Method Abstaining(string id, Tensor labels, long classes, JsonObject options) =>
        Given.Create(id, labels, classes, options, () => new GivenLogits(classes + 1));

    static Tensor Rows(float[][] rows) => tensor(rows.SelectMany(r => r).ToArray(), rows.Length, rows[0].Length);

    static Tensor Joined(double[][] f, double[] g, double[][] h) =>
        Rows([.. f.Select((row, i) => row.Append(g[i]).Concat(h[i]).Select(v => (float)v).ToArray())]);

    /// <summary>Has the selection head, one linear layer, give back the feature after those of the prediction head.</summary>
    static void PassThrough(nn.Module network, int classes)
    {
        using var noGradient = no_grad();
        var selection = network.named_parameters().Where(p => p.name.StartsWith("selection.", StringComparison.Ordinal)).ToArray();
        foreach (var (_, parameter) in selection)
            parameter.zero_();
        selection.Single(p => p.parameter.dim() == 2).parameter[0, classes] = 1;
    }

    /// <summary>Images that are the outputs of three heads: of the prediction, the selection and the auxiliary one.</summary>
    sealed class GivenHeads(int classes) : Backbone(nameof(GivenHeads))
    {
        int _heads;

        public override long FeatureDimension => (2 * classes) + 1;

        public override Tensor forward(Tensor input) => input.flatten(1);

        public override nn.Module<Tensor, Tensor> CreateHead(long outputs) => new Slice(_heads++ * (classes + 1), outputs);
    }

    sealed class Slice(long start, long length) : nn.Module<Tensor, Tensor>(nameof(Slice))
    {
        public override Tensor forward(Tensor input) => input.narrow(1, start, length);
    }

    sealed record GamblersFixture(GamblersCase[] Cases);

    sealed record GamblersCase(double Reward, float[][] Logits, long[] Labels, float Loss, float[][] Grad);
}

using System.Text.Json.Nodes;
using Sat.Methods.Supervised.Tests;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.Adversarial.Tests;

/// <summary>Against the published code of TRADES and of TRADES with self-adaptive training.</summary>
[TestClass]
public sealed class TradesParityTests
{
    const double Relative = 1e-5;

    static readonly TradesFixture Given = TradesFixture.Read();

    [TestMethod]
    [DataRow("trades")]
    [DataRow("trades-sat")]
    [DataRow("trades-sat-before-start")]
    public void A_step_has_the_images_loss_gradients_statistics_and_targets_of_the_published_code(string name)
    {
        using var scope = NewDisposeScope();
        var step = Given.OneStep;
        var expected = step.Cases.Single(c => c.Name == name);
        Recording? recording = null;
        var labels = tensor(expected.Index is null ? step.Labels : step.AllLabels);
        var method = Create(
            name == "trades" ? name : "trades-sat",
            labels,
            () => recording = new Recording(new FixtureNetwork(step.Init)),
            Given.Sat
        );
        if (expected.TargetsBefore is { } before)
            ((IMethodState)method).State["soft-targets"].copy_(Rows(before));
        AdversarialMethods.GiveStarts(method, _ => step.Noise.ToTensor());
        method.Network.train();

        var indices = expected.Index is null ? arange(labels.shape[0], ScalarType.Int64) : tensor(expected.Index);
        var loss = method.Loss(Tasks.Batch([step.Images.ToTensor()], indices, labels, expected.Epoch));
        loss.backward();

        Close.Assert([expected.Total], loss, Relative, 0, "loss");
        // The natural images once and the crafted ones at each step, both in evaluation mode; then each once more in training mode.
        Assert.HasCount(1 + Given.NumSteps + 2, recording!.Calls);
        Assert.IsTrue(recording.Calls.SkipLast(2).All(c => !c.Training) && recording.Calls.TakeLast(2).All(c => c.Training));
        var adversarial = expected.Adversarial ?? step.Cases[0].Adversarial!;
        Close.Assert(adversarial.Data, tensor(recording.Calls[^1].Images), 0, 1e-6, "crafted images");
        foreach (var (parameter, gradient) in Parameters(method).Select(p => (p, p.Parameter.grad!)))
        {
            var given = expected.Gradients[Published(parameter.Name)];
            Close.Assert(given.Data, gradient, 0, 1e-4 * given.Data.Max(Math.Abs), $"gradient of {parameter.Name}");
        }
        foreach (var (buffer, value) in Buffers(method))
            Close.Assert(expected.RunningAfter[Published(buffer)].Data, value, Relative, 1e-6, buffer);
        if (expected.TargetsAfter is { } after)
            Close.Assert([.. after.SelectMany(r => r)], ((ISoftTargets)method).SoftTargets, Relative, 1e-6, "targets");
    }

    [TestMethod]
    public void A_training_has_the_losses_targets_and_logits_of_the_published_code()
    {
        using var scope = NewDisposeScope();
        var training = Given.Training;
        var (labels, images) = (tensor(training.Labels), training.Images.ToTensor());
        Recording? recording = null;
        var method = Create("trades-sat", labels, () => recording = new Recording(new FixtureNetwork(training.Init)), training.Sat);
        var optimizer = optim.SGD(
            method.Network.parameters(),
            training.Optimizer.Lr,
            training.Optimizer.Momentum,
            weight_decay: training.Optimizer.WeightDecay
        );
        method.Network.train();

        foreach (var (step, number) in training.Steps.Select((s, n) => (s, n)))
        {
            using var stepScope = NewDisposeScope();
            foreach (var group in optimizer.ParamGroups)
                group.LearningRate = step.Lr;
            AdversarialMethods.GiveStarts(method, at => Rows(step.Noise).view(at.shape));
            var indices = tensor(step.Index);

            var loss = Tasks.Step(method, optimizer, Tasks.Batch([images.index_select(0, indices)], indices, labels, step.Epoch));

            Close.Assert(
                [.. step.Adversarial.SelectMany(r => r)],
                tensor(recording!.Calls[^1].Images),
                0,
                1e-6,
                $"images of step {number}"
            );
            Assert.AreEqual(step.Loss, loss, Relative * step.Loss, $"loss of step {number}");
        }

        method.Network.eval();
        using var noGradient = no_grad();
        Close.Assert([.. training.FinalTargets.SelectMany(r => r)], ((ISoftTargets)method).SoftTargets, 0, 1e-5, "final targets");
        Close.Assert([.. training.FinalLogits.SelectMany(r => r)], ((IClassifier)method).Logits(images), 1e-4, 1e-4, "final logits");
        foreach (var parameter in Parameters(method))
            Close.Assert(training.FinalWeights[Published(parameter.Name)].Data, parameter.Parameter, 1e-4, 1e-5, parameter.Name);
    }

    static Method Create(string id, Tensor labels, Func<Backbone> backbone, TrainSat sat)
    {
        var options = new JsonObject
        {
            ["radius"] = Given.Epsilon,
            ["step-size"] = Given.StepSize,
            ["steps"] = Given.NumSteps,
            ["beta"] = Given.Beta,
            ["start-noise"] = Given.NoiseFactor,
        };
        if (id == "trades-sat")
        {
            options["alpha"] = sat.Momentum;
            options["start-epoch"] = sat.StartEpoch;
        }
        var task = Tasks.Of(backbone, new ImageShape(3, 8, 8), labels.shape[0], labels, classes: 5);
        return AdversarialMethods.Create(id, task, options);
    }

    static IEnumerable<(string Name, Tensor Parameter)> Parameters(Method method) =>
        method.Network.named_parameters().Select(p => (p.name, (Tensor)p.parameter));

    static IEnumerable<(string Name, Tensor Value)> Buffers(Method method) =>
        method.Network.named_buffers().Where(b => b.buffer.dtype == ScalarType.Float32).Select(b => (b.name, b.buffer));

    static string Published(string name) =>
        name.Replace("backbone.inner.", "", StringComparison.Ordinal).Replace("head.", "linear.", StringComparison.Ordinal);

    static Tensor Rows(float[][] rows) => tensor(rows.SelectMany(r => r).ToArray(), rows.Length, rows[0].Length);
}

using System.Text.Json.Nodes;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.Supervised.Tests;

/// <summary>Against a whole small training with the published code.</summary>
[TestClass]
public sealed class TrainingParityTests
{
    [TestMethod]
    public void Every_loss_and_the_final_logits_and_targets_are_those_of_the_published_code()
    {
        var fixture = TrainFixture.Read();
        using var scope = NewDisposeScope();
        var labels = tensor(fixture.Labels);
        var images = fixture.Images.ToTensor();
        var method = Methods.Create(
            "sat",
            labels,
            classes: fixture.FinalLogits[0].Length,
            new JsonObject { ["alpha"] = fixture.Sat.Momentum, ["start-epoch"] = fixture.Sat.StartEpoch },
            () => new FixtureNetwork(fixture.Init)
        );
        var optimizer = optim.SGD(
            method.Network.parameters(),
            fixture.Optimizer.Lr,
            fixture.Optimizer.Momentum,
            weight_decay: fixture.Optimizer.WeightDecay
        );

        method.Network.train();
        foreach (var (step, number) in fixture.Steps.Select((s, n) => (s, n)))
        {
            using var stepScope = NewDisposeScope();
            var rate = fixture.Optimizer.Lr / 2 * (1 + Math.Cos(Math.PI * step.Epoch / fixture.Optimizer.TMax));
            Assert.AreEqual(step.Lr, rate, 1e-9, "the fixture's own cosine schedule");
            foreach (var group in optimizer.ParamGroups)
                group.LearningRate = rate;

            var indices = tensor(step.Index);
            var loss = Tasks.Step(method, optimizer, Tasks.Batch([images.index_select(0, indices)], indices, labels, step.Epoch));

            Assert.AreEqual(step.Loss, loss, 1e-5 * Math.Abs(step.Loss), $"loss of step {number}");
        }

        method.Network.eval();
        using var noGradient = no_grad();
        Close.Assert([.. fixture.FinalLogits.SelectMany(r => r)], ((IClassifier)method).Logits(images), 1e-4, 1e-5, "final logits");
        Close.Assert([.. fixture.FinalTargets.SelectMany(r => r)], ((ISoftTargets)method).SoftTargets, 1e-4, 0, "final targets");
    }
}

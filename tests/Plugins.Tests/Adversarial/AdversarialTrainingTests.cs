using System.Text.Json.Nodes;
using Sat.Methods.Supervised.Tests;
using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.Adversarial.Tests;

[TestClass]
public sealed class AdversarialTrainingTests
{
    static readonly TradesStepFixture Given = TradesFixture.Read().OneStep;

    [TestMethod]
    [DataRow("pgd-at")]
    [DataRow("trades")]
    [DataRow("trades-sat")]
    public void What_is_crafted_stays_within_the_radius_and_within_0_and_1_and_raises_the_loss(string id)
    {
        using var scope = NewDisposeScope();
        var (images, labels) = (Given.Images.ToTensor(), tensor(Given.Labels));
        var losses = new[] { 1, 10 }.Select(steps => LossOf(id, images, labels, steps)).ToArray();

        Assert.IsGreaterThan(losses[0], losses[1], "more steps find worse images");
    }

    [TestMethod]
    [DataRow("pgd-at")]
    [DataRow("trades")]
    public void An_attack_that_fails_leaves_the_network_in_training_mode(string id)
    {
        using var scope = NewDisposeScope();
        var labels = tensor(Given.Labels);
        var method = AdversarialMethods.Create(id, Task(labels, () => new Recording(new FixtureNetwork(Given.Init)) { FailsAt = 3 }));
        method.Network.train();

        Assert.ThrowsExactly<InvalidOperationException>(() => method.Loss(Batch(Given.Images.ToTensor(), labels)));

        Assert.IsTrue(method.Network.modules().All(m => m.training));
    }

    [TestMethod]
    [DataRow("pgd-at")]
    [DataRow("trades")]
    [DataRow("trades-sat")]
    public void Normalised_images_are_refused_in_a_sentence_that_says_what_to_set(string id)
    {
        using var scope = NewDisposeScope();
        var task = Tasks.Of(() => new FixtureNetwork(Given.Init), new ImageShape(3, 8, 8), 6, tensor(Given.Labels), classes: 5);
        var normalised = new TrainingTask
        {
            CreateBackbone = task.CreateBackbone,
            Classes = task.Classes,
            Shape = task.Shape,
            Normalization = new Normalization([0.5, 0.5, 0.5], [0.2, 0.2, 0.2]),
            Samples = task.Samples,
            Labels = task.Labels,
            Epochs = task.Epochs,
            StepsPerEpoch = task.StepsPerEpoch,
            Device = task.Device,
            CreateGenerator = task.CreateGenerator,
        };

        var error = Assert.ThrowsExactly<SatException>(() => AdversarialMethods.Create(id, normalised));

        Assert.AreEqual(ExitCode.Planning, error.ExitCode);
        Assert.Contains("set 'dataset.normalize: false'", error.Message);
    }

    /// <summary>The loss of a step, after a look at its images.</summary>
    static double LossOf(string id, Tensor images, Tensor labels, int steps)
    {
        Recording? recording = null;
        var method = AdversarialMethods.Create(
            id,
            Task(labels, () => recording = new Recording(new FixtureNetwork(Given.Init))),
            new JsonObject { ["steps"] = steps }
        );
        method.Network.train();

        var loss = method.Loss(Batch(images, labels)).item<float>();

        Assert.IsTrue(method.Network.modules().All(m => m.training));
        Assert.IsTrue(method.Network.parameters().All(p => p.grad is null), "crafting leaves no gradient behind");
        var crafted = tensor(recording!.Calls[^1].Images).view(images.shape);
        Assert.IsLessThan(0.031 + 1e-6, (crafted - images).abs().max().item<float>());
        Assert.IsTrue(crafted.ge(0).logical_and(crafted.le(1)).all().item<bool>());
        return loss;
    }

    static TrainingTask Task(Tensor labels, Func<Backbone> backbone) =>
        Tasks.Of(backbone, new ImageShape(3, 8, 8), labels.shape[0], labels, classes: 5);

    static Batch Batch(Tensor images, Tensor labels) => Tasks.Batch([images], arange(labels.shape[0], ScalarType.Int64), labels);
}

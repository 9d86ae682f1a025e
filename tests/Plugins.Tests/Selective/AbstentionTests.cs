using System.Text.Json.Nodes;
using Sat.Methods.Supervised.Tests;
using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;
using Given = Sat.Methods.Supervised.Tests.Methods;

namespace Sat.Methods.Selective.Tests;

/// <summary>What methods that may abstain have in common, and where they refuse.</summary>
[TestClass]
public sealed class AbstentionTests
{
    [TestMethod]
    [DataRow("sat-selective")]
    [DataRow("deep-gamblers")]
    public void Before_the_starting_epoch_the_loss_is_cross_entropy_on_the_classes_and_abstention_learns_nothing(string id)
    {
        using var scope = NewDisposeScope();
        var labels = tensor(new long[] { 0, 2, 1, 1 });
        var method = ParityTests.Abstaining(id, labels, 3, new JsonObject { ["start-epoch"] = 1 });
        manual_seed(1);
        var logits = randn(4, 4).requires_grad_();

        var loss = method.Loss(Given.LogitsBatch(logits, labels, arange(4), epoch: 0));
        loss.backward();

        Assert.AreEqual(cross_entropy(logits.narrow(1, 0, 3), labels).item<float>(), loss.item<float>());
        Assert.AreEqual(0f, logits.grad!.select(1, 3).abs().max().item<float>());
        var next = method.Loss(Given.LogitsBatch(logits, labels, arange(4), epoch: 1));
        Assert.AreNotEqual(loss.item<float>(), next.item<float>());
    }

    [TestMethod]
    public void The_targets_move_by_the_classes_alone_and_outlive_the_scope_they_were_made_in()
    {
        var labels = tensor(new long[] { 0, 2 });
        Method method;
        using (NewDisposeScope())
        {
            method = ParityTests.Abstaining("sat-selective", labels, 3, new JsonObject { ["alpha"] = 0.5 });
            var logits = tensor(new float[] { 0, 0, 0, 50, 0, 0, 0, -50 }, 2, 4);
            method.Loss(Given.LogitsBatch(logits, labels, arange(2), epoch: 0));
        }

        using var scope = NewDisposeScope();
        var third = 0.5f / 3;
        var state = ((IMethodState)method).State.Values.Single();
        Assert.AreSame(((ISoftTargets)method).SoftTargets, state);
        Close.Assert([0.5f + third, third, third, third, third, 0.5f + third], state, 1e-6, 0, "targets");
        Close.Assert([1, 1], ((ISoftTargets)method).SampleWeights(), 0, 0, "no sample is weighted");
    }

    [TestMethod]
    [DataRow("sat-selective", "{}")]
    [DataRow("deep-gamblers", """{ "reward": 2 }""")]
    public void Who_abstains_less_is_surer_even_where_it_hardly_abstains_at_all(string id, string options)
    {
        using var scope = NewDisposeScope();
        var method = ParityTests.Abstaining(id, tensor(new long[] { 0 }), 2, JsonNode.Parse(options)!.AsObject());
        // Probabilities of abstention from 1e-13 to nearly 1: more than float32 has room for below 1.
        var outputs = tensor(new float[] { 30, 0, 0, 25, 0, 0, 0, 0, 0, 0, 0, 10 }, 4, 3);

        var confidence = ((IConfidence)method).Confidence(outputs).data<float>().ToArray();

        CollectionAssert.AreEqual(new[] { 4, 4 }, new[] { confidence.Length, confidence.Distinct().Count() });
        CollectionAssert.AreEqual(confidence.OrderDescending().ToArray(), confidence);
        Assert.AreEqual(-1 / 3.0, confidence[2], 1e-6);
        CollectionAssert.AreEqual(new long[] { 4, 2 }, ((IClassifier)method).Logits(outputs.view(4, 3, 1, 1)).shape);
    }

    [TestMethod]
    [DataRow("sat-selective", 4)]
    [DataRow("deep-gamblers", 4)]
    [DataRow("selectivenet", 3)]
    public void A_dataset_without_labels_is_refused_with_a_sentence(string id, int outputs)
    {
        using var scope = NewDisposeScope();
        var error = Assert.ThrowsExactly<SatException>(() =>
            TestedPlugins.Host.CreateMethod(new() { Id = id }, Given.Task(labels: null, classes: 3, () => new GivenLogits(outputs)))
        );

        Assert.AreEqual(ExitCode.Planning, error.ExitCode);
        Assert.Contains("labelled dataset", error.Message);
    }

    [TestMethod]
    public void A_reward_above_the_number_of_classes_is_refused_with_a_sentence()
    {
        using var scope = NewDisposeScope();
        var labels = tensor(new long[] { 0 });
        var error = Assert.ThrowsExactly<SatException>(() =>
            ParityTests.Abstaining("deep-gamblers", labels, 3, new JsonObject { ["reward"] = 3.5 })
        );

        Assert.AreEqual(ExitCode.Planning, error.ExitCode);
        Assert.Contains("method.reward is 3.5, but there are 3 classes", error.Message);
        Assert.IsNotNull(ParityTests.Abstaining("deep-gamblers", labels, 3, new JsonObject { ["reward"] = 3 }));
    }
}

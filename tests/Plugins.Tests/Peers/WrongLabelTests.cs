using System.Text.Json.Nodes;
using Sat.Records;
using Sat.Records.Components;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Methods.Peers.Tests;

/// <summary>
/// What the methods are for: four clouds of points, 40 % of whose labels are redrawn, and a network that memorises them. Symmetric cross
/// entropy, bootstrapping and mixup are not here: they do not help a network of one wide layer, whose images are their own features.
/// </summary>
[TestClass]
public sealed class WrongLabelTests
{
    const int Classes = 4;
    const int Inputs = 30;
    const int Samples = 400;
    const int Batch = 50;
    const int Epochs = 100;

    /// <summary>Two standard errors of an accuracy on 2,000 points.</summary>
    const double Margin = 0.02;

    /// <summary>What ERM reaches, computed once.</summary>
    static readonly Lazy<double> Erm = new(() => Accuracy("erm", []));

    [TestMethod]
    [DataRow("gce", "{}")]
    [DataRow("gce", """{ "truncation": 0.3, "start-epoch": 20 }""")]
    [DataRow("elr", "{}")]
    [DataRow("co-teaching", """{ "forget-rate": 0.3 }""")]
    [DataRow("forward-correction", """{ "rate": 0.4 }""")]
    [DataRow("dividemix", """{ "warm-up-epochs": 5 }""")]
    [DataRow("dividemix", """{ "warm-up-epochs": 5, "temperature": 0.001 }""")]
    public void It_ends_above_cross_entropy(string id, string options)
    {
        var accuracy = Accuracy(id, JsonNode.Parse(options)!.AsObject());

        Assert.IsGreaterThan(Erm.Value + Margin, accuracy);
    }

    [TestMethod]
    [DataRow("gce")]
    [DataRow("mixup")]
    [DataRow("co-teaching")]
    [DataRow("dividemix")]
    public void A_dataset_without_labels_is_refused_with_a_sentence(string id)
    {
        var spec = TestedPlugins.Host.Spec(ComponentKind.Method, id);
        var task = Tasks.Of(() => new WideLayer(Inputs, 8), new ImageShape(Inputs, 1, 1), Samples, labels: null, Classes);

        var error = Assert.ThrowsExactly<SatException>(() => TestedPlugins.Host.CreateMethod(spec, task));

        Assert.AreEqual(ExitCode.Planning, error.ExitCode);
        Assert.Contains("labelled dataset", error.Message);
    }

    /// <summary>Accuracy on points of the same clouds after the last epoch.</summary>
    static double Accuracy(string id, JsonObject options)
    {
        using var scope = NewDisposeScope();
        using var data = new Generator(3);
        var centres = randn(Classes, Inputs, generator: data) * 0.9;
        var (points, truth) = Cloud(centres, Samples, data);
        var redrawn = rand(Samples, generator: data).lt(0.4);
        var labels = where(redrawn, randint(Classes, [Samples], ScalarType.Int64, generator: data), truth);
        var (unseen, answers) = Cloud(centres, 2000, data);

        manual_seed(1);
        var task = Tasks.Of(
            () => new WideLayer(Inputs, 256),
            new ImageShape(Inputs, 1, 1),
            Samples,
            labels,
            Classes,
            Epochs,
            stepsPerEpoch: Samples / Batch
        );
        var method = TestedPlugins.Host.CreateMethod(TestedPlugins.Host.Spec(ComponentKind.Method, id, options), task);
        if (method is IOwnStep)
            new OwnSteps(method, points, labels, data).Train(Epochs, 3e-3);
        else
            Train(method, points, labels, data);

        using var noGradient = no_grad();
        return ((IClassifier)method).Logits(unseen).argmax(1).eq(answers).to(float32).mean().item<float>();
    }

    static void Train(Method method, Tensor points, Tensor labels, Generator data)
    {
        var optimizer = optim.Adam(method.Network.parameters(), 3e-3);
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            using var order = randperm(Samples, ScalarType.Int64, generator: data);
            foreach (var indices in order.split(Batch))
                Tasks.Step(method, optimizer, Tasks.Batch([points.index_select(0, indices)], indices, labels, epoch));
        }
    }

    static (Tensor Points, Tensor Classes) Cloud(Tensor centres, int count, Generator data)
    {
        var classes = randint(Classes, [count], ScalarType.Int64, generator: data);
        var points = centres.index_select(0, classes) + randn(count, Inputs, generator: data);
        return (points.unsqueeze(2).unsqueeze(3), classes);
    }
}

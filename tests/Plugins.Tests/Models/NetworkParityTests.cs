using System.Text.Json;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Models.Convolutional.Tests;

/// <summary>Against the published forms as PyTorch computes them: outputs, loss and every gradient, in float64 on the same weights.
/// <c>Fixtures/peers/networks.py</c> says which.</summary>
[TestClass]
public sealed class NetworkParityTests
{
    private sealed record Case(
        string Model,
        string Options,
        long[][] Shapes,
        double[] Logits,
        double Loss,
        double[][] Gradients,
        double[] LogitsAfterwards
    );

    private sealed record Trace(Case[] Cases);

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower };

    private static readonly Case[] Cases = JsonSerializer
        .Deserialize<Trace>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "networks.json")), Json)!
        .Cases;

    [TestMethod]
    [DataRow("resnet18", 1e-8)]
    [DataRow("resnet34", 1e-8)]
    [DataRow("resnet50", 1e-8)]
    [DataRow("resnet50-imagenet", 1e-5, DisplayName = "its last stage normalises four values a channel, which magnifies rounding")]
    [DataRow("wrn", 1e-8)]
    [DataRow("vgg16-bn", 1e-5, DisplayName = "its last stages normalise four values a channel, which magnifies rounding")]
    public void Outputs_and_gradients_are_those_of_the_published_form(string id, double relative)
    {
        var expected = Cases.Single(c => c.Model == id);
        using var scope = NewDisposeScope();
        using var model = Models.Classifier(id, 10, Models.Options(expected.Options));
        model.to(ScalarType.Float64);
        Parameter[] parameters = [.. model.parameters()];
        CollectionAssert.AreEqual(
            expected.Shapes.Select(s => string.Join('x', s)).ToArray(),
            parameters.Select(p => string.Join('x', p.shape)).ToArray()
        );
        Fill(parameters);
        var images = (Waves([4, 3, 32, 32], 5) + Waves([4, 3, 32, 32], 11).square()).requires_grad_();
        model.train();
        foreach (var dropout in model.modules().Where(m => m is Dropout or Dropout2d))
            dropout.eval();

        var logits = model.call(images);
        var loss = cross_entropy(logits, tensor(new long[] { 3, 0, 9, 5 }));
        loss.backward();

        Assert.AreEqual(expected.Loss, loss.item<double>(), relative * expected.Loss);
        AssertClose(expected.Logits, logits, relative, "outputs");
        // A bias before a normalisation has no gradient but rounding.
        var rounding = 1e-12 * expected.Gradients.Max(g => g[0]);
        Tensor[] gradients = [.. parameters.Select(p => p.grad!), images.grad!];
        foreach (var (gradient, i) in gradients.Select((g, i) => (g, i)))
        {
            var (norm, product) = (gradient.norm().item<double>(), (gradient * Waves(gradient.shape, 0.7)).sum().item<double>());
            Assert.AreEqual(expected.Gradients[i][0], norm, (relative * expected.Gradients[i][0]) + rounding, $"gradient {i}");
            Assert.AreEqual(
                expected.Gradients[i][1],
                product,
                (relative * expected.Gradients[i][0]) + rounding,
                $"gradient {i}, its direction"
            );
        }

        model.eval();
        using var noGradient = no_grad();
        AssertClose(expected.LogitsAfterwards, model.call(images), relative, "outputs in evaluation mode");
    }

    private static void AssertClose(double[] expected, Tensor actual, double relative, string what)
    {
        var values = actual.detach().flatten().data<double>().ToArray();
        var largest = expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++)
            Assert.AreEqual(expected[i], values[i], relative * largest, $"{what}, {i}");
    }

    private static void Fill(Parameter[] parameters)
    {
        using var noGradient = no_grad();
        foreach (var (parameter, number) in parameters.Select((p, i) => (p, i)))
        {
            var wave = Waves(parameter.shape, number);
            parameter.copy_(
                parameter.dim() > 1 ? wave * Math.Sqrt(2.0 / parameter.shape.Skip(1).Aggregate(1L, (a, b) => a * b)) : 0.5 + (0.2 * wave)
            );
        }
    }

    private static Tensor Waves(long[] shape, double number)
    {
        var count = shape.Aggregate(1L, (a, b) => a * b);
        return ((0.37 * arange(count, ScalarType.Float64)) + (1.3 * number)).sin().reshape(shape);
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Sat.Records.Specs;
using Sat.Sdk;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sat.Training.Tests;

[TestClass]
public sealed class LarsTests
{
    static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    [TestMethod]
    public void Weights_follow_the_trace_and_vectors_are_left_out_of_adaptation_and_decay()
    {
        var trace = Read();
        using var scope = NewDisposeScope();
        var parameters = trace.Parameters();
        using var optimizer = Create(parameters, trace.Options());

        foreach (var (step, number) in trace.Steps.Select((s, n) => (s, n)))
        {
            Step(optimizer, parameters, trace, step);

            for (var i = 0; i < parameters.Length; i++)
            {
                var expected = tensor(step.Weights[i], trace.Shapes[i], ScalarType.Float64);
                Assert.IsLessThan(1e-8, (parameters[i] - expected).abs().max().item<double>(), $"parameter {i} after step {number}");
            }
        }
    }

    [TestMethod]
    public void Weights_or_gradients_of_zero_are_not_adapted()
    {
        using var scope = NewDisposeScope();
        var (still, fresh) = (new Parameter(ones(2, 2)), new Parameter(zeros(2, 2)));
        using var optimizer = Create([still, fresh], new() { ["lr"] = 0.1, ["weight-decay"] = 0.0 });

        (still.sum() * 0 + fresh.sum()).backward();
        optimizer.step();

        Assert.IsTrue(still.equal(ones(2, 2)).all().item<bool>());
        Assert.IsTrue(fresh.allclose(ones(2, 2) * -0.1), "the plain gradient");
    }

    [TestMethod]
    [DataRow(0.02, DisplayName = "the ratio is clipped")]
    [DataRow(50.0, DisplayName = "the ratio is below 1")]
    public void The_form_of_the_libraries_divides_by_both_norms_and_clips_at_the_learning_rate(double rate)
    {
        using var scope = NewDisposeScope();
        double[] weights = [3, -4];
        double[] gradient = [0.6, 0.8];
        const double Decay = 0.1;
        const double Eta = 0.02;
        var parameter = new Parameter(tensor(weights).view(1, 2));
        using var optimizer = Create(
            [parameter],
            new()
            {
                ["lr"] = rate,
                ["weight-decay"] = Decay,
                ["eta"] = Eta,
                ["momentum"] = 0.9,
                ["clip-ratio"] = true,
                ["denominator"] = "sum-of-norms",
            }
        );

        var ratio = Math.Min(5 * Eta / (1 + (5 * Decay) + 1e-8) / rate, 1);
        var momentum = new double[2];
        for (var step = 0; step < 2; step++)
        {
            var length = Math.Sqrt((weights[0] * weights[0]) + (weights[1] * weights[1]));
            ratio = Math.Min(length * Eta / (1 + (length * Decay) + 1e-8) / rate, 1);
            for (var i = 0; i < 2; i++)
            {
                momentum[i] = (0.9 * momentum[i]) + (ratio * (gradient[i] + (Decay * weights[i])));
                weights[i] -= rate * momentum[i];
            }
            optimizer.zero_grad();
            (parameter * tensor(gradient).view(1, 2)).sum().backward();
            optimizer.step();
        }
        Assert.IsTrue(parameter.allclose(tensor(weights).view(1, 2), rtol: 1e-12), $"{string.Join(", ", weights)}");
    }

    [TestMethod]
    public void Saved_momentum_goes_on_where_it_was()
    {
        var trace = Read();
        using var scope = NewDisposeScope();
        var parameters = trace.Parameters();
        using var optimizer = Create(parameters, trace.Options());
        foreach (var step in trace.Steps[..2])
            Step(optimizer, parameters, trace, step);
        using var saved = new MemoryStream();
        using (var writer = new BinaryWriter(saved, System.Text.Encoding.UTF8, leaveOpen: true))
            ((OptimizerHelper)optimizer).save_state_dict(writer);

        Parameter[] restored = [.. parameters.Select(p => new Parameter(p.detach().clone()))];
        using var other = Create(restored, trace.Options());
        saved.Position = 0;
        using (var reader = new BinaryReader(saved))
            ((OptimizerHelper)other).load_state_dict(reader);
        foreach (var step in trace.Steps[2..])
        {
            Step(optimizer, parameters, trace, step);
            Step(other, restored, trace, step);
        }

        Assert.IsTrue(parameters.Zip(restored).All(p => p.First.equal(p.Second).all().item<bool>()));
    }

    static void Step(optim.Optimizer optimizer, Parameter[] parameters, Trace trace, TraceStep step)
    {
        foreach (var group in optimizer.ParamGroups)
            group.LearningRate = step.Lr;
        optimizer.zero_grad();
        parameters
            .Select((p, i) => (p * tensor(step.Grads[i], trace.Shapes[i], ScalarType.Float64)).sum())
            .Aggregate((a, b) => a + b)
            .backward();
        optimizer.step();
    }

    static optim.Optimizer Create(Parameter[] parameters, JsonObject options) =>
        TestedPlugins.Host.CreateOptimizer(
            new ComponentSpec { Id = "lars", Options = options },
            [.. parameters.Select((p, i) => new NamedParameter($"p{i}", p))]
        );

    static Trace Read() =>
        JsonSerializer.Deserialize<Trace>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "lars.json")), Options)!;

    sealed record Trace(double Eta, double Mu, double WeightDecay, long[][] Shapes, double[][] Init, TraceStep[] Steps)
    {
        public Parameter[] Parameters() => [.. Init.Select((values, i) => new Parameter(tensor(values, Shapes[i], ScalarType.Float64)))];

        public JsonObject Options() =>
            new()
            {
                ["eta"] = Eta,
                ["momentum"] = Mu,
                ["weight-decay"] = WeightDecay,
            };
    }

    sealed record TraceStep(double Lr, double[][] Grads, double[][] Weights);
}

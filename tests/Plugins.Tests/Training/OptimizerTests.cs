using System.Text.Json.Nodes;
using Sat.Records;
using Sat.Records.Specs;
using Sat.Sdk;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sat.Training.Tests;

/// <summary>On L = w^2 / 2, whose gradient is w, against the published update rules in double precision.</summary>
[TestClass]
public sealed class OptimizerTests
{
    [TestMethod]
    public void Sgd_has_the_papers_momentum_and_weight_decay_as_defaults()
    {
        double w = 1,
            v = 0;

        Compare("sgd", [], steps: 5, _ =>
        {
            var gradient = w + 5e-4 * w;
            v = 0.9 * v + gradient;
            w -= 0.1 * v;
            return w;
        });
    }

    [TestMethod]
    public void Sgd_with_nesterov_looks_ahead()
    {
        double w = 1,
            v = 0;

        Compare(
            "sgd",
            new()
            {
                ["nesterov"] = true,
                ["weight-decay"] = 0.0,
                ["lr"] = 0.05,
            },
            steps: 5,
            _ =>
            {
                var gradient = w;
                v = 0.9 * v + gradient;
                w -= 0.05 * (gradient + 0.9 * v);
                return w;
            }
        );
    }

    [TestMethod]
    public void Sgd_with_dampening_takes_the_first_gradient_whole()
    {
        double w = 1,
            v = 0;

        Compare("sgd", new() { ["dampening"] = 0.5, ["weight-decay"] = 0.0 }, steps: 5, step =>
        {
            v = step == 0 ? w : 0.9 * v + 0.5 * w;
            w -= 0.1 * v;
            return w;
        });
    }

    [TestMethod]
    public void Adam_follows_its_algorithm()
    {
        double w = 1,
            m = 0,
            v = 0;

        Compare(
            "adam",
            new()
            {
                ["lr"] = 0.01,
                ["beta1"] = 0.8,
                ["beta2"] = 0.95,
                ["weight-decay"] = 0.1,
            },
            steps: 5,
            step =>
            {
                var gradient = w + 0.1 * w;
                m = 0.8 * m + 0.2 * gradient;
                v = 0.95 * v + 0.05 * gradient * gradient;
                w -= 0.01 * (m / (1 - Math.Pow(0.8, step + 1))) / (Math.Sqrt(v / (1 - Math.Pow(0.95, step + 1))) + 1e-8);
                return w;
            }
        );
    }

    [TestMethod]
    public void Adamw_takes_its_decay_apart_from_the_gradient()
    {
        double w = 1,
            m = 0,
            v = 0;

        Compare(
            "adamw",
            new()
            {
                ["lr"] = 0.01,
                ["weight-decay"] = 0.1,
                ["exclude-norm-and-bias"] = false,
            },
            steps: 5,
            step =>
            {
                var gradient = w;
                w -= 0.01 * 0.1 * w;
                m = 0.9 * m + 0.1 * gradient;
                v = 0.999 * v + 0.001 * gradient * gradient;
                w -= 0.01 * (m / (1 - Math.Pow(0.9, step + 1))) / (Math.Sqrt(v / (1 - Math.Pow(0.999, step + 1))) + 1e-8);
                return w;
            }
        );
    }

    [TestMethod]
    [DataRow("adamw", true)]
    [DataRow("adamw", false)]
    [DataRow("sgd", true)]
    [DataRow("sgd", false)]
    [DataRow("sgd", null)]
    public void Biases_and_normalisation_decay_unless_excluded(string id, bool? exclude)
    {
        using var scope = NewDisposeScope();
        var (weight, bias) = (new Parameter(ones(2, 3)), new Parameter(ones(3)));
        JsonObject options = new() { ["lr"] = 0.1, ["weight-decay"] = 0.5 };
        if (exclude is { } said)
            options["exclude-norm-and-bias"] = said;
        using var optimizer = TestedPlugins.Host.CreateOptimizer(
            new ComponentSpec { Id = id, Options = options },
            [new NamedParameter("w", weight), new NamedParameter("b", bias)]
        );

        // With a gradient of 0, decay is all that moves.
        ((weight.sum() + bias.sum()) * 0).backward();
        optimizer.step();

        Assert.AreEqual(0.95f, weight[0, 0].item<float>(), 1e-6f);
        Assert.AreEqual(exclude == true ? 1 : 0.95f, bias[0].item<float>(), 1e-6f);
    }

    [TestMethod]
    public void Nesterov_without_momentum_is_refused_in_a_sentence()
    {
        using var weight = new Parameter(ones(1));

        var error = Assert.ThrowsExactly<SatException>(() => Create("sgd", new() { ["nesterov"] = true, ["momentum"] = 0.0 }, weight));

        Assert.AreEqual(ExitCode.Planning, error.ExitCode);
        Assert.Contains("nesterov", error.Message);
    }

    private static void Compare(string id, JsonObject options, int steps, Func<int, double> expected)
    {
        using var scope = NewDisposeScope();
        var weight = new Parameter(ones(1, ScalarType.Float64));
        using var optimizer = Create(id, options, weight);
        for (var step = 0; step < steps; step++)
        {
            optimizer.zero_grad();
            (weight * weight / 2).sum().backward();
            optimizer.step();
            Assert.AreEqual(expected(step), weight.item<double>(), 1e-12, $"step {step}");
        }
    }

    private static optim.Optimizer Create(string id, JsonObject options, Parameter weight) =>
        TestedPlugins.Host.CreateOptimizer(new ComponentSpec { Id = id, Options = options }, [new NamedParameter("w", weight)]);
}

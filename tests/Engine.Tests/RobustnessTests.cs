using System.Text.Json.Nodes;
using Sat.Records.Components;
using Sat.Records.Runs;
using Sat.Records.Specs;

namespace Sat.Engine.Tests;

/// <summary>Adversarial training and attacks, from the images to the metrics of an evaluation.</summary>
[TestClass]
public sealed class RobustnessTests
{
    private const double Radius = 0.031;

    [TestMethod]
    public void Trades_trains_and_its_runs_are_attacked()
    {
        using var trades = Ran.Done(
            Spec(
                "trades",
                new()
                {
                    ["radius"] = Radius,
                    ["step-size"] = 0.02,
                    ["steps"] = 3,
                }
            )
        );
        using var erm = Ran.Done(Spec("erm"));

        var losses = trades.Values("loss");
        Assert.IsLessThan(losses[0], losses[^1]);

        // More steps never help the defender, and neither does a larger radius: whatever is reached, any image can become any other.
        double[] robust = [.. new[] { 1, 5, 20 }.Select(steps => Pgd(trades, Radius, steps)["robust-accuracy"])];
        Assert.IsLessThanOrEqualTo(robust[0], robust[1]);
        Assert.IsLessThanOrEqualTo(robust[1], robust[2]);
        Assert.IsLessThan(0.02, Pgd(trades, 1, 20)["robust-accuracy"]);
        Assert.IsGreaterThan(Pgd(erm, Radius, 20)["robust-accuracy"], robust[2], "what TRADES is for");

        var natural = trades.Record.Final!["test-accuracy"];
        var attacked = Evaluate(
            trades,
            "autoattack",
            new()
            {
                ["radius"] = Radius,
                ["iterations"] = 10,
                ["queries"] = 50,
            }
        );
        Assert.AreEqual(natural, attacked["natural-accuracy"], 1e-9, "the accuracy that the run measured itself");
        Assert.IsLessThanOrEqualTo(robust[2], attacked["autoattack-accuracy"], "no weaker than PGD");
    }

    private static IReadOnlyDictionary<string, double> Pgd(Ran parent, double radius, int steps) =>
        Evaluate(
            parent,
            "pgd",
            new()
            {
                ["radius"] = radius,
                ["steps"] = steps,
                ["step-size"] = Math.Max(2.5 * radius / steps, radius / 8),
                ["start"] = "none",
            }
        );

    /// <summary>The metrics of an evaluation that is carried out as a run of its own, and leaves a flag for each image.</summary>
    private static IReadOnlyDictionary<string, double> Evaluate(Ran parent, string id, JsonObject options)
    {
        var spec = parent.Record.Spec with
        {
            Evaluation = Specs.Component(ComponentKind.Evaluation, id, options),
            EvaluateOn = new EvaluationInputs(),
            Parent = parent.Record.Id,
        };
        using var run = Ran.Of(spec, locations: new Dictionary<string, string> { [RunRequest.Parent] = parent.Folder.Path });
        Assert.AreEqual(RunStatus.Done, run.Record.Status, $"{run.Record.Error}\n{run.Log}");
        var file = Path.GetFileName(run.Folder.EvaluationFile("robust.npy"));
        Assert.AreEqual(
            run.Record.Final!.Single(m => m.Key is "robust-accuracy" or "autoattack-accuracy").Value,
            run.Array(file).ToInt64().Average(),
            1e-12
        );
        Assert.Contains(file, run.Record.Outputs.Keys);
        return run.Record.Final!;
    }

    private static RunSpec Spec(string method, JsonObject? options = null) =>
        Specs.Of(
            method,
            options,
            Specs.Pixels(train: 200, test: 100),
            Specs.Symmetric(0),
            Specs.Training(epochs: 12, batchSize: 20),
            width: 4
        );
}

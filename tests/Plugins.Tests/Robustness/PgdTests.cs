using Sat.Evaluations.Robustness.Attacks;
using Sat.Records;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Evaluations.Robustness.Tests;

[TestClass]
public sealed class PgdTests
{
    private static readonly PgdFixture Given = PgdFixture.Read();

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Losses_and_images_are_those_of_the_published_code(bool randomStart)
    {
        using var scope = NewDisposeScope();
        var expected = Given.Cases.Single(c => c.RandomStart == randomStart);
        using var attacked = Attacked();
        var losses = new List<double>();
        var attack = new ProjectedGradient(new Ball(Norm.Linf, Given.Epsilon), Given.StepSize, Given.NumSteps);

        var final = attack.Run(
            attacked.Images,
            randomStart ? attacked.Images + Given.RandomStart.ToTensor() : attacked.Images,
            images => cross_entropy(attacked.Classifier.Logits(images), attacked.Labels),
            (loss, _) => losses.Add(loss.item<float>())
        );

        Assert.HasCount(expected.Losses.Length, losses);
        foreach (var (step, (loss, given)) in losses.Zip(expected.Losses).Index())
            Assert.AreEqual(given, loss, 1e-5, $"loss of step {step}");
        Close.Assert(expected.FinalImages.Data, final, 0, 1e-6, "final images");
        Close.Assert([.. expected.FinalLogits.SelectMany(r => r)], attacked.Classifier.Logits(final), 0, 1e-4, "final logits");
        CollectionAssert.AreEqual(expected.RobustCorrect, attacked.Classifier.Correct(final, attacked.Labels).data<bool>().ToArray());
    }

    [TestMethod]
    [DataRow(128)]
    [DataRow(3)]
    public void The_evaluation_has_the_accuracies_and_flags_of_the_published_code_in_batches_of_any_size(int batchSize)
    {
        using var scope = NewDisposeScope();
        var expected = Given.Cases.Single(c => !c.RandomStart);
        using var attacked = Attacked();

        var metrics = attacked.Evaluate("pgd", new() { ["start"] = "none", ["batch-size"] = batchSize });

        Assert.AreEqual(expected.NaturalAccuracyPercent / 100, metrics["natural-accuracy"], 1e-12);
        Assert.AreEqual(expected.RobustAccuracyPercent / 100, metrics["robust-accuracy"], 1e-12);
        Assert.AreEqual(0, metrics["zero-gradients"]);
        CollectionAssert.AreEqual(expected.RobustCorrect, attacked.Robust);
        Assert.AreEqual(1, attacked.Progress[^1], 1e-12);
    }

    [TestMethod]
    public void What_is_stopped_after_any_block_and_goes_on_ends_with_the_same_result()
    {
        using var scope = NewDisposeScope();
        System.Text.Json.Nodes.JsonObject Options() => new() { ["restarts"] = 2, ["batch-size"] = 3 };
        using var whole = Attacked();
        var expected = whole.Evaluate("pgd", Options());
        var blocks = whole.Files.Saves;
        Assert.IsGreaterThan(2, blocks);

        var files = new MemoryFiles();
        for (var stopAfter = 1; stopAfter < blocks; stopAfter++)
        {
            using var source = new CancellationTokenSource();
            using var stopped = Attacked(files, source.Token);
            files.Saved = saves =>
            {
                if (saves == stopAfter)
                    source.Cancel();
            };
            Assert.Throws<OperationCanceledException>(() => stopped.Evaluate("pgd", Options()));
        }
        files.Saved = null;
        using var last = Attacked(files);

        CollectionAssert.AreEquivalent(expected.ToArray(), last.Evaluate("pgd", Options()).ToArray());
        CollectionAssert.AreEqual(whole.Files.Written["robust.npy"], files.Written["robust.npy"]);
        Assert.AreEqual(blocks, files.Saves, "no block was attacked twice");
    }

    [TestMethod]
    [DataRow("linf", 0.031)]
    [DataRow("l2", 0.5)]
    public void Restarts_and_a_larger_radius_only_help_the_attacker(string norm, double radius)
    {
        using var scope = NewDisposeScope();
        double Robust(double radius, int restarts)
        {
            using var attacked = Attacked();
            return attacked.Evaluate(
                "pgd",
                new()
                {
                    ["norm"] = norm,
                    ["radius"] = radius,
                    ["step-size"] = radius / 8,
                    ["restarts"] = restarts,
                }
            )["robust-accuracy"];
        }
        double natural = Given.Cases[0].NaturalAccuracyPercent / 100,
            once = Robust(radius, 1);

        Assert.IsGreaterThanOrEqualTo(Robust(radius, 4), once);
        Assert.IsGreaterThan(once, natural);
        Assert.IsGreaterThanOrEqualTo(Robust(radius / 8, 1), natural);
        Assert.AreEqual(0, Robust(1, 1), "any image can become any other");
    }

    [TestMethod]
    public void Images_whose_softmax_is_saturated_are_counted_as_without_gradient()
    {
        using var scope = NewDisposeScope();
        using var attacked = new Attacked(Given.Weights, Given.Images, Given.Labels) { Scale = 1e4 };

        var metrics = attacked.Evaluate("pgd", new() { ["start"] = "none" });

        // No gradient, no attack: exactly what makes the robust accuracy look too good.
        Assert.AreEqual(1, metrics["zero-gradients"]);
        Assert.AreEqual(metrics["natural-accuracy"], metrics["robust-accuracy"]);
    }

    [TestMethod]
    public void The_first_images_alone_are_attacked_and_more_than_there_are_is_refused()
    {
        using var scope = NewDisposeScope();
        using var attacked = Attacked();

        attacked.Evaluate("pgd", new() { ["samples"] = 5 });
        var error = Assert.ThrowsExactly<SatException>(() => attacked.Evaluate("pgd", new() { ["samples"] = 9 }));

        Assert.HasCount(5, attacked.Robust);
        Assert.AreEqual(ExitCode.Planning, error.ExitCode);
        Assert.Contains("9 images (samples), but the dataset has 8 test images", error.Message);
    }

    [TestMethod]
    [DataRow("linf")]
    [DataRow("l2")]
    public void A_start_drawn_within_a_ball_lies_within_it_and_fills_it(string norm)
    {
        using var scope = NewDisposeScope();
        var ball = new Ball(Enum.Parse<Norm>(norm, ignoreCase: true), 0.5);
        using var random = new Generator(1);

        var lengths = ball.Length(UniformDraw.Within(ball, zeros(4000, 1, 1, 2), random));

        Assert.IsLessThan(0.5 + 1e-6, lengths.max().item<float>());
        // Of two dimensions a quarter of the area lies within half the radius.
        Assert.AreEqual(0.25, lengths.lt(0.25).to(ScalarType.Float32).mean().item<float>(), 0.03);
    }

    private static Attacked Attacked(MemoryFiles? files = null, CancellationToken stop = default) =>
        new(Given.Weights, Given.Images, Given.Labels) { Files = files ?? new(), Stop = stop };
}

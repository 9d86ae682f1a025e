using System.Text.Json.Nodes;
using Sat.Evaluations.Robustness.Attacks;
using Sat.Evaluations.Robustness.AutoAttack;
using Sat.Evaluations.Robustness.Cascades;
using Sat.Evaluations.Robustness.Targets;
using Sat.Methods.Supervised.Tests;
using Sat.Records;
using static TorchSharp.torch;

namespace Sat.Evaluations.Robustness.Tests;

/// <summary>Against the code that was published with AutoAttack, attack by attack, with the numbers that it drew.</summary>
[TestClass]
public sealed class AutoAttackTests
{
    private static readonly AutoAttackFixture Given = AutoAttackFixture.Read();

    private static Ball Linf => new(Norm.Linf, Given.Epsilon);

    [TestMethod]
    [DataRow("apgd-ce", 1e-4)]
    [DataRow("apgd-t", 1e-3)]
    public void Apgd_has_the_losses_step_sizes_and_images_of_the_published_code(string name, double lossTolerance)
    {
        using var scope = NewDisposeScope();
        var expected = name == "apgd-ce" ? Given.AutoPgdCrossEntropy : Given.AutoPgdTargeted;
        var run = -1;
        var apgd = new AutoPgd(Linf, Given.Iterations)
        {
            Seen = (iteration, steps, losses) =>
            {
                if (iteration < 0)
                    Close.Assert(expected.Runs[++run].LossStart, losses, lossTolerance, 1e-4, $"run {run}, loss of the start");
                else
                {
                    var given = expected.Runs[run].Iterations[iteration];
                    Close.Assert(given.StepSize, steps, 1e-6, 0, $"run {run}, step sizes of iteration {iteration}");
                    Close.Assert(given.Loss, losses, lossTolerance, 1e-4, $"run {run}, losses of iteration {iteration}");
                }
            },
        };
        IAttack attack = name == "apgd-ce" ? new AutoPgdCrossEntropy(apgd) : new AutoPgdTargeted(apgd, Given.Targets);

        var draws = Perturb(attack, expected.Draws, expected.FinalImages, 1e-5);

        Assert.AreEqual(expected.Runs.Length, run + 1);
        Assert.AreEqual(0, draws.Left);
    }

    [TestMethod]
    public void Fab_finds_changes_of_the_lengths_that_the_published_code_finds()
    {
        using var scope = NewDisposeScope();
        var runs = new Queue<BoundaryRun>(Given.BoundaryTargeted.Runs);
        var attack = new FastAdaptiveBoundary(Linf, Given.Iterations, Given.Targets)
        {
            Seen = (rank, lengths) =>
            {
                var given = runs.Dequeue();
                Assert.AreEqual(given.TargetRank, rank);
                Close.Assert(given.Lengths, lengths, 1e-4, 1e-6, $"lengths for rank {rank}");
            },
        };

        Perturb(attack, [], Given.BoundaryTargeted.FinalImages, 1e-3);

        Assert.IsEmpty(runs);
    }

    [TestMethod]
    public void Square_has_the_margins_and_queries_of_the_published_code()
    {
        using var scope = NewDisposeScope();
        var asked = new int[Given.Square.Queries.Length];
        var attack = new SquareAttack(Linf, Given.Queries)
        {
            Seen = (query, margins) =>
            {
                var given = Given.Square.Margins[query + 1];
                Close.Assert(given, margins, 0, 1e-4, $"margins of query {query}");
                // An image that was given another class is asked no more.
                foreach (var image in Enumerable.Range(0, asked.Length).Where(i => Given.Square.Queries[i] > query + 1))
                    asked[image]++;
            },
        };

        var draws = Perturb(attack, Given.Square.Draws, Given.Square.FinalImages, 1e-6);

        CollectionAssert.AreEqual(Given.Square.Queries, asked);
        Assert.AreEqual(0, draws.Left);
    }

    [TestMethod]
    public void One_after_the_other_they_leave_the_images_that_the_published_code_leaves()
    {
        using var scope = NewDisposeScope();
        using var attacked = Attacked();
        var options = new AutoAttackOptions { Iterations = Given.Iterations, Queries = Given.Queries };
        var attacks = AutoAttackEvaluation.Attacks(options with { Radius = Given.Epsilon }, classes: 10);
        using var images = new TestImages("autoattack", attacked.Context(), 0, 100);
        var given = Given.Cascade.Attacks.ToDictionary(a => a.Attack);

        var state = new Cascade(attacked.Classifier, images, attacks, (attack, _) =>
            new GivenDraws(Given.Cascade.Draws[given[attack.Name].DrawsFrom..given[attack.Name].DrawsTo])
        ).Run(files: null, progress: null);

        Assert.AreEqual(Given.Correct.Count(c => c) / 9.0, state.Accuracy(0), 1e-12);
        foreach (var (number, attack) in Given.Cascade.Attacks.Index())
        {
            Assert.AreEqual(attacks[number].Name, attack.Attack);
            CollectionAssert.AreEqual(
                attack.RobustAfter,
                state.Fates.Select(f => f == CascadeState.Robust || f > CascadeState.BrokenBy(number)).ToArray(),
                attack.Attack
            );
        }
        CollectionAssert.AreEqual(Given.Cascade.Robust, state.Fates.Select(f => f == CascadeState.Robust).ToArray());
    }

    [TestMethod]
    [DataRow("linf", 0.031)]
    [DataRow("l2", 0.15)]
    public void What_is_stopped_after_any_block_and_goes_on_ends_with_the_same_result(string norm, double radius)
    {
        using var scope = NewDisposeScope();
        var options = Options(norm, radius);
        using var whole = Attacked();
        var expected = whole.Evaluate("autoattack", Options(norm, radius));
        Assert.AreEqual(5 * 3, whole.Files.Saves, "the pass without attack and four attacks on three blocks");

        var files = new MemoryFiles();
        for (var stopAfter = 1; stopAfter < 15; stopAfter += 3)
        {
            using var source = new CancellationTokenSource();
            using var stopped = Attacked(files, source.Token);
            files.Saved = saves =>
            {
                if (saves == stopAfter)
                    source.Cancel();
            };
            Assert.Throws<OperationCanceledException>(() => stopped.Evaluate("autoattack", Options(norm, radius)));
        }
        using var last = Attacked(files);
        var metrics = last.Evaluate("autoattack", options);

        CollectionAssert.AreEquivalent(expected.ToArray(), metrics.ToArray());
        CollectionAssert.AreEqual(whole.Files.Written["robust.npy"], files.Written["robust.npy"]);
        Assert.AreEqual(15, files.Saves, "no block was attacked twice");
        Assert.AreEqual(1, last.Progress[^1], 1e-12);
        var row = new[]
        {
            "natural-accuracy",
            "autoattack-after-apgd-ce",
            "autoattack-after-apgd-t",
            "autoattack-after-fab-t",
            "autoattack-accuracy",
        };
        foreach (var (before, after) in row.Zip(row.Skip(1)))
            Assert.IsGreaterThanOrEqualTo(metrics[after], metrics[before], $"{after} is what {before} left");
        Assert.AreEqual(
            metrics["autoattack-after-fab-t"] - metrics["autoattack-accuracy"],
            metrics["black-box-only"],
            1e-12,
            "what was left for Square, and did not withstand it"
        );
    }

    [TestMethod]
    [DataRow("linf", 0.1)]
    [DataRow("l2", 0.5)]
    public void Every_attack_stays_within_the_radius_and_within_0_and_1_and_finds_something(string norm, double radius)
    {
        using var scope = NewDisposeScope();
        using var attacked = Attacked();
        var options = new AutoAttackOptions
        {
            Norm = Enum.Parse<Norm>(norm, ignoreCase: true),
            Radius = radius,
            Iterations = 20,
            Queries = 200,
        };
        var (images, labels) = Right(attacked);
        foreach (var attack in AutoAttackEvaluation.Attacks(options, classes: 10))
        {
            using var random = new Generator(1);

            var perturbed = attack.Perturb(attacked.Classifier, images, labels, new Draws(random, CPU));

            var change = new Ball(options.Norm, radius).Length(perturbed - images);
            Assert.IsLessThanOrEqualTo(radius * (1 + 1e-5), change.max().item<float>(), attack.Name);
            Assert.IsTrue(perturbed.ge(0).logical_and(perturbed.le(1)).all().item<bool>(), attack.Name);
            var fooled = attacked.Classifier.Correct(perturbed, labels).logical_not();
            Assert.IsTrue(fooled.any().item<bool>(), $"{attack.Name} finds no image");
            Assert.IsTrue(
                fooled.eq(change.gt(0)).all().item<bool>(),
                $"{attack.Name}: an image is changed where that is of use, and only there"
            );
        }
    }

    [TestMethod]
    [DataRow("linf")]
    [DataRow("l2")]
    public void The_shortest_change_onto_a_hyperplane_is_on_it_and_no_longer_than_any_other(string norm)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var ball = new Ball(Enum.Parse<Norm>(norm, ignoreCase: true), 1);
        var (points, normals) = (rand(50, 6), randn(50, 6));
        // Through another point of the box, so that the box reaches it.
        var through = rand(50, 6);
        var plane = new Hyperplane(through, zeros(50), normals);

        var change = plane.Reach(ball.Norm, points);

        Tensor Length(Tensor changes) => ball.Length(changes.view(changes.shape[0], 1, 1, 6));
        var reached = points + change;
        Assert.IsTrue((normals * (reached - through)).sum(1).allclose(zeros(50), atol: 1e-5));
        Assert.IsTrue(reached.ge(-1e-6).logical_and(reached.le(1 + 1e-6)).all().item<bool>());
        // Every point of the box on the plane, such as those between it and any other one there, is at least as far away.
        for (var share = 0.01; share <= 1; share *= 3)
            Assert.IsTrue((Length(change) - Length(change + ((through - reached) * share))).max().item<float>() < 1e-5);
        var beyond = new Hyperplane(zeros(1, 6), tensor(new[] { -7f }), ones(1, 6)).Reach(ball.Norm, zeros(1, 6));
        Assert.IsTrue(beyond.eq(1).all().item<bool>(), "as far as the box goes, where it does not reach the plane");
    }

    [TestMethod]
    public void Three_classes_are_refused_in_a_sentence()
    {
        using var scope = NewDisposeScope();
        var weights = new Dictionary<string, TrainTensor>(Given.Weights)
        {
            ["linear.weight"] = new([3, 16], Given.Weights["linear.weight"].Data[..48]),
            ["linear.bias"] = new([3], Given.Weights["linear.bias"].Data[..3]),
        };
        using var attacked = new Attacked(weights, Given.Images, new long[9]);

        var error = Assert.ThrowsExactly<SatException>(() => attacked.Evaluate("autoattack", []));

        Assert.AreEqual(ExitCode.Planning, error.ExitCode);
        Assert.Contains("at least 4 classes", error.Message);
    }

    /// <summary>Lets an attack at the images that get their class, and compares what it makes of all.</summary>
    private static GivenDraws Perturb(IAttack attack, TrainTensor[] draws, TrainTensor expected, double tolerance)
    {
        using var attacked = Attacked();
        var given = new GivenDraws(draws);
        var (images, labels) = Right(attacked);
        var perturbed = attacked.Images.clone();
        perturbed.index_copy_(0, Indices(), attack.Perturb(attacked.Classifier, images, labels, given));
        Close.Assert(expected.Data, perturbed, 0, tolerance, $"images of {attack.Name}");
        return given;
    }

    private static (Tensor Images, Tensor Labels) Right(Attacked attacked) =>
        (attacked.Images.index_select(0, Indices()), attacked.Labels.index_select(0, Indices()));

    private static Tensor Indices() => tensor(Given.Correct.Index().Where(c => c.Item).Select(c => (long)c.Index).ToArray());

    private static JsonObject Options(string norm, double radius) =>
        new()
        {
            ["norm"] = norm,
            ["radius"] = radius,
            ["iterations"] = 5,
            ["queries"] = 20,
            ["batch-size"] = 3,
        };

    private static Attacked Attacked(MemoryFiles? files = null, CancellationToken stop = default) =>
        new(Given.Weights, Given.Images, Given.Labels) { Files = files ?? new(), Stop = stop };
}

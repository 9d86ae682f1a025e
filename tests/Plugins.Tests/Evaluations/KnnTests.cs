using System.Text.Json;
using Sat.Evaluations.Representations;
using Sat.Records;
using static TorchSharp.torch;

namespace Sat.Evaluations.Tests;

[TestClass]
public sealed class KnnTests
{
    static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };

    [TestMethod]
    public void Votes_and_predictions_are_those_of_the_reference()
    {
        using var scope = NewDisposeScope();
        var given = Read();

        var votes = NearestNeighbours.Votes(
            Matrix(given.Bank),
            tensor(given.Labels),
            Matrix(given.Queries),
            given.Classes,
            given.K,
            given.Temperature
        );

        var expected = Matrix(given.Scores);
        Assert.IsLessThan(1e-7, ((votes - expected).abs() / expected.clamp_min(1)).max().item<double>());
        CollectionAssert.AreEqual(given.Predictions, votes.argmax(1).data<long>().ToArray());
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void The_accuracy_is_the_share_of_predictions_that_are_right(bool asStream)
    {
        using var scope = NewDisposeScope();
        var given = Read();
        var truth = given.Predictions.ToArray();
        truth[0] = (truth[0] + 1) % given.Classes;
        truth[7] = (truth[7] + 1) % given.Classes;
        var evaluating = new Evaluating(Matrix(given.Bank), tensor(given.Labels), Matrix(given.Queries), tensor(truth), given.Classes)
        {
            AsStream = asStream,
        };

        var metrics = evaluating.Run("knn", new() { ["k"] = given.K, ["temperature"] = given.Temperature });

        Assert.AreEqual((truth.Length - 2.0) / truth.Length, metrics["knn-top1"], 1e-12);
        Assert.AreEqual(1, evaluating.Progress[^1], 1e-12);
    }

    [TestMethod]
    public void With_fewer_training_images_than_neighbours_all_vote()
    {
        using var scope = NewDisposeScope();
        // Two classes at right angles, and many of the second that hardly resemble the query.
        var bank = tensor(
            new double[,]
            {
                { 1, 0 },
                { 0.9, 0.1 },
                { 0, 1 },
                { 0.1, 1 },
            }
        );
        var evaluating = new Evaluating(
            bank,
            tensor(new long[] { 0, 0, 1, 1 }),
            tensor(
                new double[,]
                {
                    { 2, 0.1 },
                    { 0.1, 3 },
                }
            ),
            tensor(new long[] { 0, 1 }),
            2
        );

        Assert.AreEqual(1, evaluating.Run("knn")["knn-top1"]);
    }

    [TestMethod]
    public void Large_sets_are_compared_in_pieces_that_fit_together()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (bank, queries) = (randn(700, 8), randn(600, 8));
        var labels = randint(0, 3, [700], ScalarType.Int64);
        var whole = NearestNeighbours.Votes(bank, labels, queries, 3, 20, 0.1);

        var apart = cat([
            .. Enumerable.Range(0, 6).Select(i => NearestNeighbours.Votes(bank, labels, queries.narrow(0, i * 100, 100), 3, 20, 0.1)),
        ]);

        Assert.IsTrue(whole.allclose(apart, rtol: 1e-4));
        Assert.AreEqual(
            whole
                .argmax(1)
                .eq(randint(0, 3, [600], ScalarType.Int64, generator: new Generator(2)))
                .to(ScalarType.Float64)
                .mean()
                .item<double>(),
            new Evaluating(bank, labels, queries, randint(0, 3, [600], ScalarType.Int64, generator: new Generator(2)), 3).Run(
                "knn",
                new() { ["k"] = 20 }
            )["knn-top1"],
            1e-9
        );
    }

    [TestMethod]
    [DataRow("knn")]
    [DataRow("linear-eval")]
    public void Images_without_labels_are_refused_in_a_sentence(string id)
    {
        using var scope = NewDisposeScope();
        var evaluating = new Evaluating(randn(8, 2), labels: null, randn(4, 2), zeros(4, ScalarType.Int64), 2);

        var error = Assert.ThrowsExactly<SatException>(() => evaluating.Run(id));

        Assert.AreEqual(ExitCode.Planning, error.ExitCode);
        Assert.Contains("training images have none", error.Message);
    }

    static Tensor Matrix(double[][] rows) => tensor(rows.SelectMany(r => r).ToArray(), [rows.Length, rows[0].Length], ScalarType.Float64);

    static Fixture Read() =>
        JsonSerializer.Deserialize<Fixture>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "knn.json")), Options)!;

    sealed record Fixture(
        int K,
        double Temperature,
        int Classes,
        double[][] Bank,
        long[] Labels,
        double[][] Queries,
        double[][] Scores,
        long[] Predictions
    );
}

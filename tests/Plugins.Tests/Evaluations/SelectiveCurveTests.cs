using Sat.Evaluations.Selective;
using Sat.Methods.Selective.Tests;
using Sat.Methods.Supervised.Tests;
using static TorchSharp.torch;

namespace Sat.Evaluations.Tests;

/// <summary>Errors, thresholds and areas of given scores against the published code and definitions.</summary>
[TestClass]
public sealed class SelectiveCurveTests
{
    static readonly SelectiveFixture Given = Fixture.Read<SelectiveFixture>("selective");

    [TestMethod]
    public void The_test_set_is_parted_as_by_the_published_code()
    {
        CollectionAssert.AreEqual(Given.Permutation, PythonShuffle.Permutation(Given.Permutation.Length, 10));
        CollectionAssert.AreEqual(Given.Permutation10000.Data, PythonShuffle.Permutation(10000, 10));
    }

    [TestMethod]
    public void The_published_search_ends_at_the_published_thresholds()
    {
        foreach (var (table, part, predictions) in Parts())
        {
            var rows = table.Bisection.Single(b => b.Part == part).Rows;
            var found = PublishedSearch.Run(predictions, Given.Coverages);

            CollectionAssert.AreEqual(
                rows.Select(r => (r.Covered, r.Errors)).ToArray(),
                found.Select(f => (f!.Value.Count, f.Value.Errors)).ToArray(),
                $"{table.Name} {part}"
            );
            foreach (var (row, covered) in rows.Zip(found))
                Assert.AreEqual(row.Threshold, covered!.Value.Threshold, 1e-12, $"{table.Name} {part} {row.Coverage}");
        }
    }

    [TestMethod]
    public void The_exact_order_statistic_covers_what_the_published_quantile_rule_covers()
    {
        foreach (var (table, part, predictions) in Parts())
        {
            var rule = table.QuantileRule.Single(q => q.Part == part);
            var curve = new RiskCoverageCurve(predictions);
            var found = rule.Coverages.Select(c => curve.AtCoverage(c)).ToArray();

            CollectionAssert.AreEqual(rule.Covered, found.Select(f => f.Count).ToArray(), $"{table.Name} {part}");
            CollectionAssert.AreEqual(rule.Errors, found.Select(f => f.Errors).ToArray(), $"{table.Name} {part}");
        }
    }

    [TestMethod]
    public void Areas_are_those_of_the_definition_with_ties_and_at_the_edges()
    {
        foreach (
            var (confidence, correct, area) in Given.AurcEdgeCases.Append(Given.AurcTies).Select(c => (c.Confidence, c.Correct, c.Result))
        )
        {
            var curve = new RiskCoverageCurve(new([.. confidence.Select(c => -c)], [.. correct.Select(c => !c)]));
            Assert.AreEqual(area.Aurc, curve.Area, 1e-9);
            Assert.AreEqual(area.ExcessAurc, curve.ExcessArea, 1e-9);
        }
        foreach (var table in Given.Tables)
        {
            var curve = new RiskCoverageCurve(All(table));
            Assert.AreEqual(table.Aurc.Aurc, curve.Area, 1e-9, table.Name);
            Assert.AreEqual(table.Aurc.ExcessAurc, curve.ExcessArea, 1e-9, table.Name);
        }
    }

    [TestMethod]
    public void Samples_of_one_score_are_covered_together_whatever_their_order()
    {
        double[] scores = [0.1, 0.3, 0.3, 0.3, 0.9];
        bool[] wrong = [false, true, false, false, true];

        foreach (var order in new[] { new[] { 0, 1, 2, 3, 4 }, [4, 3, 2, 1, 0], [2, 1, 3, 4, 0] })
        {
            var curve = new RiskCoverageCurve(new ScoredPredictions(scores, wrong).At(order));
            Assert.AreEqual(new Covered(0.1, 1, 0), curve.AtCoverage(1), "one sample at least is covered");
            Assert.AreEqual(new Covered(0.1, 1, 0), curve.AtCoverage(39.9));
            Assert.AreEqual(new Covered(0.3, 4, 1), curve.AtCoverage(40));
            Assert.AreEqual(new Covered(0.9, 5, 2), curve.AtCoverage(100));
            Assert.AreEqual(0.2, curve.CoverageAt(0.2));
            Assert.AreEqual(0.8, curve.CoverageAt(0.25));
            Assert.AreEqual(1, curve.CoverageAt(0.4));
        }
        Assert.AreEqual(0, new RiskCoverageCurve(new([0.1, 0.1], [true, false])).CoverageAt(0.1), "no threshold errs so little");
        Assert.AreEqual(29, new RiskCoverageCurve(new([.. Enumerable.Range(0, 100)], new bool[100])).AtCoverage(29).Count);
    }

    [TestMethod]
    public void The_published_search_ends_where_that_of_the_published_code_would_not()
    {
        var tied = new ScoredPredictions([0.5, 0.5, 0.5, 0.5], [true, false, false, false]);
        var found = PublishedSearch.Run(tied, [100, 50]);

        Assert.AreEqual((4, 1), (found[0]!.Value.Count, found[0]!.Value.Errors));
        Assert.IsNull(found[1]);
        Assert.AreEqual(4, PublishedSearch.Run(new([7, 9, 3, 1], new bool[4]), [100, 75, 50])[0]!.Value.Count, "scores above 1");
        Assert.AreEqual(2, PublishedSearch.Run(new([7, 9, 3, 1], new bool[4]), [50])[0]!.Value.Count);
    }

    [TestMethod]
    public void Held_out_errors_use_the_threshold_of_one_part_on_the_other()
    {
        foreach (var table in Given.Tables)
        {
            var all = All(table);
            var report = SelectiveReport.Measure(all, [90, 50], Given.ValidationSize, 10);
            var (first, rest) = (Given.Permutation[..Given.ValidationSize], Given.Permutation[Given.ValidationSize..]);
            foreach (var row in report.Rows)
            {
                var threshold = first.Select(i => all.Rejection[i]).Order().ElementAt((int)(row.Coverage * first.Length / 100) - 1);
                var covered = rest.Where(i => all.Rejection[i] <= threshold).ToArray();
                Assert.AreEqual(new Covered(threshold, covered.Length, covered.Count(i => all.IsWrong[i])), row.HeldOut);
            }
        }
        Assert.AreEqual(2, SelectiveReport.Measure(new([1, 2, 3, 4], new bool[4]), [100], 2000, 10).Validation, "half of a small test set");
        Assert.IsNull(SelectiveReport.Measure(new([1], new bool[1]), [100], 2000, 10).Rows[0].HeldOut);
    }

    [TestMethod]
    public void Scores_and_predictions_of_logits_are_those_of_the_published_code()
    {
        var table = Given.Tables.Single(t => !t.AbstentionOutput);
        using var scope = NewDisposeScope();
        var scored = Scores.SoftmaxResponse(tensor(table.Logits.SelectMany(r => r).ToArray(), table.Logits.Length, table.Classes));

        CollectionAssert.AreEqual(table.Predictions, scored.Predicted.data<long>().Select(p => (int)p).ToArray());
        Close.Assert(table.Scores, scored.Rejection.to(float32), 0, 1e-6, "scores");

        var sure = Scores.SoftmaxResponse(tensor(new float[] { 40, 0, 60, 0, 90, 0 }, 3, 2)).Rejection.data<double>().ToArray();
        CollectionAssert.AreEqual(sure.OrderDescending().Distinct().ToArray(), sure, "the surest are still told apart");
    }

    [TestMethod]
    public void Scores_of_passes_with_dropout_are_those_of_the_literature()
    {
        var given = Given.McDropout;
        using var scope = NewDisposeScope();
        static Tensor Matrix(double[][] rows) => tensor(rows.SelectMany(r => r).ToArray(), rows.Length, rows[0].Length);
        var (inputs, w1, w2) = (Matrix(given.Inputs), Matrix(given.W1), Matrix(given.W2));
        var hidden = inputs.matmul(w1.t()).add(tensor(given.B1)).relu();
        Tensor Logits(Tensor features) => features.matmul(w2.t()).add(tensor(given.B2));
        var passes = new PassStatistics([given.Inputs.Length, given.B2.Length], CPU);
        foreach (var mask in given.KeepMasks)
            passes.Add(Logits(hidden * Matrix(mask) / (1 - given.Rate)).softmax(1));

        void AssertScores(DropoutMeasure measure, long[] predicted, double[] rejection)
        {
            var scored = Scores.Dropout(passes, Logits(hidden), measure);
            CollectionAssert.AreEqual(predicted, scored.Predicted.data<long>().ToArray(), $"{measure}");
            foreach (var (expected, actual) in rejection.Zip(scored.Rejection.data<double>().ToArray()))
                Assert.AreEqual(expected, actual, 1e-9, $"{measure}");
        }

        AssertScores(DropoutMeasure.Variance, given.PredictionDeterministic, [.. given.MinusVariance.Select(v => -v)]);
        AssertScores(DropoutMeasure.Mean, given.PredictionMean, [.. given.Mean.Select(v => 1 - v)]);
        AssertScores(DropoutMeasure.Entropy, given.PredictionMean, [.. given.MinusEntropy.Select(v => -v)]);
    }

    static IEnumerable<(SelectiveTable Table, string Part, ScoredPredictions Predictions)> Parts() =>
        from table in Given.Tables
        from part in table.Bisection.Select(b => b.Part)
        let positions = part == "validation" ? Given.Permutation[..Given.ValidationSize] : Given.Permutation[Given.ValidationSize..]
        select (table, part, All(table).At(positions));

    static ScoredPredictions All(SelectiveTable table) => new([.. table.Scores.Select(s => (double)s)], [.. table.Correct.Select(c => !c)]);
}

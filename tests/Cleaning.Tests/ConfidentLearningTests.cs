using System.Text.Json.Nodes;

namespace Sat.Cleaning.Tests;

/// <summary>Against cleanlab 2.9.0 on given labels and probabilities: integers exactly, numbers to 1e-9.</summary>
[TestClass]
public sealed class ConfidentLearningTests
{
    private const double Close = 1e-9;

    public static IEnumerable<object[]> Traces =>
        [
            ["labels-4"],
            ["labels-10"],
            ["labels-digits"],
        ];

    [TestMethod]
    [DynamicData(nameof(Traces))]
    public void Counts_and_what_is_estimated_from_them_are_those_of_cleanlab(string name)
    {
        var (trace, learning) = Read(name);
        Same(trace["thresholds"]!, learning.Thresholds);
        Equal(trace["confident_joint"]!, learning.Joint);
        Equal(trace["confident_joint_calibrated"]!, learning.CalibratedJoint);
        Equal(trace["off_diagonal_indices"]!, learning.OffDiagonal);
        Assert.AreEqual((int)trace["num_label_issues"]!["off_diagonal"]!, learning.IssueCount);
        var calibrated = (int)trace["num_label_issues"]!["off_diagonal_calibrated"]!;
        Assert.AreEqual(calibrated, learning.EstimatedIssueCount);
        Assert.AreEqual((double)trace["health_score"]!, learning.Health, Close);
        foreach (var (field, converge) in new[] { ("latent", false), ("latent_converged", true) })
        {
            var latent = learning.Latent(converge);
            Same(trace[field]!["prior"]!, latent.Prior);
            var matrices = new[] { ("noise_matrix", latent.NoiseMatrix), ("inverse_noise_matrix", latent.InverseNoiseMatrix) };
            foreach (var (matrix, actual) in matrices)
            {
                foreach (var (row, numbers) in trace[field]![matrix]!.AsArray().Zip(actual))
                    Same(row!, numbers);
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Traces))]
    public void Scores_are_those_of_cleanlab(string name)
    {
        var (trace, learning) = Read(name);
        foreach (var (field, score) in Scores)
            Same(trace["scores"]![field]!, learning.Scores(score));
    }

    [TestMethod]
    [DynamicData(nameof(Traces))]
    public void Rules_call_the_same_labels_wrong_as_cleanlab(string name)
    {
        var (trace, learning) = Read(name);
        foreach (var (rule, expected) in trace["rules"]!.AsObject())
        {
            var issues = learning.Issues(Rules[rule]);
            Equal(expected!["issues"]!, issues);
            foreach (var (field, score) in Scores)
            {
                var scores = learning.Scores(score);
                Equal(expected["ranked"]![field]!, [.. issues.OrderBy(i => scores[i])]);
            }
        }
        foreach (var variant in trace["variants"]!.AsArray())
            Equal(
                variant!["issues"]!,
                learning.Issues(
                    Rules[(string)variant["filter_by"]!],
                    (double)variant["frac_noise"]!,
                    (int)variant["min_examples_per_class"]!
                )
            );
    }

    [TestMethod]
    [DynamicData(nameof(Traces))]
    public void Classes_are_ranked_as_by_cleanlab(string name)
    {
        var (trace, learning) = Read(name);
        var classes = learning.Classes();
        foreach (var (expected, actual) in trace["class_quality"]!.AsArray().Zip(classes))
        {
            Assert.AreEqual((long)expected!["label_issues"]!, actual.LabelIssues);
            Assert.AreEqual((long)expected["inverse_label_issues"]!, actual.InverseLabelIssues);
            Assert.AreEqual((double)expected["label_noise"]!, actual.LabelNoise, Close);
            Assert.AreEqual((double)expected["inverse_label_noise"]!, actual.InverseLabelNoise, Close);
            Assert.AreEqual((double)expected["label_quality_score"]!, actual.Score, Close);
        }
        Equal(trace["classes_worst_first"]!, [.. classes.OrderBy(c => Math.Round(c.Score, 12)).ThenBy(c => c.Class).Select(c => c.Class)]);
    }

    [TestMethod]
    public void Beliefs_that_do_not_fit_are_refused()
    {
        Assert.ThrowsExactly<ArgumentException>(() =>
            LabelBeliefs.Of(
                [0, 1],
                [
                    [0.5, 0.5],
                ]
            )
        );
        Assert.ThrowsExactly<ArgumentException>(() => LabelBeliefs.Of([], []));
        Assert.ThrowsExactly<ArgumentException>(() =>
            LabelBeliefs.Of(
                [2],
                [
                    [0.5, 0.5],
                ]
            )
        );
        Assert.ThrowsExactly<ArgumentException>(() =>
            LabelBeliefs.Of(
                [0, 1],
                [
                    [0.5, 0.5],
                    [1],
                ]
            )
        );
        Assert.ThrowsExactly<ArgumentException>(() =>
            LabelBeliefs.Of(
                [0],
                [
                    [1],
                ]
            )
        );
    }

    private static readonly (string Field, LabelScore Score)[] Scores =
    [
        ("self_confidence", LabelScore.SelfConfidence),
        ("normalized_margin", LabelScore.NormalizedMargin),
        ("confidence_weighted_entropy", LabelScore.ConfidenceWeightedEntropy),
    ];

    private static readonly Dictionary<string, LabelRule> Rules = new()
    {
        ["prune_by_class"] = LabelRule.PruneByClass,
        ["prune_by_noise_rate"] = LabelRule.PruneByNoiseRate,
        ["both"] = LabelRule.Both,
        ["confident_learning"] = LabelRule.ConfidentLearning,
        ["predicted_neq_given"] = LabelRule.PredictedNotGiven,
        ["low_self_confidence"] = LabelRule.LowSelfConfidence,
        ["low_normalized_margin"] = LabelRule.LowNormalizedMargin,
    };

    private static (JsonNode Trace, ConfidentLearning Learning) Read(string name)
    {
        var trace = JsonNode.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Traces", name + ".json")))!;
        int[] labels = [.. trace["labels"]!.AsArray().Select(l => (int)l!)];
        double[][] rows = [.. trace["pred_probs"]!.AsArray().Select(r => r!.AsArray().Select(p => (double)p!).ToArray())];
        return (trace, ConfidentLearning.Of(LabelBeliefs.Of(labels, rows)));
    }

    private static void Same(JsonNode expected, IReadOnlyList<double> actual)
    {
        var numbers = expected.AsArray();
        Assert.HasCount(numbers.Count, actual);
        for (var i = 0; i < actual.Count; i++)
            Assert.AreEqual((double)numbers[i]!, actual[i], Close, $"{i}");
    }

    private static void Equal(JsonNode expected, IReadOnlyList<int> actual) =>
        CollectionAssert.AreEqual(expected.AsArray().Select(e => (int)e!).ToArray(), actual.ToArray());

    private static void Equal(JsonNode expected, IReadOnlyList<IReadOnlyList<long>> actual)
    {
        foreach (var (row, numbers) in expected.AsArray().Zip(actual))
            CollectionAssert.AreEqual(row!.AsArray().Select(e => (long)e!).ToArray(), numbers.ToArray());
    }
}

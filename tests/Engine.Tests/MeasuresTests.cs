using System.Runtime.InteropServices;
using Sat.Engine.Measures;
using Sat.Records.Metrics;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Tests;

[TestClass]
public sealed class MeasuresTests
{
    [TestMethod]
    public void Accuracies_are_those_counted_by_hand()
    {
        // The true class of every other image, the next class of the rest.
        static long Predict(int epoch, long number) => (Numbered.Label(number % Numbered.FirstTest) + (number % 2)) % 3;
        var spec = Specs.Of(noise: Specs.Symmetric(0.5, "other-classes"), training: Specs.Training(epochs: 1, validation: 16));

        using var run = Ran.Done(
            spec,
            new Components { Dataset = () => Numbered.Resident(60, 21), Method = task => new Oracle(task, Predict) }
        );

        var given = run.Array("noise.npy").ToInt64();
        double Share(int start, int count, Func<int, bool> right) => (double)Enumerable.Range(start, count).Count(right) / count;
        bool MatchesTruth(int i) => Predict(0, i) == Numbered.Label(i);
        bool MatchesGiven(int i) => Predict(0, i) == given[i];
        var final = run.Record.Final!;
        Assert.AreEqual(Share(0, 21, MatchesTruth), final[MetricNames.TestAccuracy], 1e-12);
        Assert.AreEqual(Share(0, 44, MatchesTruth), final[MetricNames.CleanTrainAccuracy], 1e-12);
        Assert.AreEqual(Share(0, 44, MatchesGiven), final[MetricNames.NoisyTrainAccuracy], 1e-12);
        Assert.AreEqual(Share(44, 16, MatchesTruth), final[MetricNames.CleanValidationAccuracy], 1e-12);
        Assert.AreEqual(Share(44, 16, MatchesGiven), final[MetricNames.NoisyValidationAccuracy], 1e-12);
    }

    [TestMethod]
    public void Logits_confusion_and_accuracy_agree()
    {
        using var run = Ran.Done(Specs.Of(training: Specs.Training(epochs: 2)));
        using var shapes = TestedPlugins.Host.OpenDataset(
            run.Record.Spec.Dataset,
            new Dictionary<string, string>(),
            new DatasetContext(Records.Data.DataFiles.None)
        );
        var truth = shapes.Test.Labels!.data<long>().ToArray();

        var logits = MemoryMarshal.Cast<byte, float>(run.Array("test-logits.npy").Bytes).ToArray().Chunk(10).ToArray();
        var predicted = logits.Select(row => row.IndexOf(row.Max())).ToArray();
        var confusion = run.Array("confusion.npy");
        var rows = confusion.ToInt64().Chunk(10).ToArray();

        CollectionAssert.AreEqual(new long[] { 10, 10 }, confusion.Shape.ToArray());
        var accuracy = run.Record.Final![MetricNames.TestAccuracy];
        Assert.AreEqual(predicted.Zip(truth).Count(p => p.First == p.Second) / 40.0, accuracy, 1e-12);
        Assert.AreEqual(Enumerable.Range(0, 10).Sum(k => rows[k][k]) / 40.0, accuracy, 1e-12);
        for (var k = 0; k < 10; k++)
        {
            for (var j = 0; j < 10; j++)
                Assert.AreEqual(predicted.Zip(truth).Count(p => p.Second == k && p.First == j), rows[k][j], $"true {k}, predicted {j}");
        }
    }

    [TestMethod]
    public void Recovery_is_counted_among_wrong_labels_and_changes_among_right_ones()
    {
        using var scope = NewDisposeScope();
        // given 0, 1, 2, 0, 1; true 0, 1, 0, 1, 2; proposed 0, 2, 0, 0, 0
        var targets = tensor(
            new[,]
            {
                { 0.9f, 0.1f, 0 },
                { 0.1f, 0.2f, 0.7f },
                { 0.8f, 0, 0.2f },
                { 0.6f, 0.4f, 0 },
                { 0.5f, 0.3f, 0.2f },
            }
        );

        var shares = LabelRecovery
            .Shares(targets, tensor(new long[] { 0, 1, 2, 0, 1 }), tensor(new long[] { 0, 1, 0, 1, 2 }))
            .ToDictionary();

        Assert.AreEqual(1.0 / 3, shares[MetricNames.LabelsRecovered], 1e-12, "one of three wrong labels");
        Assert.AreEqual(1.0 / 2, shares[MetricNames.CleanLabelsChanged], 1e-12, "one of two right labels");
        Assert.AreEqual(2.0 / 5, shares[MetricNames.LabelAccuracy], 1e-12, "two of five proposals");
    }

    [TestMethod]
    public void Corrections_are_counted_by_given_and_proposed_class_and_again_where_they_are_right()
    {
        using var scope = NewDisposeScope();
        var targets = eye(3).index_select(0, tensor(new long[] { 0, 2, 0, 0, 2 }));
        var (given, truth) = (tensor(new long[] { 0, 1, 2, 0, 1 }), tensor(new long[] { 0, 1, 0, 1, 2 }));

        var counts = LabelRecovery.Corrections(targets, given, truth);

        CollectionAssert.AreEqual(new long[] { 2, 3, 3 }, counts.shape);
        CollectionAssert.AreEqual(
            new long[]
            {
                2,
                0,
                0,
                0,
                0,
                2,
                1,
                0,
                0, /* right */
                1,
                0,
                0,
                0,
                0,
                1,
                1,
                0,
                0,
            },
            counts.data<long>().ToArray()
        );
        CollectionAssert.AreEqual(new long[] { 3, 3 }, LabelRecovery.Corrections(targets, given, null).shape, "nobody vouches for labels");
    }

    [TestMethod]
    public void Without_a_wrong_label_nothing_can_be_recovered()
    {
        using var scope = NewDisposeScope();
        var labels = tensor(new long[] { 0, 1 });

        var shares = LabelRecovery.Shares(eye(2), labels, labels).ToDictionary();

        Assert.IsFalse(shares.ContainsKey(MetricNames.LabelsRecovered));
        Assert.AreEqual(0, shares[MetricNames.CleanLabelsChanged]);
        Assert.AreEqual(1, shares[MetricNames.LabelAccuracy]);
    }

    [TestMethod]
    public void Suspected_labels_are_listed_the_least_likely_given_label_first_with_their_names_quoted()
    {
        using var scope = NewDisposeScope();
        var method = new FixedTargets(
            tensor(
                new[,]
                {
                    { 0.25f, 0.75f, 0 },
                    { 0, 1f, 0 },
                    { 0.125f, 0.25f, 0.625f },
                    { 0.5f, 0.375f, 0.125f },
                    { 0.125f, 0.75f, 0.125f },
                }
            ),
            tensor(new[] { 0.75f, 1, 0.625f, 0.5f, 0.75f })
        );

        var csv = LabelRecovery.SuspectsCsv(
            method,
            tensor(new long[] { 0, 1, 1, 2, 2 }),
            ["cat, big", "say \"dog\"", "bird"],
            new FilePositions([("a.bin", 2), ("b.bin", 3)])
        );

        Assert.AreEqual(
            """"
            index,file,given,proposed,given-target,confidence,margin,weight
            4,b.bin#2,bird,"say ""dog""",0.125,0.75,0.625,0.75
            3,b.bin#1,bird,"cat, big",0.125,0.5,0.375,0.5
            0,a.bin#0,"cat, big","say ""dog""",0.25,0.75,0.5,0.75
            2,b.bin#0,"say ""dog""",bird,0.25,0.625,0.375,0.625

            """",
            csv.ReplaceLineEndings("\n")
        );
    }

    [TestMethod]
    public void A_class_named_like_a_formula_is_none_in_a_spreadsheet()
    {
        using var scope = NewDisposeScope();
        var method = new FixedTargets(
            tensor(
                new[,]
                {
                    { 0, 1f },
                }
            ),
            tensor(new[] { 1f })
        );

        var csv = LabelRecovery.SuspectsCsv(method, tensor(new long[] { 0 }), ["=cmd|' /C calc'!A0", "\u001b[31mred"], null);

        Assert.AreEqual("index,given,proposed,given-target,confidence,margin,weight\n0,'=cmd|' /C calc'!A0,'\\u001b[31mred,0,1,1,1\n", csv);
    }

    [TestMethod]
    public void Suspected_labels_of_a_run_are_those_whose_soft_target_disagrees()
    {
        using var run = Ran.Done(Specs.Sat(startEpoch: 0, alpha: 0.3));

        var targets = MemoryMarshal.Cast<byte, float>(run.Array("soft-targets.npy").Bytes).ToArray().Chunk(10).ToArray();
        var given = run.Array("noise.npy").ToInt64();
        var classes = run.Record.Data!.Classes;
        var rows = File.ReadAllLines(run.Folder.LabelsFile).Skip(1).Select(l => l.Split(',')).ToArray();
        Assert.IsNotEmpty(rows);
        CollectionAssert.AreEquivalent(
            targets
                .Select((t, i) => (Index: i, Proposed: t.IndexOf(t.Max())))
                .Where(t => t.Proposed != given[t.Index])
                .Select(t => $"{t.Index},{classes[(int)given[t.Index]]},{classes[t.Proposed]}")
                .ToArray(),
            rows.Select(r => string.Join(',', r.Take(3))).ToArray()
        );
        static int Index(string[] row) => int.Parse(row[0], System.Globalization.CultureInfo.InvariantCulture);
        var givenTargets = rows.Select(r => double.Parse(r[3], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        CollectionAssert.AreEqual(givenTargets.Order().ToArray(), givenTargets);
        foreach (var (row, target) in rows.Zip(givenTargets))
            Assert.AreEqual(targets[Index(row)][given[Index(row)]], target, 1e-6);
        foreach (var row in targets)
            Assert.AreEqual(1, row.Sum(), 1e-5);
        var recovered = run.Record.Final![MetricNames.LabelsRecovered];
        Assert.IsTrue(recovered is >= 0 and <= 1);
    }

    [TestMethod]
    public void The_best_epoch_is_chosen_on_noisy_validation_labels_alone()
    {
        var given = Array.Empty<long>();
        // Epoch 0: nothing right. Epoch 1: the given validation labels, nothing else. Epoch 2: the truth, everywhere.
        long Predict(int epoch, long number) =>
            (epoch, number) switch
            {
                (0, _) => (Numbered.Label(number % Numbered.FirstTest) + 1) % 3,
                (1, >= 40 and < Numbered.FirstTest) => given[number],
                (1, _) => (Numbered.Label(number % Numbered.FirstTest) + 1) % 3,
                _ => Numbered.Label(number % Numbered.FirstTest),
            };
        var spec = Specs.Of(noise: Specs.Symmetric(1, "other-classes"), training: Specs.Training(validation: 20));
        var components = new Components { Dataset = () => Numbered.Resident(60, 20), Method = task => new Oracle(task, Predict) };
        using (
            var draw = Ran.Done(
                Specs.Of(noise: spec.Noise, training: Specs.Training(epochs: 1)),
                new Components { Dataset = () => Numbered.Resident(60, 20) }
            )
        )
            given = draw.Array("noise.npy").ToInt64();

        using var run = Ran.Done(spec, components);

        Assert.AreEqual(2, run.Record.Best!.Epoch);
        Assert.AreEqual(MetricNames.NoisyValidationAccuracy, run.Record.Best.ChosenOn);
        Assert.AreEqual(0, run.Record.Best.Metrics[MetricNames.TestAccuracy], "though its test accuracy is the worst");
        Assert.AreEqual(1, run.Record.Final![MetricNames.TestAccuracy]);
    }

    [TestMethod]
    public void Without_validation_there_is_no_best_epoch()
    {
        using var run = Ran.Done(Specs.Of(training: Specs.Training(epochs: 1)));

        Assert.IsNull(run.Record.Best);
    }

    private sealed class FixedTargets(Tensor targets, Tensor weights) : ISoftTargets
    {
        public Tensor SoftTargets => targets;

        public Tensor SampleWeights() => weights.clone();
    }
}

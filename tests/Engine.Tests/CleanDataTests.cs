using System.Text.Json.Nodes;
using Sat.Records.Components;
using Sat.Records.Metrics;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sdk;

namespace Sat.Engine.Tests;

/// <summary>What is measured on data as they were before the noise, and what is not where nobody knows.</summary>
[TestClass]
public sealed class CleanDataTests
{
    [TestMethod]
    [DataRow(0.5)]
    [DataRow(1.0)]
    public void Under_corrupted_images_the_clean_accuracies_are_those_of_the_clean_images(double rate)
    {
        // An oracle that is right about each image that is as it was, and nearly always wrong about another.
        var spec = Specs.Of(noise: Corruption("gaussian", rate), training: Specs.Training(epochs: 1, validation: 16));
        using var run = Ran.Done(
            spec,
            new Components { Dataset = () => Numbered.Resident(60, 21), Method = task => new Oracle(task, Right) }
        );

        var final = run.Record.Final!;
        Assert.AreEqual(1, final[MetricNames.CleanTrainAccuracy], "all clean images are recognised");
        Assert.AreEqual(1, final[MetricNames.CleanValidationAccuracy]);
        var corrupted = run.Array("noise.npy").ToInt64();
        var (train, held) = (corrupted.Count(p => p < 44), corrupted.Count(p => p >= 44));
        Assert.IsTrue(train > 0 && held > 0);
        Assert.IsLessThan(1 - 0.4 * train / 44.0, final[MetricNames.NoisyTrainAccuracy], "corrupted images are not");
        Assert.IsGreaterThanOrEqualTo((44 - train) / 44.0, final[MetricNames.NoisyTrainAccuracy]);
        Assert.IsLessThan(1 - 0.2 * held / 16.0, final[MetricNames.NoisyValidationAccuracy]);
        Assert.AreEqual(1, final[MetricNames.TestAccuracy]);
    }

    [TestMethod]
    public void The_labels_of_a_person_are_not_taken_for_the_truth()
    {
        var plain = Final(Specs.Component(ComponentKind.Noise, "none"), out var none);

        Assert.AreEqual(false, none.TrueLabels);
        Assert.IsNull(none.WrongLabels, "nobody knows");
        foreach (
            var metric in new[]
            {
                MetricNames.CleanTrainAccuracy,
                MetricNames.CleanValidationAccuracy,
                MetricNames.LabelsRecovered,
                MetricNames.CleanLabelsChanged,
                MetricNames.LabelAccuracy,
            }
        )
            Assert.IsFalse(plain.ContainsKey(metric), metric);
        foreach (var metric in new[] { MetricNames.NoisyTrainAccuracy, MetricNames.NoisyValidationAccuracy, MetricNames.TestAccuracy })
            Assert.IsTrue(plain.ContainsKey(metric), metric);
    }

    [TestMethod]
    public void A_noise_over_the_labels_of_a_person_is_measured_as_what_it_changed()
    {
        var drawn = Final(Specs.Symmetric(0.5, "other-classes"), out var data);

        Assert.AreEqual(0.5, data.ChangedLabels!.Value, 1e-12);
        Assert.IsNull(data.WrongLabels);
        Assert.IsTrue(drawn.ContainsKey(MetricNames.CleanTrainAccuracy));
        Assert.IsTrue(drawn.ContainsKey(MetricNames.LabelsRecovered));
    }

    [TestMethod]
    public void Corrupted_images_of_a_person_tell_nothing_of_the_labels()
    {
        var corrupted = Final(Corruption("gaussian", 0.5), out var data);

        Assert.IsNull(data.WrongLabels);
        Assert.IsTrue(corrupted.ContainsKey(MetricNames.CleanTrainAccuracy), "on the clean images, as labelled");
        Assert.IsFalse(corrupted.ContainsKey(MetricNames.LabelAccuracy));
    }

    [TestMethod]
    public void A_benchmarks_labels_are_true_as_before()
    {
        using var run = Ran.Done(Specs.Sat(startEpoch: 0, training: Specs.Training(epochs: 1)));

        Assert.AreEqual(true, run.Record.Data!.TrueLabels);
        Assert.IsNull(run.Record.Data.ChangedLabels);
        Assert.IsGreaterThan(0, run.Record.Data.WrongLabels!.Value);
        Assert.IsTrue(run.Record.Final!.ContainsKey(MetricNames.LabelAccuracy));
    }

    [TestMethod]
    public void Suspected_labels_lead_to_their_files()
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var run = Ran.Done(
            Specs.Sat(startEpoch: 0, alpha: 0.3),
            new Components
            {
                Dataset = () =>
                    Own(split => new ResidentSplit(split.Images, split.Labels)
                    {
                        Files = [.. Enumerable.Range(0, (int)split.Count).Select(i => $"train/a, b/{i}.png")],
                    }),
            }
        );

        var rows = File.ReadAllLines(run.Folder.LabelsFile);
        Assert.AreEqual("index,file,given,proposed,given-target,confidence,margin,weight", rows[0]);
        Assert.IsGreaterThan(1, rows.Length);
        foreach (var row in rows.Skip(1))
            Assert.StartsWith($"{row.Split(',')[0]},\"train/a, b/{row.Split(',')[0]}.png\",", row);
    }

    private static long Right(int epoch, long number) => Numbered.Label(number % Numbered.FirstTest);

    private static ComponentSpec Corruption(string id, double rate) =>
        Specs.Component(ComponentKind.Noise, id, new JsonObject { ["rate"] = rate });

    /// <summary>A person's own data: the dataset says nothing of its labels.</summary>
    private static ResidentDataset Own(Func<ResidentSplit, ResidentSplit>? change = null)
    {
        var dataset = (ResidentDataset)Numbered.Resident(60, 21);
        var train = (ResidentSplit)dataset.Train;
        return new ResidentDataset(dataset.Classes, null, change?.Invoke(train) ?? train, (ResidentSplit)dataset.Test);
    }

    private static IReadOnlyDictionary<string, double> Final(ComponentSpec noise, out RunData data)
    {
        var spec = Specs.Sat(startEpoch: 0, training: Specs.Training(epochs: 1, validation: 16)) with { Noise = noise };
        using var run = Ran.Done(spec, new Components { Dataset = () => Own() });
        data = run.Record.Data!;
        return run.Record.Final!;
    }
}

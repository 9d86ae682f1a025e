using EarlyStopping;
using Sat.Records.Metrics;
using Sat.Records.Runs;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Engine.Tests.Abilities;

[TestClass]
public sealed class EpochSelectionTests
{
    [TestMethod]
    public void The_result_is_the_epoch_that_was_kept_and_training_stops_when_told_to()
    {
        var asked = new List<(int Epoch, string[] Names)>();
        var training = Specs.Training(
            epochs: 6,
            validation: 20,
            schedule: Specs.Component(Records.Components.ComponentKind.Schedule, "constant")
        );
        var spec = Specs.Of(training: training);

        using var run = Ran.Done(spec, new Components { Method = task => new Choosing(task, Decide) });
        // At a constant rate, a shorter run is the beginning of a longer one.
        using var two = Ran.Done(
            spec with
            {
                Training = training with { Epochs = 2 },
            },
            new Components { Method = task => new Observer(task, _ => 1) }
        );

        CollectionAssert.AreEqual(new[] { 0, 1, 2, 3 }, asked.Select(a => a.Epoch).ToArray());
        foreach (var (_, names) in asked)
            CollectionAssert.AreEqual(new[] { MetricNames.NoisyValidationAccuracy }, names, "neither the test set nor true labels");
        Assert.AreEqual(new SelectedEpoch(2, 4), run.Record.Selected);
        CollectionAssert.AreEqual(two.Bytes("test-logits.npy"), run.Bytes("test-logits.npy"));
        CollectionAssert.AreEqual(two.Bytes("confusion.npy"), run.Bytes("confusion.npy"));
        CollectionAssert.AreEqual(File.ReadAllBytes(two.Folder.WeightsFile), File.ReadAllBytes(run.Folder.WeightsFile));
        CollectionAssert.AreEquivalent(two.Record.Final!.ToArray(), run.Record.Final!.ToArray());
        Assert.HasCount(4, run.Metrics);
        Assert.IsEmpty(RunIntegrity.Outcome(run.Folder, run.Record));
        Assert.IsNull(two.Record.Selected);

        EpochDecision Decide(int epoch, IReadOnlyDictionary<string, double> validation)
        {
            asked.Add((epoch, [.. validation.Keys]));
            return epoch switch
            {
                0 or 1 => EpochDecision.Keep,
                2 => EpochDecision.Continue,
                _ => EpochDecision.Stop,
            };
        }
    }

    [TestMethod]
    public void Where_no_epoch_is_kept_the_last_one_is_the_result()
    {
        using var run = Ran.Done(
            Specs.Of(training: Specs.Training(epochs: 3, validation: 20)),
            new Components { Method = task => new Choosing(task, (_, _) => EpochDecision.Continue) }
        );

        Assert.AreEqual(new SelectedEpoch(3, 3), run.Record.Selected);
        CollectionAssert.AreEquivalent(run.Metrics[^1].Values.ToArray(), run.Record.Final!.ToArray());
    }

    /// <summary>Stopped before and after the epoch that is kept, and within the one that is the last.</summary>
    [TestMethod]
    public void Kept_weights_and_what_the_method_waits_for_resume_to_the_bit() =>
        Runs.AssertResumesToTheBit(
            Specs.Of(training: Specs.Training(epochs: 8, batchSize: 20, validation: 20)),
            task => new Patient(task, new PatienceOptions { Patience = 2 }),
            [1, 2, 3, 5]
        );

    [TestMethod]
    public void Without_held_out_samples_the_run_is_refused()
    {
        var error = Runs.Error(Runs.Spec(), Runs.With(task => new Patient(task, new PatienceOptions())));

        Assert.Contains("the method 'erm' chooses its epoch", error);
        Assert.Contains("set training.validation", error);
    }

    [TestMethod]
    public void A_record_of_before_there_was_a_choice_is_read()
    {
        using var run = Ran.Done(Runs.Spec(), Runs.With(task => new Observer(task, _ => 1)));

        Assert.DoesNotContain("selected", File.ReadAllText(run.Folder.RecordFile));
        Assert.IsNull(run.Folder.ReadRecord()!.Selected);
    }

    private sealed class Choosing(TrainingTask task, Func<int, IReadOnlyDictionary<string, double>, EpochDecision> decide)
        : ClassifierMethod(task),
            IEpochSelection
    {
        public EpochDecision Decide(int epoch, IReadOnlyDictionary<string, double> validation) => decide(epoch, validation);

        public override Tensor Loss(Batch batch) => cross_entropy(Model.forward(batch.Images), batch.Labels);
    }
}

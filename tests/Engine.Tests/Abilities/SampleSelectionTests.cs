using Sat.Records.Metrics;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Engine.Tests.Abilities;

[TestClass]
public sealed class SampleSelectionTests
{
    [TestMethod]
    public void A_selection_is_measured_against_the_true_labels()
    {
        var spec = Specs.Of(noise: Specs.Symmetric(0.5, "other-classes"), training: Specs.Training(epochs: 1));

        using var run = Ran.Done(spec, With(task => arange(task.Samples, ScalarType.Int64).lt(20)));

        var given = run.Array("noise.npy").ToInt64();
        var right = given.Select((label, i) => label == Numbered.Label(i)).ToArray();
        Assert.IsTrue(right.Contains(true) && right.Contains(false));
        Assert.AreEqual(right[..20].Count(r => r) / 20.0, run.Values(MetricNames.SelectionPrecision)[0], 1e-12);
        Assert.AreEqual((double)right[..20].Count(r => r) / right.Count(r => r), run.Values(MetricNames.SelectionRecall)[0], 1e-12);
    }

    [TestMethod]
    public void Of_an_empty_selection_there_is_no_precision()
    {
        var spec = Specs.Of(noise: Specs.Symmetric(0.5), training: Specs.Training(epochs: 1));

        using var run = Ran.Done(spec, With(task => zeros(task.Samples, ScalarType.Bool)));

        Assert.IsFalse(run.Metrics[0].Values.ContainsKey(MetricNames.SelectionPrecision));
        Assert.AreEqual(0, run.Values(MetricNames.SelectionRecall)[0]);
    }

    [TestMethod]
    public void Where_nobody_knows_the_true_labels_nothing_is_measured()
    {
        using var run = Ran.Done(
            Specs.Of(noise: Specs.Component(Records.Components.ComponentKind.Noise, "none"), training: Specs.Training(epochs: 1)),
            new Components
            {
                Dataset = () => new Unvouched(Numbered.Resident(60, 20)),
                Method = task => new Selecting(task, ones(task.Samples, ScalarType.Bool).DetachFromDisposeScope()),
            }
        );

        Assert.IsFalse(run.Metrics[0].Values.ContainsKey(MetricNames.SelectionRecall));
    }

    [TestMethod]
    public void A_selection_of_another_shape_fails_the_run()
    {
        var error = Runs.Error(Runs.Spec(), With(_ => ones(3)));

        Assert.Contains("the method 'erm'", error);
        Assert.Contains("type Float32 and shape [3]: it takes bool [60]", error);
    }

    private static Components With(Func<TrainingTask, Tensor> selected) =>
        Runs.With(task => new Selecting(task, selected(task).DetachFromDisposeScope()));

    private sealed class Selecting(TrainingTask task, Tensor selected) : ClassifierMethod(task), ISampleSelection
    {
        public Tensor Selected => selected;

        public override Tensor Loss(Batch batch) => cross_entropy(Model.forward(batch.Images), batch.Labels);
    }

    private sealed class Unvouched(IDataset whole) : IDataset
    {
        public IReadOnlyList<string> Classes => whole.Classes;

        public ImageShape Shape => whole.Shape;

        public Normalization? Normalization => whole.Normalization;

        public ISplit Train => whole.Train;

        public ISplit Test => whole.Test;

        public void Dispose() => whole.Dispose();
    }
}

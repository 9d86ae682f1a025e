namespace Sat.Sweeps.Tests;

/// <summary>Epochs whose weights are kept, and evaluations of them.</summary>
[TestClass]
public sealed class KeptEpochTests
{
    private const string Study = """
        name: kept
        defaults:
          dataset: colours
          model: small
          method: plain
          training: { epochs: 6, keep-epochs: [2, 4..5] }
        """;

    [TestMethod]
    public void Ranges_are_the_numbers_in_them_and_each_kept_epoch_can_be_evaluated()
    {
        var plan = Studying.Plan(Study + "\nevaluate: [{ evaluation: neighbours, epoch: [2, 5] }]");
        CollectionAssert.AreEqual(new[] { 2, 4, 5 }, plan.Runs[0].Request.Spec.Training.KeepEpochs);
        CollectionAssert.AreEqual(new int?[] { 2, 5 }, plan.Runs.Skip(1).Select(r => r.Request.Spec.EvaluateOn!.Epoch).ToArray());
    }

    [TestMethod]
    public void An_epoch_that_is_not_there_is_refused_at_its_line()
    {
        Assert.Contains(
            "study.yaml:6: training.keep-epochs names epoch 5, but the run has 4 epochs. Name epochs from 1 to 4.",
            Studying.Problems(Study.Replace("epochs: 6", "epochs: 4", StringComparison.Ordinal))
        );
        var problems = Studying.Problems(Study + "\nevaluate:\n  - { evaluation: neighbours, epoch: 3 }");
        Assert.Contains(
            "study.yaml:8: an evaluation measures the weights of epoch 3, which the run does not keep: add it to training.keep-epochs (now 2, 4, 5).",
            problems
        );
    }

    [TestMethod]
    public void Epochs_that_grow_are_few_and_begin_with_the_first()
    {
        var training = Studying.Plan(Study, "training.evaluate-growth=1.1", "training.epochs=4000").Runs.Single().Request.Spec.Training;
        var evaluated = Enumerable.Range(0, 4000).Where(training.IsEvaluated).Select(e => e + 1).ToArray();
        CollectionAssert.AreEqual(Enumerable.Range(1, 11).Append(13).ToArray(), evaluated.Take(12).ToArray());
        Assert.AreEqual(4000, evaluated[^1]);
        Assert.HasCount(69, evaluated);
    }

    [TestMethod]
    public void Normalising_is_what_holds_anyway()
    {
        var run = Studying.Plan(Study).Runs.Single();
        Assert.AreEqual(run.Id, Studying.Plan(Study, "dataset.normalize=true").Runs.Single().Id);
    }
}

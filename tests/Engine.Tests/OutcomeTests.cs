using Sat.Records.Runs;
using static TorchSharp.torch;

namespace Sat.Engine.Tests;

[TestClass]
public sealed class OutcomeTests
{
    private static readonly Records.Specs.RunSpec Spec = Specs.Of(training: Specs.Training(epochs: 4));

    [TestMethod]
    public void A_loss_that_is_no_number_ends_the_run_as_diverged_and_keeps_the_epochs_before()
    {
        using var run = Ran.Of(Spec, Observed(batch => batch is { Epoch: 2, Step: 7 } ? double.NaN : 1));

        Assert.AreEqual(RunStatus.Diverged, run.Record.Status);
        Assert.Contains("epoch 3", run.Record.Error!);
        CollectionAssert.AreEqual(new[] { 1, 2 }, run.Metrics.Select(m => m.Epoch).ToArray());
        KeepsWhatWasKnown(run);
    }

    [TestMethod]
    public void An_infinite_loss_is_divergence_too()
    {
        using var run = Ran.Of(Spec, Observed(batch => batch.Epoch == 1 ? double.PositiveInfinity : 1));

        Assert.AreEqual(RunStatus.Diverged, run.Record.Status);
        Assert.HasCount(1, run.Metrics);
    }

    [TestMethod]
    public void A_method_that_throws_fails_its_run_in_one_sentence_and_the_trace_is_for_the_log()
    {
        using var run = Ran.Of(
            Spec,
            Observed(batch => batch.Step == 4 ? throw new InvalidOperationException("the projector has no weights\nat all") : 1)
        );

        Assert.AreEqual(RunStatus.Failed, run.Record.Status);
        Assert.AreEqual(
            "InvalidOperationException in Sat.Engine.Tests: the projector has no weights (log.txt has the details)",
            run.Record.Error
        );
        Assert.Contains("   at Sat.Engine.Tests.OutcomeTests", run.Log);
        Assert.HasCount(1, run.Metrics);
        KeepsWhatWasKnown(run);
    }

    [TestMethod]
    public void What_libtorch_refuses_fails_the_run_in_one_sentence()
    {
        using var run = Ran.Of(Spec, Observed(batch => batch.Images.add(zeros(7, 7)).item<float>()));

        Assert.AreEqual((RunStatus.Failed, Records.ExitCode.RunFailed), (run.Record.Status, run.Record.ExitCode));
        Assert.DoesNotContain("\n", run.Record.Error!);
        Assert.DoesNotContain(".cpp", run.Record.Error!);
        Assert.Contains("   at ", run.Log);
    }

    [TestMethod]
    public void A_loss_that_is_no_scalar_is_told_with_its_shape_and_its_method()
    {
        using var run = Ran.Of(Spec, new Components { Method = task => new PerSample(task) });

        Assert.AreEqual(RunStatus.Failed, run.Record.Status);
        Assert.Contains("PerSample) returned a loss of shape [", run.Record.Error!);
        Assert.Contains("A loss is a scalar", run.Record.Error!);
    }

    [TestMethod]
    public void A_missing_library_is_named_and_is_a_matter_of_the_environment()
    {
        using var run = Ran.Of(
            Spec,
            Observed(_ => throw new FileNotFoundException("Could not load", "Some.Library, Version=1.0.0.0, Culture=neutral"))
        );

        Assert.AreEqual((RunStatus.Failed, Records.ExitCode.Environment), (run.Record.Status, run.Record.ExitCode));
        Assert.AreEqual(
            "the library Some.Library is needed in Sat.Engine.Tests but missing: publish the plugin with its dependencies (log.txt has the details)",
            run.Record.Error
        );
    }

    [TestMethod]
    public void A_run_that_is_asked_to_stop_is_interrupted()
    {
        using var stop = new CancellationTokenSource();
        using var run = Ran.Of(
            Spec,
            Observed(batch =>
            {
                if (batch.Step == 4)
                    stop.Cancel();
                return 1;
            }),
            stop: stop.Token
        );

        Assert.AreEqual(RunStatus.Interrupted, run.Record.Status);
        Assert.HasCount(1, run.Metrics);
        Assert.IsNull(run.Record.Final);
        KeepsWhatWasKnown(run);
    }

    [TestMethod]
    public void A_run_that_ends_well_leaves_its_record_and_its_events()
    {
        using var run = Ran.Done(Spec);

        Assert.AreEqual(Spec.Id(), run.Record.Id);
        Assert.IsNull(run.Record.Error);
        Assert.AreEqual("cpu", run.Record.Environment!.Device);
        Assert.AreEqual(1, run.Record.Environment.Threads);
        Assert.Contains("sha256:", run.Record.Environment.Plugins["sat.supervised"]);
        Assert.AreEqual(60, run.Record.Data!.Train);
        Assert.AreEqual(40, run.Record.Data.Test);
        Assert.IsGreaterThan(0, run.Record.ImagesPerSecond!.Value);
        CollectionAssert.AreEqual(
            new[] { 1, 2, 3, 4 },
            run.Events.Where(e => e.Kind == RunEventKind.Epoch).Select(e => e.Epoch!.Value).ToArray()
        );
        Assert.AreEqual(RunEventKind.Started, run.Events[0].Kind);
        Assert.AreEqual(RunStatus.Done, run.Events[^1].Status);
    }

    private static void KeepsWhatWasKnown(Ran run)
    {
        Assert.AreEqual(RunEventKind.Ended, run.Events[^1].Kind);
        Assert.AreEqual(run.Record.Status, run.Events[^1].Status);
        Assert.IsNotNull(run.Record.Ended);
        Assert.IsNotNull(run.Record.Environment, "where it ran");
        Assert.AreEqual(60, run.Record.Data?.Train, "what its data was");
    }

    private static Components Observed(Func<Sdk.Batch, double> factor) => new() { Method = task => new Observer(task, factor) };

    private sealed class PerSample(Sdk.TrainingTask task) : Sdk.ClassifierMethod(task)
    {
        public override Tensor Loss(Sdk.Batch batch) => Model.forward(batch.Images).logsumexp(1);
    }
}

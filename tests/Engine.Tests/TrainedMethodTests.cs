using System.Runtime.InteropServices;
using System.Text;
using Sat.Records.Arrays;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Tests;

/// <summary>What an evaluation gets of the run that it measures, beyond the backbone.</summary>
[TestClass]
public sealed class TrainedMethodTests
{
    private static readonly RunSpec Trained = Specs.Sat(training: Specs.Training(epochs: 3) with { KeepEpochs = [1, 3] });

    [TestMethod]
    public void An_evaluation_has_the_outputs_that_the_run_left_and_gradients_to_the_pixels()
    {
        using var run = Ran.Done(Trained);
        using var evaluation = Evaluate(run, Trained, context =>
        {
            using var scope = NewDisposeScope();
            var images = Pixels(context);
            Assert.IsFalse(context.Method().Network.training);
            using (NewDisposeScope())
                _ = context.Outputs(images);
            using var file = File.OpenRead(context.Parent!.TestLogitsFile);
            var stored = Npy.Read(file);
            Assert.IsTrue(
                context
                    .Outputs(images)
                    .allclose(
                        tensor(MemoryMarshal.Cast<byte, float>(stored.Bytes).ToArray()).view([.. stored.Shape]),
                        rtol: 1e-4,
                        atol: 1e-5
                    ),
                "the networks are the trained ones, and outlive the scope that they were first asked for in"
            );
            using (enable_grad())
            {
                var leaf = images.clone().requires_grad_();
                context.Outputs(leaf).max().backward();
                return new Dictionary<string, double> { ["gradient"] = leaf.grad!.abs().sum().to(ScalarType.Float64).item<double>() };
            }
        });
        Assert.IsGreaterThan(0, evaluation.Record.Final!["gradient"]);
    }

    [TestMethod]
    public void Weights_of_kept_epochs_are_there_and_can_be_measured()
    {
        using var run = Ran.Done(Trained);
        using var plain = Ran.Done(Trained with { Training = Trained.Training with { KeepEpochs = null, Epochs = 3 } });
        CollectionAssert.AreEqual(run.Bytes("weights.safetensors"), plain.Bytes("weights.safetensors"), "keeping changes nothing");
        CollectionAssert.AreEqual(run.Bytes("weights.safetensors"), run.Bytes("weights-after-epoch-3.safetensors"));
        Assert.IsTrue(run.Record.Outputs.ContainsKey("weights-after-epoch-1.safetensors"), "their checksums are recorded");

        double Accuracy(int? epoch)
        {
            using var evaluation = Evaluate(run, Trained with { EvaluateOn = new EvaluationInputs { Epoch = epoch } }, TestAccuracy);
            Assert.AreEqual(epoch ?? 3, evaluation.Metrics.Single().Epoch);
            return evaluation.Record.Final!["accuracy"];
        }
        Assert.AreEqual(run.Metrics[0].Values["test-accuracy"], Accuracy(1), 1e-9);
        Assert.AreEqual(run.Metrics[2].Values["test-accuracy"], Accuracy(3), 1e-9);
        Assert.AreEqual(run.Metrics[2].Values["test-accuracy"], Accuracy(null), 1e-9);

        using var missing = Of(run, Trained with { EvaluateOn = new EvaluationInputs { Epoch = 2 } }, TestAccuracy, default);
        Assert.Contains("keep-epochs", missing.Record.Error!);
    }

    [TestMethod]
    public void An_evaluation_that_was_stopped_goes_on_from_what_it_saved()
    {
        using var run = Ran.Done(Trained);
        using var stop = new CancellationTokenSource();
        var starts = new List<string>();
        IReadOnlyDictionary<string, double> Count(EvaluationContext context)
        {
            using var state = context.Files!.OpenState();
            var from = state is null ? 0 : int.Parse(new StreamReader(state).ReadToEnd(), null);
            starts.Add($"{from}");
            for (var i = from; i < 4; i++)
            {
                context.Files.SaveState(s => s.Write(Encoding.UTF8.GetBytes($"{i + 1}")));
                if (from == 0 && i == 1)
                    stop.Cancel();
                context.Stop.ThrowIfCancellationRequested();
            }
            context.Files.Write("robust.npy", s => Npy.Write<long>(s, [1, 0], 2));
            return new Dictionary<string, double> { ["done"] = 4 };
        }

        using var evaluation = Of(run, Trained, Count, stop.Token);
        Assert.AreEqual(RunStatus.Interrupted, evaluation.Record.Status);
        var again = evaluation.GoOn(evaluation.Record.Spec, new Components { Evaluation = Count }, Parent(run));
        Assert.AreEqual(RunStatus.Done, again.Record.Status, again.Record.Error);
        CollectionAssert.AreEqual(new[] { "0", "2" }, starts);
        Assert.IsFalse(File.Exists(again.Folder.EvaluationStateFile));
        Assert.IsTrue(again.Record.Outputs.ContainsKey("evaluation-robust.npy"));
    }

    [TestMethod]
    public void A_run_can_train_on_pixels_that_are_not_normalised()
    {
        var dataset = Specs.Shapes();
        dataset.Options["normalize"] = false;
        (double Low, double High, bool Told) seen = default;
        using var run = Ran.Done(
            Specs.Of(dataset: dataset),
            new Components
            {
                Method = task => new Watcher(task, batch =>
                    seen = (batch.min().item<float>(), batch.max().item<float>(), task.Normalization is not null)
                ),
            }
        );
        Assert.IsTrue(seen is { Low: >= 0 and < 0.2, High: <= 1 and > 0.8, Told: false }, $"{seen}");
        Assert.AreNotEqual(Specs.Of().Id(), Specs.Of(dataset: dataset).Id());
        Assert.AreEqual(false, Records.Protocols.Protocol.From(Specs.Of(dataset: dataset), null).Normalize);

        using var normal = Ran.Done(
            Specs.Of(),
            new Components
            {
                Method = task => new Watcher(task, batch => seen = (batch.min().item<float>(), 0, task.Normalization is not null)),
            }
        );
        Assert.IsTrue(seen is { Low: < 0, Told: true }, $"{seen}");
    }

    [TestMethod]
    public void Test_logits_are_those_that_the_method_says_and_other_outputs_stand_beside_them()
    {
        using var own = Ran.Done(Specs.Of(), new Components { Method = task => new Watcher(task, _ => { }, shift: 7) });
        using var plain = Ran.Done(Specs.Of(), new Components { Method = task => new Watcher(task, _ => { }) });
        Tensor Logits(Ran run) => tensor(MemoryMarshal.Cast<byte, float>(run.Array("test-logits.npy").Bytes).ToArray());
        using var scope = NewDisposeScope();
        Assert.IsTrue((Logits(own) - 7).allclose(Logits(plain), rtol: 1e-4, atol: 1e-4));
        Assert.IsFalse(File.Exists(own.Folder.TestOutputsFile), "a method without other outputs has no file of them");

        using var abstaining = Ran.Done(Specs.Of(), new Components { Method = task => new Watcher(task, _ => { }, extra: 1) });
        CollectionAssert.AreEqual(new long[] { 40, 11 }, abstaining.Array("test-outputs.npy").Shape.ToArray());
        CollectionAssert.AreEqual(new long[] { 40, 10 }, abstaining.Array("test-logits.npy").Shape.ToArray());
    }

    private static Dictionary<string, double> TestAccuracy(EvaluationContext context)
    {
        using var scope = NewDisposeScope();
        var right = context.Outputs(Pixels(context)).argmax(1).eq(context.Dataset.Test.Labels!);
        return new() { ["accuracy"] = right.to(ScalarType.Float64).mean().item<double>() };
    }

    private static Tensor Pixels(EvaluationContext context) =>
        ((ResidentSplit)context.Dataset.Test).Images.to(ScalarType.Float32).div_(255);

    private static Dictionary<string, string> Parent(Ran run) => new() { [RunRequest.Parent] = run.Folder.Path };

    private static Ran Of(
        Ran run,
        RunSpec spec,
        Func<EvaluationContext, IReadOnlyDictionary<string, double>> evaluation,
        CancellationToken stop
    ) =>
        Ran.Of(
            spec with
            {
                Evaluation = new ComponentSpec { Id = "watched" },
                EvaluateOn = spec.EvaluateOn ?? new EvaluationInputs(),
                Parent = run.Record.Id,
            },
            new Components { Evaluation = evaluation },
            Parent(run),
            stop: stop
        );

    private static Ran Evaluate(Ran run, RunSpec spec, Func<EvaluationContext, IReadOnlyDictionary<string, double>> evaluation)
    {
        var evaluated = Of(run, spec, evaluation, default);
        Assert.AreEqual(RunStatus.Done, evaluated.Record.Status, $"{evaluated.Record.Error}\n{evaluated.Log}");
        return evaluated;
    }

    private sealed class Watcher(TrainingTask task, Action<Tensor> watch, double shift = 0, int extra = 0) : ClassifierMethod(task, extra)
    {
        public override Tensor Loss(Batch batch)
        {
            watch(batch.Images);
            return nn.functional.cross_entropy(Model.call(batch.Images), batch.Labels);
        }

        public override Tensor Logits(Tensor images) => base.Logits(images) + shift;
    }
}

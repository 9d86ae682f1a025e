using Sat.Methods.Supervised.Tests;
using Sat.Records.Components;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Tests;

/// <summary>A whole training with the published code, made by the engine: its loop, its schedule, and the step that it chooses for the
/// optimizer. Only the batches are the trace's, since other generators draw them.</summary>
[TestClass]
public sealed class TrainerParityTests
{
    [TestMethod]
    public void Losses_and_the_final_network_are_those_of_the_published_code()
    {
        var trace = TrainFixture.Read();
        var losses = new List<float>();
        Traced? method = null;
        var training = Specs.Training(
            epochs: trace.Optimizer.TMax,
            batchSize: trace.Steps[0].Index.Length,
            optimizer: Specs.Component(
                ComponentKind.Optimizer,
                "sgd",
                new()
                {
                    ["lr"] = trace.Optimizer.Lr,
                    ["momentum"] = trace.Optimizer.Momentum,
                    ["weight-decay"] = trace.Optimizer.WeightDecay,
                }
            ),
            schedule: Specs.Component(ComponentKind.Schedule, "cosine")
        );
        using var scope = NewDisposeScope();
        using var run = Ran.Done(
            Specs.Of(
                dataset: Specs.Shapes(train: trace.Labels.Length),
                noise: Specs.Component(ComponentKind.Noise, "none"),
                training: training
            ),
            new Components { Method = task => method = Traced.Create(task, trace, losses) }
        );

        Assert.HasCount(trace.Steps.Length, losses);
        foreach (var (step, loss) in trace.Steps.Zip(losses))
            Assert.AreEqual(step.Loss, loss, 1e-5 * Math.Abs(step.Loss), $"epoch {step.Epoch}");
        CollectionAssert.AreEqual(
            trace.Steps.Select(s => s.Epoch).Distinct().Select(e => trace.Steps.First(s => s.Epoch == e).Lr.ToString("G6", null)).ToArray(),
            run.Values("learning-rate").Select(r => r.ToString("G6", null)).ToArray()
        );
        var (logits, targets) = method!.Ended;
        Close.Assert([.. trace.FinalLogits.SelectMany(r => r)], logits, 1e-4, 1e-5, "final logits");
        Close.Assert([.. trace.FinalTargets.SelectMany(r => r)], targets, 1e-4, 0, "final targets");
    }

    /// <summary>The plugin's SAT on the batches of the trace.</summary>
    private sealed class Traced(TrainingTask task, Method sat, TrainFixture trace, List<float> losses)
        : Method(task, sat.Network),
            IStepEnded
    {
        private readonly Tensor _images = trace.Images.ToTensor().DetachFromDisposeScope();

        public static Traced Create(TrainingTask task, TrainFixture trace, List<float> losses)
        {
            var classes = trace.FinalLogits[0].Length;
            var sat = TestedPlugins.Host.CreateMethod(
                Specs.Component(
                    ComponentKind.Method,
                    "sat",
                    new() { ["alpha"] = trace.Sat.Momentum, ["start-epoch"] = trace.Sat.StartEpoch }
                ),
                Tasks.Of(
                    () => new FixtureNetwork(trace.Init),
                    new ImageShape(3, 8, 8),
                    trace.Labels.Length,
                    tensor(trace.Labels),
                    classes,
                    trace.Optimizer.TMax
                )
            );
            return new Traced(task, sat, trace, losses);
        }

        /// <summary>Logits on all images, and soft targets, after the last step.</summary>
        public (Tensor Logits, Tensor Targets) Ended { get; private set; }

        public override Tensor Loss(Batch batch)
        {
            var step = trace.Steps[batch.Step];
            Assert.AreEqual(step.Epoch, batch.Epoch);
            var indices = tensor(step.Index);
            var loss = sat.Loss(Tasks.Batch([_images.index_select(0, indices)], indices, tensor(trace.Labels), step.Epoch, batch.Step));
            losses.Add(loss.item<float>());
            return loss;
        }

        public void StepEnded(long step)
        {
            if (step < trace.Steps.Length - 1)
                return;
            Network.eval();
            Ended = (
                ((IClassifier)sat).Logits(_images).DetachFromDisposeScope(),
                ((ISoftTargets)sat).SoftTargets.clone().DetachFromDisposeScope()
            );
            Network.train();
        }
    }
}

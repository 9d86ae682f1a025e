using Sat.Engine.Weights;
using Sat.Records.Components;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Tests.Abilities;

/// <summary>Short runs on numbered images, without noise, whose steps can be computed by hand.</summary>
static class Runs
{
    public const double Rate = 0.1;

    /// <summary>Plain gradient descent on 60 images.</summary>
    public static RunSpec Spec(int epochs = 1, int batchSize = 60, int validation = 0) =>
        Specs.Of(
            noise: Specs.Symmetric(0),
            training: Specs.Training(
                epochs,
                batchSize,
                validation: validation,
                optimizer: Specs.Component(
                    ComponentKind.Optimizer,
                    "sgd",
                    new()
                    {
                        ["lr"] = Rate,
                        ["momentum"] = 0,
                        ["weight-decay"] = 0,
                    }
                ),
                schedule: Specs.Component(ComponentKind.Schedule, "constant")
            )
        );

    public static Components With(Func<TrainingTask, Method> method, bool streamed = false) =>
        new() { Dataset = () => streamed ? Numbered.Streaming(60, 20) : Numbered.Resident(60, 20), Method = method };

    /// <summary>The weights that a run left; they belong to the caller's dispose scope.</summary>
    public static Dictionary<string, Tensor> Weights(this Ran run)
    {
        using var file = new TensorFile(run.Folder.WeightsFile);
        return file.Names.ToDictionary(n => n, file.Read);
    }

    /// <summary>The trained parameters of a method as they are now; they belong to the caller's dispose scope.</summary>
    public static Dictionary<string, Tensor> Copy(Method method) =>
        method.Network.named_parameters().ToDictionary(p => p.name, p => p.parameter.detach().clone());

    /// <summary>The number in a scalar.</summary>
    public static double Number(this Tensor scalar) => scalar.detach().to(ScalarType.Float64).item<double>();

    /// <summary>The error of a run that fails.</summary>
    public static string Error(RunSpec spec, IComponentFactory components)
    {
        using var run = Ran.Of(spec, components);
        Assert.AreEqual(RunStatus.Failed, run.Record.Status, run.Log);
        return run.Record.Error!;
    }

    /// <summary>A run that is stopped after any of some steps, and carried on with by a new worker, ends in the bits of one that was
    /// not.</summary>
    public static void AssertResumesToTheBit(
        RunSpec spec,
        Func<TrainingTask, Method> method,
        long[] afterSteps,
        bool streamed = false,
        Func<IReadOnlyList<NamedParameter>, optim.Optimizer>? training = null
    )
    {
        Components Of(Func<ISchedule>? schedule) =>
            new()
            {
                Dataset = () => streamed ? Numbered.Streaming(60, 20) : Numbered.Resident(60, 20),
                Method = method,
                Training = training,
                Schedule = schedule ?? (() => new Watching(_ => { })),
            };

        using var whole = Ran.Done(spec, Of(null));
        foreach (var after in afterSteps)
        {
            using var stop = new CancellationTokenSource();
            using var stopped = Ran.Of(
                spec,
                Of(() =>
                    new Watching(time =>
                    {
                        if (time.Step == after - 1)
                            stop.Cancel();
                    })
                ),
                stop: stop.Token
            );
            Assert.AreEqual(RunStatus.Interrupted, stopped.Record.Status, stopped.Log);

            var resumed = stopped.GoOn(spec, Of(null));

            Assert.AreEqual(RunStatus.Done, resumed.Record.Status, resumed.Log);
            Assert.AreEqual(after, resumed.Record.Resumed.Single().Step);
            CollectionAssert.AreEquivalent(whole.Record.Outputs.ToArray(), resumed.Record.Outputs.ToArray(), $"stopped after {after}");
            Assert.AreEqual(whole.Record.Selected, resumed.Record.Selected);
        }
    }
}

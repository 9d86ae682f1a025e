using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Sat.Engine.Conditions;
using Sat.Records.Components;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sdk;
using Sat.Sdk.Testing;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Engine.Tests;

/// <summary>
/// A training step asks a card for work and never for a number: it would have to wait for all the work before. Here the CPU is the device,
/// so the operators are looked at that wait on a card; what is none is in <see cref="HostReadTests"/>.
/// </summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class DeviceWaitTests
{
    // Each gives the host a number, or a tensor of a size that only the device knows.
    private static readonly string[] Reading =
    [
        "item",
        "_local_scalar_dense",
        "is_nonzero",
        "equal",
        "allclose",
        "nonzero",
        "nonzero_numpy",
        "argwhere",
        "masked_select",
        "_unique",
        "_unique2",
        "unique_dim",
        "unique_consecutive",
        "bincount",
        "repeat_interleave",
    ];

    // Moves from one device to another, asked for also where both are the CPU; libtorch itself uses them to change types.
    private static readonly string[] Moving = ["to.dtype_layout", "to.device"];

    // The CPU's kernels read the number of the step; those of cards, which get it as a tensor for that, do so there
    // (ATen/native/cuda/fused_adam_utils.cuh).
    private static readonly string[] OnTheCpuAlone = ["_fused_adam_", "_fused_adamw_"];

    // Where methods have these options, their steps are small, and adapt from the first one on.
    private static readonly JsonObject Small = new()
    {
        ["start-epoch"] = 0,
        ["projector-hidden"] = 16,
        ["projection-dimension"] = 8,
        ["predictor-hidden"] = 16,
    };

    public static IEnumerable<string> Methods => TestedPlugins.Host.Catalog.Ids(ComponentKind.Method);

    public static IEnumerable<object[]> Optimizers =>
        from optimizer in TestedPlugins.Host.Catalog.Ids(ComponentKind.Optimizer)
        from step in new[] { "fused", "torchsharp" }
        from precision in new[] { "fp32", "bf16", "fp16" }
        select new object[] { optimizer, step, precision };

    public static IEnumerable<string> Augmentations => TestedPlugins.Host.Catalog.Ids(ComponentKind.Augmentation);

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void No_step_of_a_method_waits_for_the_device(string method) => AssertNoWaits(WatchedSteps.Run(Spec(method)));

    [TestMethod]
    [DynamicData(nameof(Optimizers))]
    public void No_step_of_an_optimizer_waits_for_the_device(string optimizer, string step, string precision)
    {
        using var variable = new Variable("SAT_OPTIMIZER_STEP", step);
        var spec = Spec("erm");
        AssertNoWaits(
            WatchedSteps.Run(
                spec with
                {
                    Precision = precision,
                    Training = spec.Training with { Optimizer = Specs.Component(ComponentKind.Optimizer, optimizer) },
                }
            )
        );
    }

    [TestMethod]
    [DynamicData(nameof(Augmentations))]
    public void No_augmentation_waits_for_the_device(string augmentation)
    {
        var spec = Spec("erm");
        AssertNoWaits(
            WatchedSteps.Run(
                spec with
                {
                    Training = spec.Training with { Augmentation = Specs.Component(ComponentKind.Augmentation, augmentation) },
                }
            )
        );
    }

    [TestMethod]
    [DataRow("0")]
    [DataRow("1")]
    public void No_step_on_a_streamed_dataset_waits_for_the_device(string readAhead)
    {
        using var variable = new Variable(ReadAhead.Variable, readAhead);
        AssertNoWaits(WatchedSteps.Run(Spec("sat"), dataset: () => Numbered.Streaming(60, 20)));
    }

    [TestMethod]
    [DataRow(1, 0)]
    [DataRow(1000, 8)]
    public void The_loop_reads_the_loss_when_it_tells_of_its_progress_once_a_second(int milliseconds, int times)
    {
        using var run = Ran.Done(Spec("erm"), time: new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromMilliseconds(milliseconds) });

        Assert.HasCount(times, run.Events.Where(e => e.Kind == RunEventKind.Progress));
    }

    [TestMethod]
    [DataRow("read", "item")]
    [DataRow("branch", "is_nonzero")]
    [DataRow("choose", "nonzero")]
    [DataRow("select", "masked_select")]
    [DataRow("move", "to")]
    public void A_method_that_waits_is_seen(string how, string by)
    {
        var steps = WatchedSteps.Run(Spec("erm"), task => new Waiting(task, how));

        foreach (var step in steps)
            Assert.Contains(by, Waits(step));
    }

    private static RunSpec Spec(string method)
    {
        var schema = TestedPlugins.Host.Catalog.Find(ComponentKind.Method, method)!.Schema;
        var options = new JsonObject(
            Small.Where(s => schema.Options.Any(o => o.Name == s.Key)).Select(s => KeyValuePair.Create(s.Key, s.Value?.DeepClone()))
        );
        // Methods that craft images want pixels.
        var dataset = schema.Options.Any(o => o.Name == "radius") ? Specs.Pixels() : Specs.Shapes();
        return Specs.Of(method, options, dataset, training: Specs.Training(epochs: 2, batchSize: 15, augmentation: "crop-flip"));
    }

    private static void AssertNoWaits(IReadOnlyList<IReadOnlyList<Operator>> steps)
    {
        foreach (var step in steps)
            Assert.IsEmpty(Waits(step), string.Join(" ", step));
    }

    private static IReadOnlyList<string> Waits(IReadOnlyList<Operator> step) =>
        [
            .. step.Where(o =>
                    (Reading.Contains(o.Name) && !OnTheCpuAlone.Contains(o.PartOf)) || (o.PartOf is null && Moving.Contains(o.ToString()))
                )
                .Select(o => o.Name),
        ];

    private sealed class Waiting(TrainingTask task, string how) : ClassifierMethod(task)
    {
        public override Tensor Loss(Batch batch)
        {
            var losses = cross_entropy(Model.call(batch.Images), batch.Labels, reduction: nn.Reduction.None);
            var large = losses.gt(0);
            return how switch
            {
                "read" => losses.mean() * (losses.detach().mean().ToDouble() > 0 ? 1 : 2),
                "branch" => losses.mean() * (large.any().is_nonzero() ? 1 : 2),
                "choose" => losses[large].mean(),
                "select" => losses.masked_select(large).mean(),
                _ => losses.cpu().mean(),
            };
        }
    }
}

using Sat.Engine.Conditions;
using Sat.Records;
using Sat.Records.Metrics;
using Sat.Records.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace Sat.Engine.Tests;

[TestClass]
public sealed class PrecisionTests
{
    [TestMethod]
    [DataRow("bf16", 0.02, 0.1)]
    [DataRow("fp16", 0.004, 0.06)]
    public void A_network_in_a_lower_precision_gives_float32_near_that_of_fp32_and_float32_gradients(
        string name,
        double bound,
        double boundOfGradients
    )
    {
        using var scope = NewDisposeScope();
        var images = randn(8, 3, 12, 12);
        (Tensor Output, Tensor[] Gradients) Results(string precision)
        {
            manual_seed(7);
            using var network = nn.Sequential(
                nn.Conv2d(3, 16, 3, padding: 1, bias: false),
                nn.BatchNorm2d(16),
                nn.ReLU(),
                nn.Conv2d(16, 8, 3, stride: 2),
                nn.Flatten(),
                nn.Linear(200, 5)
            );
            Precision.Parse(precision).Apply(network, CPU);
            var output = network.call(images);
            // Scaled, as training in half precision is: else small gradients vanish.
            (1024 * output.square().mean()).backward();
            return (output.DetachFromDisposeScope(), [.. network.parameters().Select(p => p.grad!.clone())]);
        }
        var (full, lower) = (Results("fp32"), Results(name));

        Assert.AreEqual(ScalarType.Float32, lower.Output.dtype);
        Assert.IsFalse(full.Output.equal(lower.Output).all().item<bool>(), "something was rounded");
        Assert.IsLessThan(bound, Distance(full.Output, lower.Output));
        foreach (var (expected, actual) in full.Gradients.Zip(lower.Gradients))
        {
            Assert.AreEqual(ScalarType.Float32, actual.dtype);
            Assert.IsLessThan(boundOfGradients, Distance(expected, actual));
        }
    }

    [TestMethod]
    [DataRow("bf16")]
    [DataRow("fp16")]
    public void A_run_in_a_lower_precision_learns_as_one_in_fp32_does_with_weights_and_soft_targets_in_float32(string precision)
    {
        var spec = Specs.Sat(startEpoch: 2, training: Specs.Training(epochs: 6, batchSize: 20), width: 8) with
        {
            Dataset = Specs.Shapes(train: 200, test: 100),
        };
        using var full = Ran.Done(spec);
        using var lower = Ran.Done(spec with { Precision = precision });

        Assert.AreNotEqual(full.Record.Id, lower.Record.Id);
        Assert.AreEqual("<f4", lower.Array("soft-targets.npy").Type);
        foreach (var (expected, actual) in full.Values(MetricNames.Loss).Zip(lower.Values(MetricNames.Loss)))
            Assert.IsLessThan(
                0.05 * expected,
                Math.Abs(expected - actual),
                $"losses {string.Join(" ", full.Values(MetricNames.Loss))} and {string.Join(" ", lower.Values(MetricNames.Loss))}"
            );
    }

    [TestMethod]
    public void Every_precision_has_a_device_that_it_refuses_or_none()
    {
        Precision Of(string name) => Precision.Parse(name);
        var (turing, ampere) = (new GraphicsCard("T4", "550.1", new Version(7, 5)), new GraphicsCard("A100", "550.1", new Version(8, 0)));

        foreach (var name in new[] { "fp32", "bf16", "fp16" })
            Assert.IsNull(Of(name).Refusal(DeviceType.CPU, null), name);
        foreach (var name in new[] { "fp32", "tf32", "bf16", "fp16" })
        {
            Assert.IsNull(Of(name).Refusal(DeviceType.CUDA, ampere), name);
            Assert.IsNull(Of(name).Refusal(DeviceType.CUDA, null), name);
        }
        Assert.IsNull(Of("fp16").Refusal(DeviceType.CUDA, turing));
        Assert.AreEqual(
            "precision tf32 exists only on graphics cards, and this run is on the CPU: choose fp32",
            Of("tf32").Refusal(DeviceType.CPU, null)
        );
        Assert.AreEqual(
            "precision bf16 needs a card of compute capability 8.0 (Ampere) or newer, and T4 has 7.5: choose fp16 or fp32",
            Of("bf16").Refusal(DeviceType.CUDA, turing)
        );
        Assert.AreEqual(
            "precision tf32 needs a card of compute capability 8.0 (Ampere) or newer, and T4 has 7.5: choose fp32",
            Of("tf32").Refusal(DeviceType.CUDA, turing)
        );
    }

    [TestMethod]
    public void A_run_that_the_device_cannot_make_fails_with_a_sentence()
    {
        using var run = Ran.Of(Specs.Of() with { Precision = "tf32" });

        Assert.AreEqual((RunStatus.Failed, (int?)ExitCode.Environment), (run.Record.Status, run.Record.ExitCode));
        StringAssert.Contains(run.Record.Error, "choose fp32");
    }

    private static float Distance(Tensor expected, Tensor actual) => ((expected - actual).norm() / expected.norm()).item<float>();
}

namespace Sat.Engine.Tests;

[TestClass]
public sealed class MemoryTests
{
    [TestMethod]
    [DataRow("fp32")]
    [DataRow("bf16")]
    [DataRow("fp16")]
    public void Live_tensors_and_resident_memory_do_not_grow_with_epochs(string precision)
    {
        // Tensors that other tests left to the garbage collector must not go while this one counts.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var training = Specs.Training(epochs: 10, batchSize: 32, validation: 30, augmentation: "crop-flip");

        using var run = Ran.Done(
            Specs.Sat(training: training, width: 4) with
            {
                Dataset = Specs.Shapes(train: 200, test: 100),
                Precision = precision,
            }
        );

        var (second, last) = (run.Telemetry[1], run.Telemetry[^1]);
        Assert.AreEqual(10, last.Epoch);
        // What an earlier test left may go meanwhile.
        Assert.IsLessThanOrEqualTo(
            second.LiveTensors,
            last.LiveTensors,
            "live tensors: " + string.Join(" ", run.Telemetry.Select(t => t.LiveTensors))
        );
        var bound = Math.Max(second.MemoryBytes / 50, 16 << 20);
        Assert.IsLessThanOrEqualTo(
            bound,
            last.MemoryBytes - second.MemoryBytes,
            "resident MiB: " + string.Join(" ", run.Telemetry.Select(t => t.MemoryBytes >> 20))
        );
    }
}

using Sat.Engine.Data;
using static TorchSharp.torch;

namespace Sat.Engine.Tests;

/// <summary>Batches that are read on another thread while the one before is trained on.</summary>
[TestClass]
public sealed class BatchReaderTests
{
    private static readonly long[] Order = [4, 2, 0, 6, 1, 3, 5];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Every_batch_comes_in_its_order_and_none_is_read_twice(bool ahead)
    {
        var reads = new List<long[]>();
        using var scope = NewDisposeScope();
        using var reader = new BatchReader((_, positions) => Noting(reads)(positions), Order, 3, CPU, ahead);

        var batches = Enumerable.Range(0, 3).Select(b => Numbers(reader.Read(b))).ToArray();

        CollectionAssert.AreEqual(Order, batches.SelectMany(b => b).ToArray());
        CollectionAssert.AreEqual(new[] { 3, 3, 1 }, reads.Select(r => r.Length).ToArray());
    }

    [TestMethod]
    public void The_next_batch_is_read_while_the_present_one_is_in_use_and_no_other()
    {
        using var begun = new SemaphoreSlim(0);
        using var goOn = new SemaphoreSlim(0);
        var (thread, reads) = (Environment.CurrentManagedThreadId, new List<long[]>());
        using var scope = NewDisposeScope();
        using var reader = new BatchReader(
            (_, positions) =>
            {
                var images = Noting(reads)(positions);
                if (Environment.CurrentManagedThreadId != thread)
                {
                    begun.Release();
                    goOn.Wait(TestContext.CancellationToken);
                }
                return images;
            },
            Order,
            3,
            CPU,
            ahead: true
        );

        reader.Read(0);
        begun.Wait(TestContext.CancellationToken);
        Assert.HasCount(2, reads, "the second batch is under way, and nobody waits for it");
        goOn.Release();
        reader.Read(1);
        begun.Wait(TestContext.CancellationToken);
        Assert.HasCount(3, reads);
        goOn.Release();
        CollectionAssert.AreEqual(new long[] { 5 }, Numbers(reader.Read(2)));
    }

    [TestMethod]
    public void Whoever_lets_go_of_it_waits_for_the_batch_that_is_being_read_and_leaves_nothing_behind()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var begun = new SemaphoreSlim(0);
        using var goOn = new SemaphoreSlim(0);
        var (thread, over) = (Environment.CurrentManagedThreadId, false);
        var before = Tensor.TotalCount;
        var reader = new BatchReader(
            (_, positions) =>
            {
                if (Environment.CurrentManagedThreadId != thread)
                {
                    begun.Release();
                    goOn.Wait(TestContext.CancellationToken);
                }
                // A dataset may leave tensors to the garbage collector: on whatever thread, they go with the batch.
                var images = Images(positions).alias();
                over = Environment.CurrentManagedThreadId != thread;
                return images;
            },
            Order,
            3,
            CPU,
            ahead: true
        );

        reader.Read(0).Dispose();
        begun.Wait(TestContext.CancellationToken);
        var letGo = Task.Run(reader.Dispose, TestContext.CancellationToken);
        goOn.Release();
        letGo.GetAwaiter().GetResult();

        Assert.IsTrue(over);
        Assert.AreEqual(before, Tensor.TotalCount);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void An_error_is_told_to_the_step_that_needs_the_batch_and_to_nobody_else(bool ahead)
    {
        var error = new InvalidDataException("file 1 is damaged");
        Tensor Read(long[] positions) => positions.Contains(1) ? throw error : Images(positions);
        using var scope = NewDisposeScope();
        using var reader = new BatchReader((_, positions) => Read(positions), Order, 3, CPU, ahead);
        using var other = new BatchReader((_, positions) => Read(positions), Order, 3, CPU, ahead);

        CollectionAssert.AreEqual(new long[] { 4, 2, 0 }, Numbers(reader.Read(0)));
        Assert.AreSame(error, Assert.ThrowsExactly<InvalidDataException>(() => reader.Read(1)));

        other.Read(0);
        other.Dispose();
    }

    private static Func<long[], Tensor> Noting(List<long[]> reads) =>
        positions =>
        {
            reads.Add(positions);
            return Images(positions);
        };

    private static Tensor Images(long[] positions) => tensor(positions.Select(p => (byte)p).ToArray()).view(-1, 1, 1, 1);

    private static long[] Numbers(Tensor images) => [.. images.data<byte>().ToArray().Select(b => (long)b)];
}

using Sat.Engine.Conditions;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sdk;
using TorchSharp;

namespace Sat.Engine.Tests;

/// <summary>Runs on streamed datasets, which read a batch ahead unless told not to.</summary>
[TestClass]
public sealed class ReadAheadTests
{
    private static readonly string[] Outputs = ["weights.safetensors", "metrics.jsonl", "soft-targets.npy", "test-logits.npy"];

    private static readonly RunSpec Spec = Specs.Sat(
        training: Specs.Training(samples: 55, validation: 10, batchSize: 10, augmentation: "crop-flip")
    );

    [TestMethod]
    public void A_run_that_reads_ahead_ends_with_the_bytes_of_one_that_does_not()
    {
        var threads = new HashSet<int>();
        using var on = new Variable(ReadAhead.Variable, "1");
        using var ahead = Made(reading: _ => threads.Add(Environment.CurrentManagedThreadId));
        Assert.IsTrue(threads.Any(t => t != Environment.CurrentManagedThreadId), "it was read on another thread");

        threads.Clear();
        using var off = new Variable(ReadAhead.Variable, "0");
        using var plain = Made(reading: _ => threads.Add(Environment.CurrentManagedThreadId));
        CollectionAssert.AreEqual(new[] { Environment.CurrentManagedThreadId }, threads.ToArray());

        AssertSame(plain, ahead);
    }

    [TestMethod]
    [DataRow("1")]
    [DataRow("0")]
    public void A_run_that_is_stopped_in_mid_epoch_goes_on_and_ends_with_the_same_bytes(string readAhead)
    {
        using var variable = new Variable(ReadAhead.Variable, readAhead);
        using var whole = Made();
        using var stop = new CancellationTokenSource();
        using var stopped = Ran.Of(
            Spec,
            new Components { Dataset = () => Numbered.Streaming(60, 20), Schedule = () => new Watching(Stop) },
            stop: stop.Token
        );
        Assert.AreEqual((RunStatus.Interrupted, 1), (stopped.Record.Status, stopped.Metrics.Count));

        var gone = stopped.GoOn(
            Spec,
            new Components { Dataset = () => Numbered.Streaming(60, 20), Schedule = () => new Watching(_ => { }) }
        );

        Assert.AreEqual(RunStatus.Done, gone.Record.Status, gone.Log);
        AssertSame(whole, gone);

        // While the second epoch's third batch is made, which is when the fourth is not yet read.
        void Stop(TrainingTime time)
        {
            if (time.Step == 7)
                stop.Cancel();
        }
    }

    [TestMethod]
    public void No_split_is_read_by_two_threads_at_a_time_and_none_when_a_run_is_over()
    {
        using var on = new Variable(ReadAhead.Variable, "1");
        var (reading, most) = (0, 0);
        void Count(long[] positions)
        {
            most = Math.Max(most, Interlocked.Increment(ref reading));
            // Long enough for another to begin, were there one.
            Thread.Yield();
            Interlocked.Decrement(ref reading);
        }

        using var run = Made(reading: Count);

        Assert.AreEqual((0, 1), (reading, most));
    }

    [TestMethod]
    public void An_image_that_cannot_be_read_fails_the_run_at_the_step_that_needs_it_with_the_same_sentence()
    {
        (string? Error, int Steps) Outcome()
        {
            var steps = 0;
            using var run = Ran.Of(
                Spec,
                new Components { Dataset = () => Numbered.Streaming(60, 20, Read), Schedule = () => new Watching(_ => steps++) }
            );
            Assert.AreEqual(RunStatus.Failed, run.Record.Status);
            return (run.Record.Error, steps);
        }

        static void Read(long[] positions)
        {
            if (positions.Contains(33))
                throw new InvalidDataException("image 33 is cut off");
        }

        using var on = new Variable(ReadAhead.Variable, "1");
        var ahead = Outcome();
        using var off = new Variable(ReadAhead.Variable, "0");

        Assert.AreEqual(Outcome(), ahead);
        Assert.Contains("image 33 is cut off", ahead.Error!);
    }

    [TestMethod]
    public void Live_tensors_do_not_grow_with_epochs()
    {
        using var on = new Variable(ReadAhead.Variable, "1");
        GC.Collect();
        GC.WaitForPendingFinalizers();

        using var run = Made(Spec with { Training = Spec.Training with { Epochs = 6 } });

        var counts = run.Telemetry.Select(t => t.LiveTensors).ToArray();
        CollectionAssert.AreEqual(Enumerable.Repeat(counts[1], 5).ToArray(), counts[1..], string.Join(" ", counts));
    }

    [TestMethod]
    [DataRow(null, DeviceType.CUDA, 4, null, 8, true)]
    [DataRow(null, DeviceType.CPU, 6, null, 2, true)]
    [DataRow(null, DeviceType.CPU, 8, null, 8, false, DisplayName = "training leaves none: between steps, on all")]
    [DataRow(null, DeviceType.CPU, 8, 3, 3, true, DisplayName = "asked for: beside training")]
    [DataRow("0", DeviceType.CPU, 6, 3, 3, false)]
    [DataRow("0", DeviceType.CUDA, 4, null, 8, false)]
    [DataRow("1", DeviceType.CPU, 8, null, 1, true)]
    public void Images_are_read_by_what_training_leaves_of_eight_processors(
        string? variable,
        DeviceType device,
        int training,
        int? asked,
        int threads,
        bool ahead
    )
    {
        using var set = new Variable(ReadAhead.Variable, variable);
        Assert.AreEqual(new Loading(threads, ahead), Loading.Choose(asked, device, training, processors: 8));
    }

    private static Ran Made(RunSpec? spec = null, Action<long[]>? reading = null) =>
        Ran.Done(
            spec ?? Spec,
            new Components { Dataset = () => Numbered.Streaming(60, 20, reading), Schedule = () => new Watching(_ => { }) }
        );

    private static void AssertSame(Ran expected, Ran actual)
    {
        foreach (var file in Outputs)
            CollectionAssert.AreEqual(expected.Bytes(file), actual.Bytes(file), file);
    }
}

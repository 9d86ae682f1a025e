using Sat.Records.Metrics;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sdk;

namespace Sat.Engine.Tests;

/// <summary>The last, smaller batch of an epoch: kept with a warning, or left out.</summary>
[TestClass]
public sealed class LastBatchTests
{
    private static TrainingSpec Training(int samples, int batchSize, bool drop, int epochs = 2) =>
        Specs.Training(epochs: epochs, samples: samples, batchSize: batchSize) with
        {
            DropLast = drop,
        };

    [TestMethod]
    public void Left_out_every_batch_is_whole_and_other_samples_are_missing_in_each_epoch()
    {
        var seen = new List<(int Epoch, long Step, long[] Indices)>();
        var times = new List<TrainingTime>();
        using var run = Ran.Done(
            Specs.Of(training: Training(50, 20, drop: true)),
            new Components
            {
                Dataset = () => Numbered.Resident(60, 20),
                Method = task => new Observer(task, b =>
                {
                    seen.Add((b.Epoch, b.Step, b.Indices.data<long>().ToArray()));
                    return 1;
                }),
                Schedule = () => new Watching(times.Add),
            }
        );

        CollectionAssert.AreEqual(
            new[] { (0, 0L, 20), (0, 1L, 20), (1, 2L, 20), (1, 3L, 20) },
            seen.Select(s => (s.Epoch, s.Step, s.Indices.Length)).ToArray()
        );
        var epochs = seen.GroupBy(s => s.Epoch).Select(e => e.SelectMany(s => s.Indices).Order().ToArray()).ToArray();
        Assert.IsTrue(epochs.All(e => e.Distinct().Count() == 40));
        CollectionAssert.AreNotEqual(epochs[0], epochs[1]);
        using var even = Ran.Done(Specs.Of(training: Training(50, 20, drop: true)), new Components { Method = task => new Even(task) });
        CollectionAssert.AreEqual(
            new[] { 1.0, 1.0 },
            even.Values(MetricNames.Loss),
            "the mean is over the samples that an epoch trains on"
        );
        Assert.IsTrue(times.All(t => t.StepsPerEpoch == 2), "schedules count the steps that there are");
        Assert.AreEqual(4L, run.Events.Where(e => e.Steps is not null).Select(e => e.Steps!.Value).DefaultIfEmpty(4).Max());
    }

    [TestMethod]
    public void The_only_batch_is_never_left_out()
    {
        var sizes = new List<long>();
        using var run = Ran.Done(
            Specs.Of(training: Training(15, 20, drop: true)),
            new Components { Dataset = () => Numbered.Resident(60, 20), Method = task => new Observer(task, Count) }
        );
        CollectionAssert.AreEqual(new[] { 15L, 15L }, sizes);

        double Count(Batch batch)
        {
            sizes.Add(batch.Indices.shape[0]);
            return 1;
        }
    }

    [TestMethod]
    [DataRow("1")]
    [DataRow("0")]
    public void A_run_that_is_stopped_in_mid_epoch_goes_on_to_the_same_bytes_and_reads_no_batch_that_is_left_out(string readAhead)
    {
        using var variable = new Variable(Conditions.ReadAhead.Variable, readAhead);
        var spec = Specs.Sat(training: Training(55, 10, drop: true, epochs: 3));
        var read = new List<int>();
        using var whole = Ran.Done(
            spec,
            new Components { Dataset = () => Numbered.Streaming(60, 20, Count), Schedule = () => new Watching(_ => { }) }
        );
        Assert.DoesNotContain(5, read, "of 55 samples in batches of 10 five are left");

        using var stop = new CancellationTokenSource();
        using var stopped = Ran.Of(
            spec,
            new Components
            {
                Dataset = () => Numbered.Streaming(60, 20),
                Schedule = () =>
                    new Watching(time =>
                    {
                        if (time.Step == 7)
                            stop.Cancel();
                    }),
            },
            stop: stop.Token
        );
        Assert.AreEqual((RunStatus.Interrupted, 1), (stopped.Record.Status, stopped.Metrics.Count));
        var gone = stopped.GoOn(
            spec,
            new Components { Dataset = () => Numbered.Streaming(60, 20), Schedule = () => new Watching(_ => { }) }
        );
        Assert.AreEqual(RunStatus.Done, gone.Record.Status, gone.Log);
        foreach (var name in new[] { "metrics.jsonl", "weights.safetensors", "soft-targets.npy" })
            CollectionAssert.AreEqual(
                File.ReadAllBytes(Path.Combine(whole.Folder.Path, name)),
                File.ReadAllBytes(Path.Combine(gone.Folder.Path, name)),
                name
            );

        void Count(long[] positions)
        {
            lock (read)
                read.Add(positions.Length);
        }
    }

    [TestMethod]
    public void A_worker_warns_of_a_small_last_batch_where_networks_normalise_by_batch()
    {
        const string warning = "52 training samples in batches of 25 leave a last batch of 2, and the networks normalise by batch";
        using (var kept = Ran.Done(Specs.Of(training: Training(52, 25, drop: false))))
        {
            Assert.StartsWith(warning, kept.Record.Warnings.Single());
            StringAssert.Contains(kept.Log, "warning: " + warning);
            Assert.StartsWith(warning, kept.Events.Single(e => e.Kind == RunEventKind.Warning).Warning!, "whoever watches is told at once");
        }
        using (var dropped = Ran.Done(Specs.Of(training: Training(52, 25, drop: true))))
            Assert.IsEmpty(dropped.Record.Warnings);
        using (var enough = Ran.Done(Specs.Of(training: Training(55, 25, drop: false))))
            Assert.IsEmpty(enough.Record.Warnings);
        using (var oversized = Ran.Done(Specs.Of(training: Training(24, 25, drop: false))))
            Assert.StartsWith("24 training samples are less than a batch of 25", oversized.Record.Warnings.Single());
        using var without = Ran.Done(Specs.Of(training: Training(52, 25, drop: false)), new Components { Method = task => new Even(task) });
        Assert.IsEmpty(without.Record.Warnings, "this one's network has no batch normalisation");
    }

    [TestMethod]
    public void A_worker_refuses_a_last_batch_of_one_where_vectors_are_normalised_before_it_trains()
    {
        using var refused = Ran.Of(
            Specs.Of(training: Training(51, 25, drop: false)),
            new Components { Method = task => new Projected(task) }
        );
        Assert.AreEqual((RunStatus.Failed, (int?)Records.ExitCode.Planning), (refused.Record.Status, refused.Record.ExitCode));
        StringAssert.Contains(refused.Record.Error, "leave a last batch of 1");
        StringAssert.Contains(refused.Record.Error, "training.drop-last: true");
        Assert.IsEmpty(refused.Metrics);
        using var dropped = Ran.Done(
            Specs.Of(training: Training(51, 25, drop: true)),
            new Components { Method = task => new Projected(task) }
        );
    }

    [TestMethod]
    public void A_start_that_a_narrow_model_puts_after_the_last_epoch_is_warned_of()
    {
        var spec = Specs.Of(
            "sat",
            new() { ["start-epoch"] = 1, ["adjust-for-width"] = true },
            training: Specs.Training(epochs: 3),
            width: 2
        );
        using (var late = Ran.Done(spec))
        {
            Assert.AreEqual(32, late.Record.Derived!["effective-start-epoch"]!.GetValue<double>());
            Assert.AreEqual(
                "self-adaptive training would start at epoch 32 of 3 for a model of this width: it never did, and every epoch trained on the given labels.",
                late.Record.Warnings.Single()
            );
        }
        using var soon = Ran.Done(Specs.Sat(startEpoch: 2));
        Assert.IsEmpty(soon.Record.Warnings);
    }
}

using Sat.Records.Runs;
using Sat.Sdk;

namespace Sat.Engine.Tests;

/// <summary>Sinks of strangers see what a run measures, and decide nothing of it.</summary>
[TestClass]
public sealed class PluginSinkTests
{
    [TestMethod]
    public void A_sink_is_told_of_each_epoch_that_the_metrics_file_has_and_of_the_end()
    {
        var sink = new Witness();
        SinkContext? context = null;
        using var run = Ran.Of(
            Specs.Of(training: Specs.Training(epochs: 3)),
            new Components
            {
                Sink = c =>
                {
                    context = c;
                    return sink;
                },
            },
            sinks: ["witness"]
        );
        Assert.AreEqual(RunStatus.Done, run.Record.Status, run.Log);
        CollectionAssert.AreEqual(run.Metrics.Select(m => m.Epoch).ToArray(), sink.Epochs.Select(e => e.Metrics!.Epoch).ToArray());
        Assert.AreEqual(run.Metrics[^1].Values["loss"], sink.Epochs[^1].Metrics!.Values["loss"]);
        Assert.AreEqual(1, sink.Disposed);
        Assert.AreEqual((run.Record.Id, run.Folder.Path, 0), (context!.Id, context.Folder, context.EpochsDone));
        Assert.IsEmpty(run.Record.Warnings);
    }

    [TestMethod]
    [DataRow(Moment.Made)]
    [DataRow(Moment.EpochEnded)]
    [DataRow(Moment.Disposed)]
    public void A_sink_that_throws_is_a_warning_and_the_run_ends_with_the_same_bytes(Moment moment)
    {
        using var without = Ran.Done(Specs.Of());
        var well = new Witness();
        var made = 0;
        using var run = Ran.Of(
            Specs.Of(),
            new Components { Sink = _ => made++ == 0 ? Witness.Throwing(moment) : well },
            sinks: ["faulty", "well"]
        );
        Assert.AreEqual(RunStatus.Done, run.Record.Status, run.Log);
        Assert.AreEqual("the sink 'faulty' failed, and the run goes on without it: no room", run.Record.Warnings.Single());
        Assert.HasCount(run.Metrics.Count, well.Epochs, "the other one is told of all");
        foreach (var name in new[] { "metrics.jsonl", "weights.safetensors" })
            CollectionAssert.AreEqual(without.Bytes(name), run.Bytes(name), name);
        Assert.AreEqual(without.Record.Id, run.Record.Id);
    }

    public enum Moment
    {
        Made,
        EpochEnded,
        Disposed,
    }

    private sealed class Witness : IRunSink
    {
        private Moment? _throws;

        public List<EpochReport> Epochs { get; } = [];

        public int Disposed { get; private set; }

        public static Witness Throwing(Moment moment) =>
            moment == Moment.Made ? throw new IOException("no room") : new Witness { _throws = moment };

        public void EpochEnded(EpochReport epoch)
        {
            if (_throws == Moment.EpochEnded)
                throw new IOException("no room");
            Epochs.Add(epoch);
        }

        public void Dispose()
        {
            Disposed++;
            if (_throws == Moment.Disposed)
                throw new IOException("no room");
        }
    }
}

using Tensorboard;

namespace Sat.Engine.Tests;

/// <summary>The event file of a run, read by the protocol's own classes.</summary>
[TestClass]
public sealed class TensorBoardTests
{
    [TestMethod]
    public void A_runs_metrics_are_read_back_by_the_real_protocol()
    {
        using var run = Ran.Done(Specs.Of(training: Specs.Training(epochs: 3)));

        var events = Records(run.Bytes(Path.GetFileName(run.Folder.TensorBoardFile))).Select(Event.Parser.ParseFrom).ToArray();

        Assert.AreEqual("brain.Event:2", events[0].FileVersion);
        Assert.HasCount(4, events);
        foreach (var (row, entry) in run.Metrics.Zip(events.Skip(1)))
        {
            Assert.AreEqual(row.Epoch, entry.Step);
            CollectionAssert.AreEqual(
                row.Values.Select(v => (v.Key, (float)v.Value)).ToArray(),
                entry.Summary.Value.Select(v => (v.Tag, v.SimpleValue)).ToArray()
            );
            var time = DateTimeOffset.UnixEpoch.AddSeconds(entry.WallTime);
            Assert.IsTrue(time >= run.Record.Started && time <= run.Record.Ended, "a time of the run, in seconds since 1970");
        }
        Assert.IsGreaterThan(2, events[1].Summary.Value.Count);
    }

    /// <summary>The records' data. Their checksums are tested where they are written.</summary>
    private static IEnumerable<byte[]> Records(byte[] file)
    {
        var at = 0;
        while (at < file.Length)
        {
            var length = (int)BitConverter.ToInt64(file, at);
            yield return file[(at + 12)..(at + 12 + length)];
            at += 12 + length + 4;
        }
    }
}

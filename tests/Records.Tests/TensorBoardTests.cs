using System.Text;
using Sat.Records.Runs;

namespace Sat.Records.Tests;

[TestClass]
public class TensorBoardTests
{
    private static readonly DateTimeOffset Time = DateTimeOffset.UnixEpoch.AddSeconds(256.5);

    [TestMethod]
    public void Records_are_to_the_byte_what_TensorFlow_writes()
    {
        // The head and a scalar 'v/1' of 1.5 at step 1, both at second 256.5, as tests of TeamHG-Memex/tensorboard_logger have them from
        // TensorFlow.
        Assert.AreEqual(
            "1800000000000000a37f4b22090000000000087040" + "1a0d" + Hex("brain.Event:2") + "bc98212b",
            Convert.ToHexStringLower(TensorBoard.Head(Time))
        );
        Assert.AreEqual(
            "19000000000000008bf10828090000000000087040" + "10012a0c0a0a0a03" + Hex("v/1") + "150000c03f" + "2cecc087",
            Convert.ToHexStringLower(TensorBoard.Record(new MetricsRow(1, new Dictionary<string, double> { ["v/1"] = 1.5 }), Time))
        );
    }

    [TestMethod]
    public void Times_are_read_back_as_far_as_the_file_is_whole()
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("events.out.tfevents.run");
        Assert.IsEmpty(TensorBoard.ReadTimes(path));
        var epochs = new[] { 1, 2, 127, 128, 300, 100_000 };
        MetricsRow[] rows = [.. epochs.Select(e => new MetricsRow(e, new Dictionary<string, double> { ["loss"] = 1.0 / e }))];
        var times = epochs.ToDictionary(e => e, e => Time.AddSeconds(e));
        using (var file = File.Create(path))
            TensorBoard.Write(file, rows[..^1], times, Time);
        var before = new FileInfo(path).Length;
        using (var writer = new TensorBoardWriter(path))
            writer.Append(rows[^1], times[100_000]);
        CollectionAssert.AreEqual(times, TensorBoard.ReadTimes(path).ToDictionary());

        var whole = File.ReadAllBytes(path);
        for (var length = (int)before; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.HasCount(5, TensorBoard.ReadTimes(path), "a record cut off is none");
        }
        for (var at = 0; at < whole.Length; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x10;
            File.WriteAllBytes(path, damaged);
            var found = TensorBoard.ReadTimes(path);
            Assert.IsLessThan(6, found.Count, "each byte is under a checksum");
            Assert.IsTrue(found.All(f => times[f.Key] == f.Value));
        }
    }

    [TestMethod]
    public void An_epoch_without_a_time_gets_the_present_one()
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("events.out.tfevents.run");
        using (var file = File.Create(path))
            TensorBoard.Write(
                file,
                [new MetricsRow(1, new Dictionary<string, double>()), new MetricsRow(2, new Dictionary<string, double>())],
                new Dictionary<int, DateTimeOffset> { [1] = Time },
                Time.AddDays(1)
            );
        CollectionAssert.AreEqual(
            new Dictionary<int, DateTimeOffset> { [1] = Time, [2] = Time.AddDays(1) },
            TensorBoard.ReadTimes(path).ToDictionary()
        );
    }

    private static string Hex(string text) => Convert.ToHexStringLower(Encoding.ASCII.GetBytes(text));
}

using Sat.Records.Runs;

namespace Sat.Records.Tests;

[TestClass]
public class JsonLinesTests
{
    [TestMethod]
    public void What_was_appended_is_there_at_once()
    {
        using var folder = new TemporaryFolder();
        using var writer = new JsonLinesWriter(folder.At("metrics.jsonl"));
        for (var epoch = 1; epoch <= 3; epoch++)
        {
            writer.Append(Row(epoch));
            Assert.AreEqual(epoch, JsonLines.Read<MetricsRow>(folder.At("metrics.jsonl"))[^1].Epoch);
        }
        Assert.AreEqual("""{"epoch":1,"values":{"loss":0.5}}""", File.ReadLines(folder.At("metrics.jsonl")).First());
    }

    [TestMethod]
    public void A_missing_file_has_no_rows()
    {
        using var folder = new TemporaryFolder();
        Assert.IsEmpty(JsonLines.Read<MetricsRow>(folder.At("metrics.jsonl")));
    }

    [TestMethod]
    public void A_last_line_that_was_cut_off_is_left_out()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("metrics.jsonl", """{"epoch":1,"values":{}}""" + "\n" + """{"epoch":2,"val""");
        Assert.AreEqual(1, JsonLines.Read<MetricsRow>(path).Single().Epoch);
    }

    [TestMethod]
    public void Appending_after_a_killed_writer_does_not_join_the_next_row_to_its_half_line()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("metrics.jsonl", """{"epoch":1,"values":{}}""" + "\n" + """{"epoch":2,"val""");
        using (var writer = new JsonLinesWriter(path))
            writer.Append(Row(2));
        CollectionAssert.AreEqual(new[] { 1, 2 }, JsonLines.Read<MetricsRow>(path).Select(r => r.Epoch).ToArray());
        File.WriteAllText(path, """{"epo""");
        using (var writer = new JsonLinesWriter(path))
            writer.Append(Row(1));
        Assert.AreEqual(1, JsonLines.Read<MetricsRow>(path).Single().Epoch);
    }

    [TestMethod]
    public void A_damaged_line_is_named_with_its_number()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("metrics.jsonl", """{"epoch":1,"values":{}}""" + "\n\0\0\n" + """{"epoch":3,"values":{}}""" + "\n");
        Assert.StartsWith($"{path}:2: the line is damaged: ", Refused.With(ExitCode.Environment, () => JsonLines.Read<MetricsRow>(path)));
    }

    [TestMethod]
    public void A_loss_that_is_no_number_survives()
    {
        using var folder = new TemporaryFolder();
        using (var writer = new JsonLinesWriter(folder.At("metrics.jsonl")))
            writer.Append(new MetricsRow(1, new Dictionary<string, double> { ["loss"] = double.NaN, ["norm"] = double.PositiveInfinity }));
        var row = JsonLines.Read<MetricsRow>(folder.At("metrics.jsonl")).Single();
        Assert.IsTrue(double.IsNaN(row.Values["loss"]));
        Assert.IsTrue(double.IsPositiveInfinity(row.Values["norm"]));
    }

    private static MetricsRow Row(int epoch) => new(epoch, new Dictionary<string, double> { ["loss"] = 0.5 });
}

using Sat.Records;
using Sat.Records.Arrays;

namespace Sat.Tool.Tests;

[TestClass]
public sealed class CleanTests
{
    [TestMethod]
    public async Task Wrong_labels_are_ranked_counted_and_held_against_a_limit()
    {
        using var workshop = new Workshop();
        // Of each class eight samples that are confidently of it, and one that is confidently of the other.
        long[] labels = [.. Enumerable.Range(0, 18).Select(i => i % 2L)];
        float[] rows = [.. labels.SelectMany((l, i) => (l == 1) == (i < 16) ? new[] { 0.05f, 0.95f } : [0.95f, 0.05f])];
        Write(workshop, "labels.npy", labels, 18);
        Write(workshop, "good.npy", rows, 18, 2);
        var score = await workshop.Sat("clean", "score", "labels.npy", "good.npy", "--max-noise", "0.05");
        Assert.AreEqual(ExitCode.GateNotMet, score.ExitCode, score.Error);
        Assert.Contains("2 of 18 labels look wrong", score.Error);
        var table = await File.ReadAllLinesAsync(Path.Combine(workshop.Folder, "labels.csv"));
        CollectionAssert.AreEqual(new[] { "1,16,0,1", "2,17,1,0" }, table.Skip(1).Select(l => l[..l.LastIndexOf(',')]).ToArray());

        rows[7] = float.NaN;
        Write(workshop, "bad.npy", rows, 18, 2);
        var bad = await workshop.Sat("clean", "score", "labels.npy", "bad.npy", "--to", "other.csv");
        Assert.AreEqual(ExitCode.Environment, bad.ExitCode);
        Assert.Contains("row 3 of bad.npy", bad.Error);
        Assert.IsFalse(File.Exists(Path.Combine(workshop.Folder, "other.csv")));
    }

    private static void Write<T>(Workshop workshop, string name, T[] values, params long[] shape)
        where T : unmanaged
    {
        using var file = File.Create(Path.Combine(workshop.Folder, name));
        Npy.Write<T>(file, values, shape);
    }
}

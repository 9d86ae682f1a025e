using Sat.Records.Arrays;

namespace Sat.Cleaning.Tests;

[TestClass]
public sealed class NpyBeliefsTests
{
    [TestMethod]
    public void Rows_come_from_the_file_as_they_were_written()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "labels.npy", [1L, 0], 2);
        Write(folder, "f4.npy", [0.25f, 0.5f, 0.25f, 1, 0, 0], 2, 3);
        Write(folder, "f8.npy", [0.1, 0.2, 0.7, 0.3, 0.3, 0.4], 2, 3);
        using var singles = NpyBeliefs.Open(folder.At("labels.npy"), folder.At("f4.npy"));
        CollectionAssert.AreEqual(new[] { 1, 0 }, singles.Labels.ToArray());
        var row = new double[singles.Classes];
        singles.Read(0, row);
        CollectionAssert.AreEqual(new[] { 0.25, 0.5, 0.25 }, row);
        using var doubles = NpyBeliefs.Open(folder.At("labels.npy"), folder.At("f8.npy"));
        doubles.Read(1, row);
        CollectionAssert.AreEqual(new[] { 0.3, 0.3, 0.4 }, row);
    }

    [TestMethod]
    public void What_is_no_table_of_probabilities_is_refused()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "labels.npy", [1L, 0], 2);
        Write(folder, "three.npy", [1L, 0, 1], 3);
        Write(folder, "high.npy", [1L, 3], 2);
        Write(folder, "good.npy", [0.25f, 0.5f, 0.25f, 1, 0, 0], 2, 3);
        Write(folder, "logits.npy", [0.25f, 5f, 0.25f, 1, -1, 0], 2, 3);
        Write(folder, "vector.npy", [0.5f, 0.5f], 2);
        File.WriteAllBytes(folder.At("short.npy"), File.ReadAllBytes(folder.At("good.npy"))[..^4]);
        string Refused(string labels, string probabilities) =>
            Assert
                .ThrowsExactly<InvalidDataException>(() => NpyBeliefs.Open(folder.At(labels), folder.At(probabilities)).Dispose())
                .Message;
        Assert.Contains("has 3 labels", Refused("three.npy", "good.npy"));
        Assert.Contains("label 1 of", Refused("high.npy", "good.npy"));
        Assert.Contains("no matrix of probabilities", Refused("labels.npy", "vector.npy"));
        Assert.Contains("no matrix of probabilities", Refused("labels.npy", "labels.npy"));
        Assert.Contains("its header says 24", Refused("labels.npy", "short.npy"));
        using var logits = NpyBeliefs.Open(folder.At("labels.npy"), folder.At("logits.npy"));
        foreach (var sample in new[] { 0, 1 })
            Assert.Contains(
                "give probabilities, not logits",
                Assert.ThrowsExactly<InvalidDataException>(() => logits.Read(sample, new double[3])).Message
            );
    }

    private static void Write<T>(TemporaryFolder folder, string name, T[] values, params long[] shape)
        where T : unmanaged
    {
        using var file = File.Create(folder.At(name));
        Npy.Write<T>(file, values, shape);
    }
}

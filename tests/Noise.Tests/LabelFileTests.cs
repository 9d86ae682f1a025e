using Sat.Records;
using Sat.Records.Data;

namespace Sat.Noise.Tests;

[TestClass]
public sealed class LabelFileTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sat-noise").FullName;

    [TestCleanup]
    public void Clean() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Labels_come_from_the_file_whatever_their_integer_type()
    {
        var labels = Noises.Labels(20, 10);

        CollectionAssert.AreEqual(labels, Read(Noises.Save<long>(_folder, labels)));
        CollectionAssert.AreEqual(labels, Read(Noises.Save<int>(_folder, [.. labels.Select(l => (int)l)])));
        CollectionAssert.AreEqual(labels, Read(Noises.Save<byte>(_folder, [.. labels.Select(l => (byte)l)], 20, 1)));
    }

    [TestMethod]
    public void A_file_for_the_whole_training_set_serves_its_first_samples()
    {
        var labels = Noises.Labels(50, 10);
        CollectionAssert.AreEqual(labels[..20], Noises.NoisyLabels("from-file", [], new long[20], Noises.Cifar10, seed: 1, Noises.Save<long>(_folder, labels), whole: 50));
    }

    [TestMethod]
    public void A_file_that_does_not_fit_is_refused_with_its_name_and_what_is_wrong()
    {
        Refused(Noises.Save<long>(_folder, Noises.Labels(19, 10)), "19 labels", "20 samples");
        Refused(Noises.Save<long>(_folder, [.. Noises.Labels(19, 10), 10]), "element 19 is 10", "0 to 9");
        Refused(Noises.Save<long>(_folder, [-1, .. Noises.Labels(19, 10)]), "element 0 is -1");
        Refused(Noises.Save<float>(_folder, new float[20]), "not integers");
        Refused(Noises.Save<long>(_folder, Noises.Labels(20, 10), 4, 5), "[4, 5]");
        File.WriteAllText(Path.Combine(_folder, "saved.npy"), "label\n1\n2\n");
        Refused(DataFiles.At("noise", Path.Combine(_folder, "saved.npy")), "no NumPy array");
    }

    private static long[] Read(DataFiles file) => Noises.NoisyLabels("from-file", [], new long[20], Noises.Cifar10, seed: 1, file);

    private static void Refused(DataFiles file, params string[] said)
    {
        var error = Assert.ThrowsExactly<SatException>(() => Read(file));
        Assert.AreEqual(ExitCode.Environment, error.ExitCode);
        Assert.Contains("saved.npy", error.Message);
        foreach (var text in said)
            Assert.Contains(text, error.Message);
    }
}

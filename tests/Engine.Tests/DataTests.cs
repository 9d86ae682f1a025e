using System.IO.Compression;
using System.Security.Cryptography;
using Sat.Engine.Data;
using Sat.Engine.Randomness;
using Sat.Records;
using Sat.Records.Arrays;
using Sat.Records.Components;
using Sat.Records.Files;
using Sat.Records.Runs;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Tests;

/// <summary>Subset, noise, validation split: in the order of the recipes.</summary>
[TestClass]
public sealed class DataTests
{
    [TestMethod]
    public void The_subset_is_the_front_and_validation_its_end()
    {
        using var data = Open(Specs.Training(samples: 40, validation: 15));

        CollectionAssert.AreEqual(Enumerable.Range(0, 25).Select(i => (long)i).ToArray(), Numbered.Numbers(data.Train.Images.Fetch(0, 25)));
        CollectionAssert.AreEqual(
            Enumerable.Range(25, 15).Select(i => (long)i).ToArray(),
            Numbered.Numbers(data.Validation!.Images.Fetch(0, 15))
        );
        CollectionAssert.AreEqual(new long[] { 39, 25 }, Numbered.Numbers(data.Validation.Images.Fetch(tensor(new long[] { 14, 0 }))));
        CollectionAssert.AreEqual(
            Enumerable.Range(25, 15).Select(i => Numbered.Label(i)).ToArray(),
            data.Validation.Clean!.data<long>().ToArray()
        );
        Assert.AreEqual(20, data.Test.Count);
    }

    [TestMethod]
    public void Noise_is_drawn_over_the_subset_before_validation_is_split_off()
    {
        using var split = Open(Specs.Training(samples: 40, validation: 15));
        using var whole = Open(Specs.Training(samples: 40));

        CollectionAssert.AreEqual(split.NoisePattern, whole.NoisePattern);
        Assert.HasCount(40, split.NoisePattern);
        CollectionAssert.AreEqual(
            split.NoisePattern,
            split.Train.Given!.data<long>().ToArray().Concat(split.Validation!.Given!.data<long>().ToArray()).ToArray()
        );
        Assert.AreEqual(
            20,
            split.NoisePattern.Where((label, i) => label != Numbered.Label(i)).Count(),
            "floor(r n) labels, redrawn from the other classes"
        );
        Assert.AreEqual(0.5, split.WrongLabels!.Value, 1e-12);
    }

    [TestMethod]
    public void The_test_set_has_no_noise()
    {
        using var data = Open(Specs.Training());

        CollectionAssert.AreEqual(
            Enumerable.Range(0, 20).Select(i => Numbered.Label(i)).ToArray(),
            data.Test.Given!.data<long>().ToArray()
        );
    }

    [TestMethod]
    public void The_share_of_wrong_labels_is_measured()
    {
        using var run = Ran.Done(Specs.Of(dataset: Specs.Shapes(train: 500), training: Specs.Training(epochs: 1, batchSize: 250)));
        using var shapes = TestedPlugins.Host.OpenDataset(
            run.Record.Spec.Dataset,
            new Dictionary<string, string>(),
            new DatasetContext(Records.Data.DataFiles.None)
        );

        var truth = shapes.Train.Labels!.data<long>().ToArray();
        var wrong = run.Array("noise.npy").ToInt64().Zip(truth).Count(l => l.First != l.Second) / 500.0;
        Assert.AreEqual(wrong, run.Record.Data!.WrongLabels!.Value, 1e-12);
        Assert.AreEqual(0.4 * 0.9, wrong, 0.06, "redrawn over all ten classes");
    }

    [TestMethod]
    public void More_samples_than_there_are_and_validation_of_all_are_errors_of_planning()
    {
        foreach (
            var (training, said) in new[]
            {
                (Specs.Training(samples: 61), "61"),
                (Specs.Training(validation: 60), "training.validation"),
                (Specs.Training(samples: 10, validation: 10), "training.validation"),
            }
        )
        {
            var error = Assert.ThrowsExactly<SatException>(() => Open(training).Dispose());
            Assert.AreEqual(ExitCode.Planning, error.ExitCode);
            Assert.Contains(said, error.Message);
        }
    }

    [TestMethod]
    public void Files_that_changed_since_planning_are_refused_by_name()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("sat-npz").FullName, "mine.npz");
        try
        {
            WriteNpz(path, firstLabel: 0);
            var dataset = Specs.Component(ComponentKind.Dataset, "npz") with
            {
                Files = new Dictionary<string, string>
                {
                    ["mine.npz"] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))),
                },
            };
            var spec = Specs.Of(dataset: dataset, training: Specs.Training(epochs: 1));
            var locations = new Dictionary<string, string> { ["dataset.path"] = path };
            using var before = Ran.Of(spec, locations: locations);
            WriteNpz(path, firstLabel: 1);
            using var after = Ran.Of(spec, locations: locations);

            Assert.AreEqual(RunStatus.Done, before.Record.Status, before.Record.Error);
            Assert.AreEqual(RunStatus.Failed, after.Record.Status);
            Assert.Contains("mine.npz", after.Record.Error!);
            Assert.Contains("differ in content", after.Record.Error!);
            Assert.IsEmpty(after.Metrics);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    [TestMethod]
    public void A_changed_file_of_many_is_named_by_the_list_that_the_first_run_left()
    {
        var root = Directory.CreateTempSubdirectory("sat-");
        try
        {
            var folder = root.CreateSubdirectory("photos").FullName;
            // A name with a line break would else pass for two lines of the list.
            foreach (var i in Enumerable.Range(0, 33))
                File.WriteAllText(Path.Combine(folder, i == 7 ? "a\nb\\.png" : $"{i}.png"), $"{i}");
            var sums = Records.Data.DataFiles.At("dataset 'own'", folder).Checksums();
            var dataset = new ComponentSpec
            {
                Id = "own",
                FileLists = new Dictionary<string, FileList> { ["path"] = FileList.From(sums) },
            };
            var request = new RunRequest(Specs.Of(dataset: dataset), new Dictionary<string, string> { ["dataset.path"] = folder });
            string Refused(string output) =>
                Assert
                    .ThrowsExactly<SatException>(() =>
                        new RunFiles(request, TestedPlugins.Host, output).OptionsOf(SpecSlots.Dataset, dataset)
                    )
                    .Message;

            Assert.HasCount(
                33,
                new RunFiles(request, TestedPlugins.Host, root.FullName).OptionsOf(SpecSlots.Dataset, dataset)["path"].Names
            );
            var list = Path.Combine(root.FullName, dataset.FileLists["path"].FileName);
            Assert.IsTrue(FileList.IsWhole(list, File.ReadAllText(list)));
            CollectionAssert.AreEqual(sums.ToArray(), ChecksumList.Read(root.FullName, out _, Path.GetFileName(list))!.ToArray());

            File.WriteAllText(Path.Combine(folder, "a\nb\\.png"), "other");
            Assert.Contains("made of: a\nb\\.png differ in content", Refused(root.FullName));
            Assert.Contains($"their list of checksums is not {Path.GetFileName(list)}", Refused(folder));
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    private static TrainingData Open(TrainingSpec training)
    {
        var request = new RunRequest(
            Specs.Of(noise: Specs.Symmetric(0.5, "other-classes"), training: training),
            new Dictionary<string, string>()
        );
        var components = new Components { Dataset = () => Numbered.Resident(60, 20) };
        return TrainingData.Open(
            request,
            components,
            new RunFiles(request, TestedPlugins.Host, System.IO.Path.GetTempPath()),
            new Seeds(1),
            CPU,
            loaderThreads: 1
        );
    }

    private static void WriteNpz(string path, long firstLabel)
    {
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        foreach (var (name, count) in new[] { ("train", 9), ("test", 6) })
        {
            using (var images = zip.CreateEntry($"x_{name}.npy").Open())
                Npy.Write<byte>(images, [.. Enumerable.Range(0, count * 8 * 8 * 3).Select(i => (byte)(i * 7))], count, 8, 8, 3);
            using var labels = zip.CreateEntry($"y_{name}.npy").Open();
            Npy.Write<long>(labels, [firstLabel, .. Enumerable.Range(1, count - 1).Select(i => i * 2L % 3)], count);
        }
    }
}

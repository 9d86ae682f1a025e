using System.Text.Json.Nodes;
using Sat.Records.Specs;

namespace Sat.Records.Tests;

/// <summary>People tell runs apart by what they varied, and folders by their names.</summary>
[TestClass]
public sealed class RunNamesTests
{
    [TestMethod]
    public void Two_learning_rates_are_told_apart_and_what_is_constant_is_said_once()
    {
        var names = RunNames.For([Run(lr: 0.1), Run(lr: 0.01)]);
        Assert.AreEqual("sat lr=0.1", names[Run(lr: 0.1).Spec]);
        Assert.AreEqual("sat lr=0.01", names[Run(lr: 0.01).Spec]);
        Assert.AreEqual("image-folder photos, symmetric rate=0.4, conv, 3 epochs, seed 1", names.Shared);
    }

    [TestMethod]
    public void Rates_of_noise_and_seeds_are_named()
    {
        RunRequest[] runs = [Run(rate: 0.2, seed: 1), Run(rate: 0.2, seed: 2), Run(rate: 0.4, seed: 1), Run(rate: 0.4, seed: 2)];
        var names = RunNames.For(runs);
        CollectionAssert.AreEqual(
            new[]
            {
                "sat symmetric rate=0.2 seed 1",
                "sat symmetric rate=0.2 seed 2",
                "sat symmetric rate=0.4 seed 1",
                "sat symmetric rate=0.4 seed 2",
            },
            runs.Select(r => names[r.Spec]).ToArray()
        );
    }

    [TestMethod]
    [DataRow("/data/photos", "/data/scans", "photos", "scans")]
    [DataRow("/a/photos", "/b/photos", "a/photos", "b/photos")]
    [DataRow("/a/photos", "/a/photos", "photos version 1", "photos version 2")]
    public void Folders_go_by_their_names_never_by_a_checksum(string first, string second, string one, string other)
    {
        RunRequest[] runs = [Run(path: first, variant: "93018277"), Run(path: second, variant: "11223344")];
        var names = RunNames.For(runs);
        CollectionAssert.AreEqual(new[] { $"sat {one}", $"sat {other}" }, runs.Select(r => names[r.Spec]).ToArray());
    }

    private static RunRequest Run(
        double lr = 0.1,
        double rate = 0.4,
        long seed = 1,
        string path = "/data/photos",
        string variant = "93018277"
    ) =>
        new(
            new RunSpec
            {
                Dataset = new ComponentSpec { Id = "image-folder", Variant = variant },
                Noise = new ComponentSpec
                {
                    Id = "symmetric",
                    Options = new JsonObject { ["rate"] = rate },
                },
                Model = new ComponentSpec { Id = "conv" },
                Method = new ComponentSpec { Id = "sat" },
                Training = new TrainingSpec
                {
                    Epochs = 3,
                    Optimizer = new ComponentSpec
                    {
                        Id = "sgd",
                        Options = new JsonObject { ["lr"] = lr },
                    },
                    Schedule = new ComponentSpec { Id = "constant" },
                    Augmentation = new ComponentSpec { Id = "none" },
                },
                Seed = seed,
            },
            new Dictionary<string, string> { ["dataset.path"] = path }
        );
}

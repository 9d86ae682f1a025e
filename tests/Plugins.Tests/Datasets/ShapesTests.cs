using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sat.Records.Data;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Datasets.Tests;

[TestClass]
public sealed class ShapesTests
{
    [TestMethod]
    [DataRow("easy", "2e12ece113e4ea858e4f07c240d4c096a3c244f5bec098ddaefad3b2e88d0950")]
    [DataRow("hard", "0374195f3259940b4c4f06da8363eb7b9c5ec00fad3a18a8355d6d5a0e65ca14")]
    public void The_bytes_are_the_same_on_every_machine(string difficulty, string golden)
    {
        using var dataset = Draw(
            new()
            {
                ["train-samples"] = 300,
                ["test-samples"] = 100,
                ["difficulty"] = difficulty,
            }
        );

        var sum = SHA256.HashData([
            .. Datasets.Images(dataset.Train),
            .. Datasets.Images(dataset.Test),
            .. Labels(dataset.Train),
            .. Labels(dataset.Test),
        ]);

        Assert.AreEqual(golden, Convert.ToHexStringLower(sum));
    }

    [TestMethod]
    public void Fewer_images_are_the_first_of_more_and_every_ten_have_all_classes()
    {
        using var few = Draw(new() { ["train-samples"] = 100, ["test-samples"] = 30 });
        using var more = Draw(new() { ["train-samples"] = 200, ["test-samples"] = 50 });

        CollectionAssert.AreEqual(Datasets.Images(few.Train), Datasets.Images(more.Train)[..(100 * 3072)]);
        CollectionAssert.AreEqual(Datasets.Labels(few.Train), Datasets.Labels(more.Train)[..100]);
        CollectionAssert.AreEqual(Datasets.Images(few.Test), Datasets.Images(more.Test)[..(30 * 3072)]);
        foreach (var ten in Datasets.Labels(more.Train).Chunk(10))
            Assert.HasCount(10, ten.Distinct());
        Assert.HasCount(10, more.Classes.Distinct(StringComparer.Ordinal));
    }

    [TestMethod]
    public void No_image_occurs_twice_and_another_seed_draws_others()
    {
        using var dataset = Draw(new() { ["train-samples"] = 500, ["test-samples"] = 500 });
        using var other = Draw(
            new()
            {
                ["train-samples"] = 500,
                ["test-samples"] = 500,
                ["draw-seed"] = 2,
            }
        );

        var images = new[] { dataset.Train, dataset.Test, other.Train, other.Test }
            .SelectMany(s => Datasets.Images(s).Chunk(3072))
            .Select(Convert.ToHexString);

        Assert.HasCount(2000, images.Distinct(StringComparer.Ordinal));
    }

    [TestMethod]
    [DataRow("easy")]
    [DataRow("hard")]
    public void Colours_say_next_to_nothing_of_the_class(string difficulty)
    {
        using var dataset = Draw(
            new()
            {
                ["train-samples"] = 4000,
                ["test-samples"] = 2000,
                ["difficulty"] = difficulty,
            }
        );
        using var scope = NewDisposeScope();
        Tensor Means(ISplit split) => ((ResidentSplit)split).Images.to(ScalarType.Float32).mean([2, 3]);

        // The nearest class mean of the mean colour; chance is 0.1.
        var train = Means(dataset.Train);
        var centres = stack(Enumerable.Range(0, 10).Select(k => train[dataset.Train.Labels!.eq(k)].mean([0])).ToArray());
        var guessed = cdist(Means(dataset.Test), centres).argmin(1);

        Assert.IsLessThan(0.2, guessed.eq(dataset.Test.Labels!).to(ScalarType.Float64).mean().item<double>());
    }

    [TestMethod]
    public void The_normalisation_is_that_of_the_images()
    {
        using var dataset = Draw([]);
        using var scope = NewDisposeScope();

        var pixels = ((ResidentSplit)dataset.Train).Images.to(ScalarType.Float64) / 255;

        for (var channel = 0; channel < 3; channel++)
        {
            Assert.AreEqual(dataset.Normalization!.Mean[channel], pixels.select(1, channel).mean().item<double>(), 0.02);
            Assert.AreEqual(dataset.Normalization.Deviation[channel], pixels.select(1, channel).std().item<double>(), 0.02);
        }
    }

    private static IDataset Draw(JsonObject options) => Datasets.Open("shapes", options, DataFiles.None);

    private static byte[] Labels(ISplit split) => [.. Datasets.Labels(split).Select(l => (byte)l)];
}

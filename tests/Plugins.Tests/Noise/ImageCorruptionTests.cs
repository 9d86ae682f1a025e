using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Noise.Tests;

[TestClass]
public sealed class ImageCorruptionTests
{
    private static readonly string[] Kinds = ["gaussian", "random-pixels", "shuffled-pixels"];

    [TestMethod]
    public void Exactly_floor_r_n_images_change_and_they_are_named_in_order()
    {
        foreach (var kind in Kinds)
        {
            using var scope = NewDisposeScope();
            // More than are corrupted at once.
            var images = Images(3001);
            var before = images.clone();

            var result = Noises.CorruptImages(kind, new() { ["rate"] = 0.7 }, images, seed: 1);

            var changed = result.Images!.ne(images).flatten(1).any(1).nonzero().view(-1).data<long>().ToArray();
            CollectionAssert.AreEqual(changed, result.CorruptedImages!.data<long>().ToArray(), kind);
            Assert.HasCount(2100, changed, kind);
            Assert.IsTrue(images.equal(before).all().item<bool>(), "the dataset's own images must stay");
            Assert.IsNull(result.Labels, kind);
        }
    }

    [TestMethod]
    public void A_saved_pattern_corrupts_the_same_images_again_whatever_the_seed()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var images = Images(200);
        var first = Noises.CorruptImages("gaussian", new() { ["rate"] = 0.3 }, images, seed: 1);
        var positions = first.CorruptedImages!.data<long>().ToArray();

        var again = Noises.CorruptImages("gaussian", [], images, seed: 2, pattern: Noises.Save<long>(folder.Path, positions));

        CollectionAssert.AreEqual(positions, again.CorruptedImages!.data<long>().ToArray());
        var error = Assert.ThrowsExactly<SatException>(() =>
            Noises.CorruptImages("gaussian", [], images, seed: 2, pattern: Noises.Save<long>(folder.Path, [3, 3]))
        );
        Assert.Contains("twice", error.Message);
    }

    [TestMethod]
    public void Permuted_pixels_keep_each_pixels_colour_and_their_number()
    {
        foreach (var kind in new[] { "random-pixels", "shuffled-pixels" })
        {
            using var scope = NewDisposeScope();
            var images = Images(40);

            var result = Noises.CorruptImages(kind, new() { ["rate"] = 1.0 }, images, seed: 1).Images!;

            for (var i = 0; i < 40; i++)
                CollectionAssert.AreEquivalent(Colours(images[i]), Colours(result[i]), kind);
        }
    }

    [TestMethod]
    public void Shuffled_pixels_share_one_permutation_and_random_pixels_do_not()
    {
        using var scope = NewDisposeScope();
        var images = arange(256, ScalarType.Byte).view(1, 1, 16, 16).expand(30, 3, 16, 16).contiguous();

        int Distinct(string kind)
        {
            var result = Noises.CorruptImages(kind, new() { ["rate"] = 1.0 }, images, seed: 1).Images!;
            return Enumerable.Range(0, 30).Select(i => string.Join(' ', result[i].contiguous().data<byte>().ToArray())).Distinct().Count();
        }

        Assert.AreEqual(1, Distinct("shuffled-pixels"));
        Assert.AreEqual(30, Distinct("random-pixels"));
    }

    [TestMethod]
    public void Gaussian_images_have_the_published_mean_and_deviation_or_else_the_images_own()
    {
        using var scope = NewDisposeScope();
        // 0.4 and 0.1 are five deviations from either end, so clipping plays no part.
        var published = new Normalization([0.5, 0.4, 0.6], [0.1, 0.08, 0.05]);

        var noise = Noises.CorruptImages("gaussian", new() { ["rate"] = 1.0 }, Images(500), seed: 1, published).Images!;
        var images = (randn(500, 3, 16, 16) * 10 + 100).to(ScalarType.Byte);
        var own = Noises.CorruptImages("gaussian", new() { ["rate"] = 1.0 }, images, seed: 1).Images!;

        for (var channel = 0; channel < 3; channel++)
        {
            var (mean, deviation) = Moments(noise, channel);
            Assert.AreEqual(published.Mean[channel] * 255, mean, 0.4);
            Assert.AreEqual(published.Deviation[channel] * 255, deviation, 0.3);
            var (expected, wide) = Moments(images, channel);
            (mean, deviation) = Moments(own, channel);
            Assert.AreEqual(expected, mean, 0.2);
            Assert.AreEqual(wide, deviation, 0.2);
        }
    }

    [TestMethod]
    public void Gaussian_images_are_clipped_to_bytes_and_do_not_wrap_around()
    {
        using var scope = NewDisposeScope();
        var bright = new Normalization([1, 1, 1], [0.2, 0.2, 0.2]);

        var noise = Noises.CorruptImages("gaussian", new() { ["rate"] = 1.0 }, Images(50), seed: 1, bright).Images!;

        Assert.AreEqual(0.5, noise.eq(255).to(ScalarType.Float64).mean().item<double>(), 0.02, "half of the draws lie above white");
        Assert.AreEqual(0, noise.lt(20).sum().item<long>(), "none may wrap around to black");
    }

    [TestMethod]
    public void A_streamed_dataset_is_refused_in_a_sentence()
    {
        using var scope = NewDisposeScope();

        var error = Assert.ThrowsExactly<SatException>(() =>
            Noises.Apply(
                "gaussian",
                [],
                new NoiseContext
                {
                    Labels = zeros(10, ScalarType.Int64),
                    Images = null,
                    Classes = Noises.Cifar10,
                    Normalization = null,
                    Generator = new Generator(1),
                    Files = new Dictionary<string, Records.Data.DataFiles>(),
                }
            )
        );

        Assert.Contains("kept in memory", error.Message);
    }

    private static Tensor Images(int n) => randint(0, 256, [n, 3, 16, 16], ScalarType.Byte, generator: new Generator(11));

    private static (double Mean, double Deviation) Moments(Tensor images, int channel)
    {
        var values = images.select(1, channel).to(ScalarType.Float64);
        return (values.mean().item<double>(), values.std().item<double>());
    }

    private static int[] Colours(Tensor image)
    {
        var pixels = image.flatten(1).t().contiguous().data<byte>().ToArray();
        return [.. pixels.Chunk(3).Select(p => p[0] << 16 | p[1] << 8 | p[2])];
    }
}

using System.Text.Json.Nodes;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Training.Tests;

[TestClass]
public sealed class CropFlipTests
{
    private const int Padding = 4;

    [TestMethod]
    [DataRow(ScalarType.Byte)]
    [DataRow(ScalarType.Float32)]
    public void Each_image_becomes_one_of_its_padded_crops_and_all_crops_and_mirror_images_occur(ScalarType type)
    {
        using var scope = NewDisposeScope();
        // No two pixels of an image are alike, and none is a padding zero: a view names its crop.
        var image = (arange(1, 1 + 3 * 8 * 9, ScalarType.Int64).view(1, 3, 8, 9)).to(type);
        var crops = NaiveCrops(image);
        var batch = image.expand(4000, 3, 8, 9).contiguous();

        var views = CropFlip().Apply(batch, new Generator(7));

        Assert.AreEqual(type, views.dtype);
        CollectionAssert.AreEqual(new long[] { 4000, 3, 8, 9 }, views.shape);
        var seen = new HashSet<string>();
        for (var i = 0; i < 4000; i++)
        {
            var key = Key(views[i]);
            Assert.IsTrue(crops.Contains(key), $"view {i} is no crop of its image");
            seen.Add(key);
        }
        Assert.HasCount((2 * Padding + 1) * (2 * Padding + 1) * 2, seen);
        Assert.AreEqual(1, image[0, 0, 0, 0].to(ScalarType.Int64).item<long>(), "the image itself must stay");
    }

    [TestMethod]
    public void Each_image_has_an_offset_of_its_own_and_its_own_pixels()
    {
        using var scope = NewDisposeScope();
        var images = randint(1, 256, [64, 3, 32, 32], ScalarType.Byte, generator: new Generator(3));

        var views = CropFlip().Apply(images, new Generator(5));

        var offsets = new HashSet<(int, int, bool)>();
        for (var i = 0; i < 64; i++)
        {
            var found = Offsets(images[i], views[i]);
            Assert.HasCount(1, found, $"view {i} must be one crop of image {i}");
            offsets.UnionWith(found);
        }
        Assert.IsGreaterThan(40, offsets.Count);
    }

    [TestMethod]
    public void The_generator_alone_decides()
    {
        using var scope = NewDisposeScope();
        var images = randint(0, 256, [32, 3, 16, 16], ScalarType.Byte);

        var first = CropFlip().Apply(images, new Generator(1));
        random.manual_seed(99);
        var again = CropFlip().Apply(images, new Generator(1));
        var other = CropFlip().Apply(images, new Generator(2));

        Assert.IsTrue(first.equal(again).all().item<bool>());
        Assert.IsFalse(first.equal(other).all().item<bool>());
    }

    [TestMethod]
    public void Without_padding_and_flip_images_stay_as_they_are()
    {
        using var scope = NewDisposeScope();
        var images = randint(0, 256, [8, 1, 5, 7], ScalarType.Byte);

        Assert.IsTrue(CropFlip(new() { ["padding"] = 0, ["flip"] = 0.0 }).Apply(images, new Generator(1)).equal(images).all().item<bool>());
        Assert.IsTrue(
            CropFlip(new() { ["padding"] = 0, ["flip"] = 1.0 }).Apply(images, new Generator(1)).equal(images.flip(3)).all().item<bool>()
        );
    }

    [TestMethod]
    public void Augmentations_leave_one_tensor_to_dispose()
    {
        foreach (var id in new[] { "crop-flip", "none" })
        {
            var augmentation = TestedPlugins.Host.CreateAugmentation(new ComponentSpec { Id = id });
            using var images = randint(0, 256, [8, 3, 8, 8], ScalarType.Byte);
            using var generator = new Generator(1);
            using var scope = NewDisposeScope();

            var view = augmentation.Apply(images, generator);

            Assert.AreEqual(1, scope.DisposablesCount, id);
            view.Dispose();
            Assert.IsFalse(images.IsInvalid, "disposing a view must leave the images");
        }
    }

    private static IAugmentation CropFlip(JsonObject? options = null) =>
        TestedPlugins.Host.CreateAugmentation(new ComponentSpec { Id = "crop-flip", Options = options ?? [] });

    private static HashSet<string> NaiveCrops(Tensor image)
    {
        var crops = new HashSet<string>();
        foreach (var (top, left, flipped) in AllOffsets())
            crops.Add(string.Join(' ', Naive(image[0], top, left, flipped)));
        return crops;
    }

    private static List<(int Top, int Left, bool Flipped)> Offsets(Tensor image, Tensor view)
    {
        var pixels = Values(view);
        return [.. AllOffsets().Where(o => Naive(image, o.Top, o.Left, o.Flipped).SequenceEqual(pixels))];
    }

    private static IEnumerable<(int Top, int Left, bool Flipped)> AllOffsets() =>
        from top in Enumerable.Range(-Padding, 2 * Padding + 1)
        from left in Enumerable.Range(-Padding, 2 * Padding + 1)
        from flipped in new[] { false, true }
        select (top, left, flipped);

    /// <summary>Pixel by pixel, as one would say it.</summary>
    private static long[] Naive(Tensor image, int top, int left, bool flipped)
    {
        var (channels, height, width) = ((int)image.shape[0], (int)image.shape[1], (int)image.shape[2]);
        var source = Values(image);
        var result = new long[source.Length];
        for (var c = 0; c < channels; c++)
        {
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    var (fromY, fromX) = (y + top, x + left);
                    var inside = fromY >= 0 && fromY < height && fromX >= 0 && fromX < width;
                    result[(c * height + y) * width + (flipped ? width - 1 - x : x)] = inside
                        ? source[(c * height + fromY) * width + fromX]
                        : 0;
                }
            }
        }
        return result;
    }

    private static string Key(Tensor image) => string.Join(' ', Values(image));

    private static long[] Values(Tensor image) => image.to(ScalarType.Int64).contiguous().data<long>().ToArray();
}

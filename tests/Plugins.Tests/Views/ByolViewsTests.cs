using System.Text.Json.Nodes;
using Sat.Records;
using Sat.Records.Specs;
using Sat.Sdk;
using Sat.Training.Views.Pixels;
using static TorchSharp.torch;

namespace Sat.Training.Views.Tests;

/// <summary>The component as the host loads it.</summary>
[TestClass]
public sealed class ByolViewsTests
{
    /// <summary>Nothing but a crop of the whole image: the view is the image.</summary>
    static readonly string Nothing = """{ "crop-min": 1, "flip": 0, "colour-jitter": 0, "greyscale": 0, "blur": [0], "solarise": [0] }""";

    [TestMethod]
    public void Views_are_float_images_of_the_asked_size_within_the_range()
    {
        using var scope = NewDisposeScope();
        var images = Bytes(64, 3, 20, 24);

        foreach (var (options, shape) in new (JsonObject, long[])[] { ([], [64, 3, 20, 24]), (new() { ["size"] = 16 }, [64, 3, 16, 16]) })
        {
            var view = Create(options).Apply(images, new Generator(1));

            Assert.AreEqual(ScalarType.Float32, view.dtype);
            CollectionAssert.AreEqual(shape, view.shape);
            Assert.IsGreaterThanOrEqualTo(0f, view.min().item<float>());
            Assert.IsLessThanOrEqualTo(1f, view.max().item<float>());
        }
    }

    [TestMethod]
    public void The_generator_alone_decides_and_two_views_are_drawn_apart()
    {
        using var scope = NewDisposeScope();
        var images = Bytes(32, 3, 16, 16);
        var views = Create([]).Views(2);
        var random = new Generator(1);
        var first = views[0].Apply(images, random);
        var second = views[0].Apply(images, random);

        random.manual_seed(1);
        manual_seed(99);
        Assert.IsTrue(first.equal(views[0].Apply(images, random)).all().item<bool>());
        Assert.IsFalse(first.allclose(second));
    }

    [TestMethod]
    public void What_becomes_of_an_image_does_not_depend_on_the_images_beside_it_or_on_its_type()
    {
        using var scope = NewDisposeScope();
        // More values than are worked on at once, so that the batch is cut.
        var images = Bytes(60, 3, 96, 96);
        var others = images.clone();
        others.narrow(0, 0, 59).zero_();

        var view = Create([]).Apply(images, new Generator(3));
        var last = Create([]).Apply(others, new Generator(3));
        var floats = Create([]).Apply(images.to(ScalarType.Float32) / 255, new Generator(3));

        Assert.IsTrue(view[59].allclose(last[59], atol: 1e-6));
        Assert.IsTrue(view.allclose(floats, atol: 1e-6));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void With_everything_switched_off_a_view_is_the_image_and_with_a_sure_flip_its_mirror_image(int channels)
    {
        using var scope = NewDisposeScope();
        var images = Bytes(8, channels, 16, 16);
        var values = images.to(ScalarType.Float32) / 255;

        Assert.IsTrue(Create(Parse(Nothing)).Apply(images, new Generator(1)).allclose(values, atol: 1e-6));
        Assert.IsTrue(Create(Parse(Nothing, ("flip", 1))).Apply(images, new Generator(1)).allclose(values.flip(3), atol: 1e-6));
    }

    [TestMethod]
    [DataRow("flip", 0.3)]
    [DataRow("greyscale", 0.2)]
    [DataRow("colour-jitter", 0.8)]
    public void As_many_images_are_changed_as_the_probability_says(string option, double probability)
    {
        using var scope = NewDisposeScope();
        const int Count = 2000;
        var images = Bytes(Count, 3, 8, 8);
        var values = images.to(ScalarType.Float32) / 255;

        var changed = Changed(Create(Parse(Nothing, (option, probability))).Apply(images, new Generator(1)), values);

        Assert.AreEqual(probability, changed, 4 * Math.Sqrt(probability * (1 - probability) / Count), option);
    }

    [TestMethod]
    public void Blur_and_solarisation_have_a_probability_for_each_view_and_the_last_serves_further_ones()
    {
        using var scope = NewDisposeScope();
        const int Count = 1000;
        var images = Bytes(Count, 3, 8, 8);
        var values = images.to(ScalarType.Float32) / 255;
        foreach (var option in new[] { "blur", "solarise" })
        {
            var options = Parse(Nothing, ("blur-min", 0.5));
            options[option] = new JsonArray(1.0, 0.1);
            var augmentation = Create(options);
            double Share(IAugmentation view) => Changed(view.Apply(images, new Generator(2)), values);

            var shares = augmentation.Views(3).Select(Share).ToArray();

            Assert.AreEqual(1, shares[0], option);
            Assert.AreEqual(0.1, shares[1], 0.04, option);
            Assert.AreEqual(0.1, shares[2], 0.04, option);
            Assert.AreEqual(1, Share(augmentation), $"{option}: on its own it makes the first view");
        }
    }

    [TestMethod]
    public void Crops_have_the_areas_and_shapes_that_were_asked_for_and_lie_everywhere()
    {
        using var scope = NewDisposeScope();
        const int Count = 2000,
            Side = 32;
        // The coordinates are the colours: a view tells which part of the image it shows.
        var across = arange(Side, ScalarType.Float32).div_(Side).expand(Count, 1, Side, Side);
        var images = cat([across, across.transpose(2, 3), zeros_like(across)], 1);
        var view = Create(Parse(Nothing, ("crop-min", 0.2), ("crop-max", 0.6), ("interpolation", "bilinear")))
            .Apply(images, new Generator(1));

        // From the second place to the one before the last, so that the edges of a crop do not matter.
        double[] Extent(int channel, int dimension) =>
            [
                .. (
                    (view.select(1, channel).mean([dimension]).select(1, Side - 2) - view.select(1, channel).mean([dimension]).select(1, 1))
                    * Side
                    / (Side - 3)
                )
                    .data<float>()
                    .ToArray()
                    .Select(v => (double)v),
            ];
        var (width, height) = (Extent(0, 1), Extent(1, 2));
        var areas = width.Zip(height, (w, h) => w * h).ToArray();
        var shapes = width.Zip(height, (w, h) => w / h).ToArray();
        var centres = view.select(1, 0).mean([1, 2]).data<float>().ToArray();

        Assert.AreEqual(0.2, areas.Min(), 0.04);
        Assert.AreEqual(0.6, areas.Max(), 0.04);
        Assert.AreEqual(0.4, areas.Average(), 0.02, "uniform in area");
        Assert.AreEqual(3.0 / 4, shapes.Min(), 0.08);
        Assert.AreEqual(4.0 / 3, shapes.Max(), 0.08);
        Assert.AreEqual(0, shapes.Average(Math.Log), 0.02, "uniform in the logarithm of the shape");
        Assert.IsLessThan(0.3f, centres.Min());
        Assert.IsGreaterThan(0.68f, centres.Max());
        Assert.AreEqual(0.485, centres.Average(), 0.02);
    }

    [TestMethod]
    public void An_image_too_long_for_any_crop_gives_its_middle()
    {
        using var scope = NewDisposeScope();
        var images = Bytes(16, 3, 8, 64);

        // The whole area in an allowed shape does not fit: 8 x 11 from the middle.
        var view = Create(Parse(Nothing, ("size", 8))).Apply(images, new Generator(1));

        var middle = images.narrow(3, 26, 11).to(ScalarType.Float32) / 255;
        var resized = Resampling.Resize(
            middle,
            [.. Enumerable.Repeat(new Box(0, 0, 8, 11), 16)],
            new bool[16],
            8,
            8,
            Interpolation.Bicubic
        );
        Assert.IsTrue(view.allclose(resized.clamp(0, 1), atol: 1e-6));
    }

    [TestMethod]
    public void A_view_leaves_one_tensor_to_dispose_and_the_images_as_they_were()
    {
        var images = Bytes(8, 3, 16, 16);
        using var before = images.clone();
        using var generator = new Generator(1);
        using var scope = NewDisposeScope();

        var view = Create([]).Apply(images, generator);

        Assert.AreEqual(1, scope.DisposablesCount);
        Assert.IsTrue(before.equal(images).all().item<bool>());
        view.Dispose();
        Assert.IsFalse(images.IsInvalid);
    }

    [TestMethod]
    [DataRow("""{ "crop-min": 0.5, "crop-max": 0.4 }""", "crop-min")]
    [DataRow("""{ "blur-min": 3 }""", "blur-min")]
    [DataRow("""{ "blur-kernel": 4 }""", "odd")]
    public void Options_that_contradict_each_other_are_refused_in_a_sentence(string options, string said)
    {
        var error = Assert.ThrowsExactly<SatException>(() => Create(Parse(options)));

        Assert.AreEqual(ExitCode.Planning, error.ExitCode);
        Assert.Contains(said, error.Message);
    }

    [TestMethod]
    public void A_kernel_larger_than_the_views_is_refused_in_a_sentence()
    {
        using var scope = NewDisposeScope();

        var error = Assert.ThrowsExactly<SatException>(() =>
            Create(new() { ["blur-kernel"] = 33 }).Apply(Bytes(2, 3, 16, 16), new Generator(1))
        );

        Assert.AreEqual(ExitCode.Planning, error.ExitCode);
        Assert.Contains("16x16", error.Message);
    }

    static double Changed(Tensor view, Tensor values) =>
        (view - values).abs().amax([1, 2, 3]).gt(1e-3).to(ScalarType.Float64).mean().item<double>();

    static Tensor Bytes(int count, int channels, int height, int width) =>
        randint(0, 256, [count, channels, height, width], ScalarType.Byte, generator: new Generator(11));

    static JsonObject Parse(string options, params (string Name, object Value)[] more)
    {
        var parsed = JsonNode.Parse(options)!.AsObject();
        foreach (var (name, value) in more)
            parsed[name] = JsonValue.Create(value);
        return parsed;
    }

    static IAugmentation Create(JsonObject options) =>
        TestedPlugins.Host.CreateAugmentation(new ComponentSpec { Id = "byol-views", Options = (JsonObject)options.DeepClone() });
}

using System.Text.Json;
using Sat.Training.Views.Pixels;
using static TorchSharp.torch;

namespace Sat.Training.Views.Tests;

/// <summary>Each operation on pixels against torchvision's result, on its own and beside an image with other parameters.</summary>
[TestClass]
public sealed class PixelTests
{
    const double Tolerance = 2e-6;

    static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };

    static readonly Fixture Given = JsonSerializer.Deserialize<Fixture>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "augmentations.json")),
        Options
    )!;

    public static IEnumerable<object[]> Cases =>
        Enumerable.Range(0, Given.Cases.Length).Select(i => new object[] { i, Given.Cases[i].Op, Given.Cases[i].Params.ToString() });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void An_operation_gives_torchvisions_pixels(int number, string operation, string parameters)
    {
        using var scope = NewDisposeScope();
        var given = Given.Cases[number];
        var image = Given.Input.ToTensor();

        // The image, an image that differs from it, and the image again: all get what they would get alone.
        var batch = stack([image, image.flip(1).mul(0.9), image]);
        var results = Apply(given, batch);

        foreach (var place in new[] { 0, 2 })
        {
            var difference = (results[place] - tensor(given.Output, given.Shape)).abs().max().item<float>();
            Assert.IsLessThan(Tolerance, difference, $"{operation} {parameters}, image {place}");
        }
        Assert.IsTrue(results[1].allclose(Apply(given, batch.narrow(0, 1, 1))[0], atol: Tolerance));
        Assert.IsFalse(results[1].allclose(results[0]), "the images differ");
    }

    [TestMethod]
    public void Each_image_of_a_batch_is_treated_with_its_own_parameters()
    {
        using var scope = NewDisposeScope();
        var image = Given.Input.ToTensor();
        var crops = Given
            .Cases.Where(c =>
                c.Op == "resized-crop" && c.Number("size") == 16 && c.Params.GetProperty("interpolation").GetString() == "bicubic"
            )
            .ToArray();
        var resized = Resampling.Resize(
            image.unsqueeze(0).expand(crops.Length, -1, -1, -1),
            [.. crops.Select(BoxOf)],
            new bool[crops.Length],
            16,
            16,
            Interpolation.Bicubic
        );
        var blurs = Given.Cases.Where(c => c.Op is "hue").ToArray();
        var turned = Colour.TurnHue(image.unsqueeze(0).expand(blurs.Length, -1, -1, -1), [.. blurs.Select(c => (float)c.Number("factor"))]);
        var blends = Given.Cases.Where(c => c.Op is "brightness" or "contrast" or "saturation").ToArray();
        var blended = image.unsqueeze(0).repeat(blends.Length, 1, 1, 1);
        Colour.Blend(
            blended,
            [.. blends.Select(c => (float)c.Number("factor"))],
            [.. blends.Select(c => Enum.Parse<ColourOperation>(c.Op, ignoreCase: true))]
        );

        Assert.HasCount(2, crops);
        foreach (var (cases, results) in new[] { (crops, resized), (blurs, turned), (blends, blended) })
        {
            for (var i = 0; i < cases.Length; i++)
                Assert.IsLessThan(Tolerance, (results[i] - tensor(cases[i].Output, cases[i].Shape)).abs().max().item<float>(), cases[i].Op);
        }
    }

    [TestMethod]
    public void Grey_images_keep_their_one_channel()
    {
        using var scope = NewDisposeScope();
        var grey = Given.Input.ToTensor().narrow(0, 0, 1).unsqueeze(0);
        var contrasted = grey.clone();
        Colour.Blend(contrasted, [0.5f], [ColourOperation.Contrast]);

        Assert.IsTrue(Colour.Greyscale(grey).equal(grey).all().item<bool>());
        Assert.IsTrue(contrasted.allclose((0.5 * grey) + (0.5 * grey.mean()), atol: 1e-6));
    }

    static Tensor Apply(Case given, Tensor images)
    {
        var count = (int)images.shape[0];
        float[] Each(string parameter) => [.. Enumerable.Repeat((float)given.Number(parameter), count)];
        switch (given.Op)
        {
            case "brightness" or "contrast" or "saturation":
                var blended = images.clone();
                Colour.Blend(
                    blended,
                    Each("factor"),
                    [.. Enumerable.Repeat(Enum.Parse<ColourOperation>(given.Op, ignoreCase: true), count)]
                );
                return blended;
            case "hue":
                return Colour.TurnHue(images, Each("factor"));
            case "greyscale":
                return Colour.Greyscale(images);
            case "hflip":
                return Resize(
                    images,
                    new Box(0, 0, (int)images.shape[2], (int)images.shape[3]),
                    flip: true,
                    images.shape[2],
                    images.shape[3],
                    Interpolation.Bicubic
                );
            case "solarize":
                return Colour.Solarise(images, given.Number("threshold"));
            case "gaussian-blur":
                return GaussianBlur.Apply(images, Each("sigma"), (int)given.Number("kernel"));
            case "resized-crop":
                var size = (long)given.Number("size");
                return Resize(
                    images,
                    BoxOf(given),
                    flip: false,
                    size,
                    size,
                    Enum.Parse<Interpolation>(given.Params.GetProperty("interpolation").GetString()!, ignoreCase: true)
                );
            default:
                throw new NotSupportedException(given.Op);
        }
    }

    static Tensor Resize(Tensor images, Box box, bool flip, long height, long width, Interpolation interpolation)
    {
        var count = (int)images.shape[0];
        return Resampling.Resize(
            images,
            [.. Enumerable.Repeat(box, count)],
            [.. Enumerable.Repeat(flip, count)],
            height,
            width,
            interpolation
        );
    }

    static Box BoxOf(Case given) =>
        new((int)given.Number("top"), (int)given.Number("left"), (int)given.Number("height"), (int)given.Number("width"));

    sealed record Fixture(Image Input, Case[] Cases);

    sealed record Image(long[] Shape, float[] Data)
    {
        public Tensor ToTensor() => tensor(Data, Shape);
    }

    sealed record Case(string Op, JsonElement Params, long[] Shape, float[] Output)
    {
        public double Number(string parameter) => Params.GetProperty(parameter).GetDouble();
    }
}

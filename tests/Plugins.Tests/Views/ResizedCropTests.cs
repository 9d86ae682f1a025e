using System.Text.Json.Nodes;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Training.Views.Tests;

[TestClass]
public sealed class ResizedCropTests
{
    [TestMethod]
    [DataRow(375, 500)]
    [DataRow(500, 333)]
    [DataRow(40, 40)]
    [DataRow(1, 900)]
    public void Parts_lie_within_the_image_and_have_the_areas_and_shapes_of_the_paper(int height, int width)
    {
        var drawn = Drawn(4000).Select(r => r(height, width)).ToArray();

        Assert.IsTrue(drawn.All(r => r.Top >= 0 && r.Left >= 0 && r.Top + r.Height <= height && r.Left + r.Width <= width));
        Assert.IsTrue(drawn.All(r => r is { Height: > 0, Width: > 0 }));
        Assert.AreEqual(0.5, drawn.Average(r => r.Mirrored ? 1.0 : 0), 0.03);
        if (height < 40)
            return;
        // Rounding to pixels moves both by little.
        Assert.IsTrue(drawn.All(r => (double)r.Width / r.Height is > 0.69 and < 1.45));
        var shares = drawn.Select(r => (double)r.Height * r.Width / height / width).ToArray();
        Assert.IsTrue(shares.All(s => s is > 0.07 and <= 1));
        Assert.IsGreaterThan(0.35, shares.Average());
        Assert.IsLessThan(0.56, shares.Average());
    }

    [TestMethod]
    public void The_whole_image_is_left_as_it_is_and_a_part_of_it_is_enlarged()
    {
        using var scope = NewDisposeScope();
        var images = randint(0, 256, [3, 3, 16, 16], ScalarType.Byte);
        var whole = Create(new() { ["crop-min"] = 1, ["flip"] = 0 }).Apply(images, new Generator(1));
        Assert.IsTrue(whole.mul(255).round().to(ScalarType.Byte).equal(images).all().item<bool>());

        // Columns that rise evenly rise more slowly in a part.
        var columns = arange(0, 256, 16, ScalarType.Byte).expand(8, 1, 16, 16);
        var parts = Create(new() { ["crop-max"] = 0.5, ["flip"] = 1 }).Apply(columns, new Generator(1));
        var range = parts.select(3, 0) - parts.select(3, 15);
        Assert.IsTrue(range.gt(0).all().item<bool>(), "mirrored");
        Assert.IsTrue(range.lt(0.87).all().item<bool>(), "a part");
    }

    private static IReadOnlyList<Func<int, int, Region>> Drawn(int images)
    {
        using var random = new Generator(1);
        return ((IRegional)Create([])).Regions(images, random);
    }

    private static IAugmentation Create(JsonObject options) =>
        TestedPlugins.Host.CreateAugmentation(new ComponentSpec { Id = "resized-crop", Options = options });
}

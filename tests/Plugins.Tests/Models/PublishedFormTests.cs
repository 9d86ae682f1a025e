using Sat.Records;
using Sat.Sdk;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sat.Models.Convolutional.Tests;

/// <summary>Against what is published of the networks.</summary>
[TestClass]
public sealed class PublishedFormTests
{
    [TestMethod]
    [DataRow("resnet18", "", 10, 11_173_962)]
    [DataRow("resnet34", "", 10, 21_282_122)]
    [DataRow("resnet18-imagenet", "", 1000, 11_689_512)]
    [DataRow("resnet34-imagenet", "", 1000, 21_797_672)]
    [DataRow("resnet50-imagenet", "", 1000, 25_557_032)]
    [DataRow("wrn", "", 10, 36_479_194)]
    [DataRow("wrn", "depth=34 widen-factor=10", 10, 46_160_474)]
    [DataRow("vgg16-bn", "", 11, 14_992_459)]
    public void Parameters_are_as_many_as_published(string id, string options, int outputs, int parameters)
    {
        using var scope = NewDisposeScope();
        using var model = Models.Classifier(id, outputs, Models.Options(options));

        Assert.AreEqual(parameters, Models.Parameters(model));
    }

    [TestMethod]
    [DataRow("resnet18", "width=16", 128)]
    [DataRow("resnet34", "width=1", 8)]
    [DataRow("resnet18-imagenet", "width=16", 128)]
    [DataRow("resnet50-imagenet", "width=2", 64)]
    [DataRow("wrn", "depth=16 widen-factor=4", 256)]
    [DataRow("vgg16-bn", "", 512)]
    [DataRow("small-conv", "width=16", 128)]
    public void Features_are_as_long_as_the_widest_stage(string id, string options, int features)
    {
        using var scope = NewDisposeScope();
        using var model = Models.Create(id, Models.Options(options));

        Assert.AreEqual(features, model.FeatureDimension);
        Assert.AreEqual(
            (model as IHasWidth)?.Width,
            options.StartsWith("width", StringComparison.Ordinal) ? Models.Options(options)["width"]!.GetValue<int>() : null
        );
    }

    [TestMethod]
    public void At_32_pixels_a_residual_network_pools_four_by_four()
    {
        using var scope = NewDisposeScope();
        using var model = Models.Create("resnet18", Models.Options("width=2"));
        model.eval();
        using var noGradient = no_grad();
        var images = Models.Images(Models.Cifar, 2);
        var children = model.named_children().ToDictionary(c => c.name, c => c.module);
        var stem = nn.functional.relu(((BatchNorm2d)children["bn1"]).forward(((Conv2d)children["conv1"]).forward(images)));
        var places = ((Sequential)children["blocks"]).forward(stem);

        CollectionAssert.AreEqual(new long[] { 2, 16, 4, 4 }, places.shape);
        Assert.IsTrue(nn.functional.avg_pool2d(places, 4).flatten(1).allclose(model.forward(images), atol: 1e-6));
    }

    [TestMethod]
    [DataRow("resnet18", 96, 12)]
    [DataRow("resnet18-imagenet", 224, 7)]
    [DataRow("resnet18-imagenet", 96, 3)]
    public void The_stem_decides_how_large_the_last_places_are(string id, int side, int places)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var shape = new ImageShape(3, side, side);
        using var model = Models.Create(id, Models.Options("width=2"), shape);
        model.eval();
        var images = Models.Images(shape, 2);
        var children = model.named_children().ToDictionary(c => c.name, c => c.module);

        var stem = nn.functional.relu(((BatchNorm2d)children["bn1"]).forward(((Conv2d)children["conv1"]).forward(images)));
        if (children.TryGetValue("pool", out var pool))
            stem = ((MaxPool2d)pool).forward(stem);
        var last = ((Sequential)children["blocks"]).forward(stem);

        CollectionAssert.AreEqual(new long[] { 2, 16, places, places }, last.shape);
        Assert.IsTrue(last.mean([2, 3]).allclose(model.forward(images), atol: 1e-6));
    }

    [TestMethod]
    [DataRow("resnet18", "")]
    [DataRow("resnet34", "")]
    [DataRow("resnet18-imagenet", "")]
    [DataRow("wrn", "depth=16 widen-factor=4")]
    [DataRow("vgg16-bn", "")]
    [DataRow("small-conv", "width=64")]
    public void Weights_begin_as_the_recipes_say(string id, string options)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var model = Models.Classifier(id, 10, Models.Options(options));

        foreach (var convolution in model.modules().OfType<Conv2d>().Where(c => c.weight!.numel() > 5000))
        {
            var weight = convolution.weight!;
            var deviation = Math.Sqrt(2.0 / (weight.shape[2] * weight.shape[3] * weight.shape[0]));
            Assert.AreEqual(1, weight.std().item<float>() / deviation, 0.05, "deviation of convolutions");
            Assert.AreEqual(0, weight.mean().item<float>() / deviation, 0.07, "mean of convolutions");
        }
        foreach (var norm in model.modules().OfType<BatchNorm2d>())
        {
            Assert.AreEqual(norm.weight!.numel(), norm.weight.sum().item<float>());
            Assert.AreEqual(0f, norm.bias!.abs().sum().item<float>());
        }
        var head = (Linear)model.Head;
        if (id == "vgg16-bn")
            Assert.AreEqual(0.01, head.weight!.std().item<float>(), 5e-4);
        else
            Assert.AreEqual(
                1 / Math.Sqrt(3 * head.weight!.shape[1]),
                head.weight.std().item<float>(),
                0.1 / Math.Sqrt(3 * head.weight.shape[1])
            );
        Assert.AreEqual(id is "vgg16-bn" or "wrn", head.bias!.abs().sum().item<float>() == 0);
    }

    [TestMethod]
    public void Vgg_drops_channels_and_hidden_units_where_the_recipe_says()
    {
        using var scope = NewDisposeScope();
        using var model = Models.Create("vgg16-bn");
        // A letter a layer: convolution, ReLU, batch normalisation, channel dropout and its tenths, pooling; then the classifier's.
        var layers = string.Concat(
            model
                .named_modules()
                .Select(m =>
                    m.module switch
                    {
                        Conv2d => "c",
                        ReLU => "r",
                        BatchNorm2d or BatchNorm1d => "b",
                        Dropout2d dropout => FormattableString.Invariant($"{dropout.p * 10:0}"),
                        MaxPool2d => "m ",
                        Linear => "| l",
                        Dropout dropout => FormattableString.Invariant($"{dropout.p * 10:0}"),
                        _ => "",
                    }
                )
        );

        Assert.AreEqual("crb3crbm crb4crbm crb4crb4crbm crb4crb4crbm crb4crb4crbm 5| lrb5", layers);
    }

    [TestMethod]
    [DataRow(3)]
    [DataRow(4)]
    [DataRow(27)]
    [DataRow(30)]
    public void A_depth_that_no_wide_residual_network_has_is_refused_with_a_sentence(int depth)
    {
        var error = Assert.ThrowsExactly<SatException>(() => Models.Create("wrn", Models.Options($"depth={depth}")));

        Assert.AreEqual(ExitCode.Planning, error.ExitCode);
        Assert.Contains($"no depth {depth}: it must be 4 more than a multiple of 6, such as", error.Message);
    }

    [TestMethod]
    [DataRow("resnet18", 7)]
    [DataRow("resnet18-imagenet", 31)]
    [DataRow("wrn", 7)]
    [DataRow("vgg16-bn", 28)]
    [DataRow("small-conv", 7)]
    public void Images_that_are_too_small_are_refused_with_a_sentence(string id, int side)
    {
        var error = Assert.ThrowsExactly<SatException>(() => Models.Create(id, shape: new ImageShape(1, side, side)));

        Assert.AreEqual(ExitCode.Planning, error.ExitCode);
        Assert.Contains($"these have {side}x{side}", error.Message);
    }
}

using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Models.Convolutional.Tests;

/// <summary>What methods and the engine rely on, for every backbone.</summary>
[TestClass]
public sealed class BackboneTests
{
    public static IEnumerable<object[]> Narrow =>
        [
            ["resnet18", "width=4"],
            ["resnet34", "width=2"],
            ["resnet18-imagenet", "width=4"],
            ["wrn", "depth=10 widen-factor=1"],
            ["vgg16-bn", ""],
            ["small-conv", "width=4"],
        ];

    public static IEnumerable<object[]> Sizes =>
        from model in Narrow
        from shape in new[]
        {
            new ImageShape(1, 8, 8),
            new ImageShape(1, 28, 28),
            new ImageShape(3, 32, 32),
            new ImageShape(3, 64, 64),
            new ImageShape(3, 33, 48),
        }
        where (string)model[0] is not ("vgg16-bn" or "resnet18-imagenet") || shape.Height >= 32
        select new object[] { model[0], model[1], shape.Channels, shape.Height, shape.Width };

    [TestMethod]
    [DynamicData(nameof(Sizes))]
    public void Any_image_becomes_features_and_outputs_in_training_and_evaluation(
        string id,
        string options,
        long channels,
        long height,
        long width
    )
    {
        using var scope = NewDisposeScope();
        var shape = new ImageShape(channels, height, width);
        using var model = Models.Classifier(id, 7, Models.Options(options), shape);
        var images = Models.Images(shape, 3);

        CollectionAssert.AreEqual(new[] { 3, model.Backbone.FeatureDimension }, model.Backbone.forward(images).shape);
        model.eval();
        CollectionAssert.AreEqual(new long[] { 3, 7 }, model.forward(images).shape);
    }

    [TestMethod]
    [DynamicData(nameof(Narrow))]
    public void Every_parameter_receives_a_gradient(string id, string options)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var model = Models.Classifier(id, 5, Models.Options(options));
        var labels = arange(8, dtype: ScalarType.Int64) % 5;

        nn.functional.cross_entropy(model.forward(Models.Images(Models.Cifar, 8)), labels).backward();

        foreach (var (name, parameter) in model.named_parameters())
        {
            Assert.IsTrue(parameter.requires_grad, name);
            Assert.IsGreaterThan(0, parameter.grad?.abs().sum().item<float>() ?? 0, name);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Narrow))]
    public void A_seed_decides_the_weights(string id, string options)
    {
        using var scope = NewDisposeScope();
        var first = Weights(id, options, seed: 1);

        Assert.IsTrue(first.equal(Weights(id, options, seed: 1)).all().item<bool>());
        Assert.IsFalse(first.equal(Weights(id, options, seed: 2)).all().item<bool>());
    }

    [TestMethod]
    [DynamicData(nameof(Narrow))]
    public void In_evaluation_mode_outputs_repeat_and_images_of_a_batch_do_not_mix(string id, string options)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var model = Models.Classifier(id, 5, Models.Options(options));
        var images = Models.Images(Models.Cifar, 4);
        model.forward(images);
        model.eval();
        var outputs = model.forward(images);

        Assert.IsTrue(outputs.equal(model.forward(images)).all().item<bool>());
        Assert.IsTrue(outputs.narrow(0, 1, 2).allclose(model.forward(images.narrow(0, 1, 2)), rtol: 1e-4, atol: 1e-5));
    }

    [TestMethod]
    [DynamicData(nameof(Narrow))]
    public void A_forward_and_backward_pass_leaves_images_unchanged_and_no_tensor_behind(string id, string options)
    {
        using var scope = NewDisposeScope();
        using var model = Models.Classifier(id, 5, Models.Options(options));
        var images = Models.Images(Models.Cifar, 2);
        var before = images.clone();
        long living = 0;
        for (var step = 0; step < 3; step++)
        {
            using (var stepScope = NewDisposeScope())
            {
                model.forward(images).sum().backward();
                model.zero_grad();
            }
            if (step == 0)
                living = Tensor.TotalCount;
        }

        Assert.AreEqual(living, Tensor.TotalCount);
        Assert.IsTrue(before.equal(images).all().item<bool>());
    }

    [TestMethod]
    [DataRow("resnet18")]
    [DataRow("resnet34")]
    [DataRow("resnet18-imagenet")]
    [DataRow("small-conv")]
    public void Twice_the_width_is_about_four_times_the_parameters(string id)
    {
        using var scope = NewDisposeScope();
        using var narrow = Models.Create(id, Models.Options("width=32"));
        using var wide = Models.Create(id, Models.Options("width=64"));

        Assert.AreEqual(4, (double)Models.Parameters(wide) / Models.Parameters(narrow), 0.1);
    }

    [TestMethod]
    [DynamicData(nameof(Narrow))]
    public void Weights_outlive_the_scope_a_model_was_made_in(string id, string options)
    {
        Classifier model;
        using (NewDisposeScope())
            model = Models.Classifier(id, 5, Models.Options(options));

        using var scope = NewDisposeScope();
        model.eval();
        CollectionAssert.AreEqual(new long[] { 1, 5 }, model.forward(Models.Images(Models.Cifar, 1)).shape);
        model.Dispose();
    }

    static Tensor Weights(string id, string options, int seed)
    {
        manual_seed(seed);
        using var model = Models.Classifier(id, 5, Models.Options(options));
        return cat([.. model.parameters().Select(p => p.detach().flatten())]);
    }
}

using Sat.Engine.Weights;
using Sat.Records;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Models.Convolutional.Tests;

/// <summary>Weights under the names of PyTorch's code bases, put into the models and computed with by hand.</summary>
[TestClass]
public sealed class PublishedWeightsTests
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"sat-{Guid.NewGuid():N}.safetensors");

    [TestCleanup]
    public void Delete() => File.Delete(_file);

    [TestMethod]
    [DataRow("resnet18-imagenet", new[] { 2, 2, 2, 2 }, 7, "downsample", "", "fc")]
    [DataRow("resnet34-imagenet", new[] { 3, 4, 6, 3 }, 7, "downsample", "module.", "fc")]
    [DataRow("resnet18", new[] { 2, 2, 2, 2 }, 3, "shortcut", "module.", "linear")]
    public void A_residual_networks_features_are_those_of_its_published_weights(
        string id,
        int[] stages,
        int stem,
        string shortcut,
        string prefix,
        string head
    )
    {
        using var scope = NewDisposeScope();
        const int width = 4;
        var published = new Published(prefix);
        published.Convolution("conv1", 3, width, stem);
        published.Norm("bn1", width);
        Blocks(stages, (name, inputs, outputs, _) =>
        {
            published.Convolution($"{name}.conv1", inputs, outputs, 3);
            published.Norm($"{name}.bn1", outputs);
            published.Convolution($"{name}.conv2", outputs, outputs, 3);
            published.Norm($"{name}.bn2", outputs);
            if (inputs != outputs)
            {
                published.Convolution($"{name}.{shortcut}.0", inputs, outputs, 1);
                published.Norm($"{name}.{shortcut}.1", outputs);
            }
        });
        published.Tensors[$"{prefix}{head}.weight"] = randn(1000, 8 * width);
        published.Tensors[$"{prefix}{head}.bias"] = randn(1000);

        var images = Models.Images(Models.Cifar, 2);
        var x = published.Norm("bn1", published.Convolution("conv1", images, stem == 7 ? 2 : 1)).relu();
        if (stem == 7)
            x = max_pool2d(x, 3, 2, 1);
        Blocks(stages, (name, inputs, outputs, stride) =>
        {
            var hidden = published.Norm($"{name}.bn1", published.Convolution($"{name}.conv1", x, stride)).relu();
            var residual = published.Norm($"{name}.bn2", published.Convolution($"{name}.conv2", hidden, 1));
            x = (
                residual
                + (inputs == outputs ? x : published.Norm($"{name}.{shortcut}.1", published.Convolution($"{name}.{shortcut}.0", x, stride)))
            ).relu();
        });

        using var model = Loaded(published, id, $"width={width}");
        Assert.IsTrue(x.mean([2, 3]).allclose(model.forward(images), rtol: 1e-4, atol: 1e-5));

        void Blocks(int[] counts, Action<string, int, int, int> visit)
        {
            var inputs = width;
            for (var stage = 0; stage < counts.Length; stage++)
            {
                for (var block = 0; block < counts[stage]; block++)
                {
                    visit($"layer{stage + 1}.{block}", inputs, width << stage, stage > 0 && block == 0 ? 2 : 1);
                    inputs = width << stage;
                }
            }
        }
    }

    /// <summary>Beside <see cref="NetworkParityTests"/>, which compares the outputs: each tensor finds its place by torchvision's
    /// name.</summary>
    [TestMethod]
    public void A_network_of_bottlenecks_takes_torchvisions_names()
    {
        using var scope = NewDisposeScope();
        const int width = 2;
        var published = new Published("");
        published.Convolution("conv1", 3, width, 7);
        published.Norm("bn1", width);
        var inputs = width;
        foreach (var (stage, count) in new[] { 3, 4, 6, 3 }.Index())
        {
            var (within, outputs) = (width << stage, 4 * width << stage);
            for (var block = 0; block < count; block++)
            {
                var name = $"layer{stage + 1}.{block}";
                foreach (var (number, from, to, side) in new[] { (1, inputs, within, 1), (2, within, within, 3), (3, within, outputs, 1) })
                {
                    published.Convolution($"{name}.conv{number}", from, to, side);
                    published.Norm($"{name}.bn{number}", to);
                }
                if (block == 0)
                {
                    published.Convolution($"{name}.downsample.0", inputs, outputs, 1);
                    published.Norm($"{name}.downsample.1", outputs);
                }
                inputs = outputs;
            }
        }
        published.Tensors["fc.weight"] = randn(1000, inputs);
        published.Tensors["fc.bias"] = randn(1000);

        using var model = Loaded(published, "resnet50-imagenet", $"width={width}");
        foreach (var (name, tensor) in published.Tensors.Where(t => !t.Key.StartsWith("fc.", StringComparison.Ordinal)))
            Assert.IsTrue(tensor.equal(model.state_dict()[((IPublishedNames)model).NameOf(name)]).all().item<bool>(), name);
    }

    [TestMethod]
    public void A_wide_residual_networks_features_are_those_of_its_published_weights()
    {
        using var scope = NewDisposeScope();
        var published = new Published("");
        published.Convolution("conv1", 3, 16, 3);
        var images = Models.Images(Models.Cifar, 2);
        var x = published.Convolution("conv1", images, 1);
        var inputs = 16;
        for (var stage = 0; stage < 3; stage++)
        {
            var (name, outputs) = ($"block{stage + 1}.layer.0", 32 << stage);
            published.Norm($"{name}.bn1", inputs);
            published.Convolution($"{name}.conv1", inputs, outputs, 3);
            published.Norm($"{name}.bn2", outputs);
            published.Convolution($"{name}.conv2", outputs, outputs, 3);
            published.Convolution($"{name}.convShortcut", inputs, outputs, 1);
            var stride = stage > 0 ? 2 : 1;
            var active = published.Norm($"{name}.bn1", x).relu();
            var hidden = published.Norm($"{name}.bn2", published.Convolution($"{name}.conv1", active, stride)).relu();
            x = published.Convolution($"{name}.conv2", hidden, 1) + published.Convolution($"{name}.convShortcut", active, stride);
            inputs = outputs;
        }
        published.Norm("bn1", inputs);
        using var model = Loaded(published, "wrn", "depth=10 widen-factor=2");
        Assert.IsTrue(published.Norm("bn1", x).relu().mean([2, 3]).allclose(model.forward(images), rtol: 1e-4, atol: 1e-5));
    }

    [TestMethod]
    public void Weights_of_a_run_of_this_tool_are_taken_up_and_half_precision_is_widened()
    {
        using var scope = NewDisposeScope();
        using var from = Models.Classifier("small-conv", 10, Models.Options("width=2"));
        using (var file = File.Create(_file))
            TensorFile.Write(
                file,
                from.state_dict()
                    .Select(s => KeyValuePair.Create(s.Key, s.Value.dtype == ScalarType.Float32 ? s.Value.bfloat16() : s.Value)),
                new Dictionary<string, string>()
            );
        using var to = Models.Create("small-conv", Models.Options("width=2"));
        BackboneWeights.Load(_file, to);
        var (before, after) = (from.Backbone.state_dict(), to.state_dict());
        foreach (var (name, tensor) in after)
        {
            Assert.AreEqual(before[name].dtype, tensor.dtype);
            Assert.IsTrue(
                tensor.equal(tensor.dtype == ScalarType.Float32 ? before[name].bfloat16().@float() : before[name]).all().item<bool>(),
                name
            );
        }
    }

    [TestMethod]
    public void Of_several_backbones_in_a_runs_file_the_one_it_names_is_taken()
    {
        using var scope = NewDisposeScope();
        using var online = Models.Create("small-conv", Models.Options("width=2"));
        using var momentum = Models.Create("small-conv", Models.Options("width=2"));
        using (var file = File.Create(_file))
        {
            TensorFile.Write(
                file,
                momentum
                    .state_dict()
                    .Select(s => KeyValuePair.Create("momentum.backbone." + s.Key, s.Value))
                    .Concat(online.state_dict().Select(s => KeyValuePair.Create("online.backbone." + s.Key, s.Value))),
                new Dictionary<string, string> { ["backbone"] = "online.backbone" }
            );
        }
        using var to = Models.Create("small-conv", Models.Options("width=2"));
        BackboneWeights.Load(_file, to);
        Assert.IsTrue(to.state_dict()["layers.0.weight"].equal(online.state_dict()["layers.0.weight"]).all().item<bool>());
    }

    [TestMethod]
    public void Weights_of_another_model_width_or_form_are_refused_in_a_sentence()
    {
        using var scope = NewDisposeScope();
        using var small = Models.Create("small-conv", Models.Options("width=2"));
        using (var file = File.Create(_file))
            TensorFile.Write(file, small.state_dict(), new Dictionary<string, string>());
        Refused("small-conv", "width=3", "its layers.0.weight is [2, 3, 3, 3], but that of 'small-conv' is [3, 3, 3, 3]");
        Refused("resnet18", "width=2", "it lacks 100 of the 100 tensors of 'resnet18' (conv1.weight, ");
        File.WriteAllText(_file, "no weights");
        Refused("small-conv", "width=2", "Give a whole .safetensors file.");

        void Refused(string id, string options, string why)
        {
            using var model = Models.Create(id, Models.Options(options));
            var error = Assert.ThrowsExactly<SatException>(() => BackboneWeights.Load(_file, model));
            Assert.AreEqual(ExitCode.Environment, error.ExitCode);
            Assert.Contains(_file, error.Message);
            Assert.Contains(why, error.Message);
        }
    }

    private Backbone Loaded(Published published, string id, string options)
    {
        using (var file = File.Create(_file))
            TensorFile.Write(file, published.Tensors, new Dictionary<string, string>());
        var model = Models.Create(id, Models.Options(options));
        BackboneWeights.Load(_file, model);
        model.eval();
        return model;
    }

    /// <summary>Tensors as a PyTorch module would hold them, and what its layers do in evaluation.</summary>
    private sealed class Published(string prefix)
    {
        public Dictionary<string, Tensor> Tensors { get; } = [];

        public void Convolution(string name, int inputs, int outputs, int side) =>
            Tensors[$"{prefix}{name}.weight"] = randn(outputs, inputs, side, side) / Math.Sqrt(inputs * side * side);

        public void Norm(string name, int channels)
        {
            Tensors[$"{prefix}{name}.weight"] = rand(channels) + 0.5;
            Tensors[$"{prefix}{name}.bias"] = randn(channels);
            Tensors[$"{prefix}{name}.running_mean"] = randn(channels);
            Tensors[$"{prefix}{name}.running_var"] = rand(channels) + 0.5;
        }

        public Tensor Convolution(string name, Tensor x, int stride)
        {
            var weight = Tensors[$"{prefix}{name}.weight"];
            var padding = weight.shape[2] / 2;
            return conv2d(x, weight, strides: [stride, stride], padding: [padding, padding]);
        }

        public Tensor Norm(string name, Tensor x)
        {
            Tensor Of(string part) => Tensors[$"{prefix}{name}.{part}"].view(1, -1, 1, 1);
            return (x - Of("running_mean")) / (Of("running_var") + 1e-5).sqrt() * Of("weight") + Of("bias");
        }
    }
}

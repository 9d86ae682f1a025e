using System.Text.Json;
using Sat.Engine.Weights;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Datasets.Tests;

/// <summary>From photos in folders to features, by weights in a file: against torchvision's transforms and its ResNet-50 in float64.
/// <c>Fixtures/imagenet/features.py</c> says which weights.</summary>
[TestClass]
public sealed class ImageNetFeaturesTests
{
    private sealed record Trace(string[] Photos, JsonElement[][] State, float[][] Features, float[] Means);

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower };

    [TestMethod]
    public void Photos_have_the_features_that_torchvision_finds_with_the_same_weights()
    {
        var expected = JsonSerializer.Deserialize<Trace>(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "imagenet", "features.json")),
            Json
        )!;
        using var folder = new TemporaryFolder();
        SharedData.Unpack("imagenet-sample.tar", Directory.CreateDirectory(folder.At("sample")).FullName);
        foreach (var photo in expected.Photos)
        {
            foreach (var split in new[] { "train", "val" })
                folder.Write($"{split}/{photo}", File.ReadAllBytes(folder.At($"sample/{photo}")));
        }
        using var dataset = Datasets.Published("imagenet", folder.Path);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var file = folder.At("resnet50.safetensors");
        using (var stream = File.Create(file))
            TensorFile.Write(stream, expected.State.Index().Select(e => Entry(e.Index, e.Item)), new Dictionary<string, string>());
        using var model = Sat.Models.Convolutional.Tests.Models.Create("resnet50-imagenet", shape: new ImageShape(3, 224, 224));
        BackboneWeights.Load(file, model);
        model.eval();

        var (mean, deviation) = (Channels(dataset.Normalization!.Mean), Channels(dataset.Normalization.Deviation));
        var bytes = ((IStreamedSplit)dataset.Test).Read([0, 1, 2]);
        var images = ((bytes.to(float32) / 255) - mean) / deviation;
        var features = model.forward(images);

        for (var photo = 0; photo < 3; photo++)
        {
            Assert.AreEqual(expected.Means[photo], features[photo].mean().item<float>(), 1e-3);
            var found = features[photo].index(arange(0, 2048, 16)).data<float>().ToArray();
            foreach (var (value, at) in expected.Features[photo].Select((v, i) => (v, i)))
                Assert.AreEqual(value, found[at], 0.01, $"photo {photo}, feature {16 * at}");
        }
    }

    private static Tensor Channels(IReadOnlyList<double> values) => tensor([.. values.Select(v => (float)v)]).view(1, -1, 1, 1);

    private static KeyValuePair<string, Tensor> Entry(int number, JsonElement[] described)
    {
        var name = described[0].GetString()!;
        long[] shape = [.. described[1].EnumerateArray().Select(s => s.GetInt64())];
        if (name.EndsWith("num_batches_tracked", StringComparison.Ordinal))
            return new(name, zeros(shape, int64));
        var wave = (0.37 * arange(shape.Aggregate(1L, (a, b) => a * b), dtype: float64) + 1.3 * number).sin().view(shape);
        var value =
            shape.Length > 1 ? wave * Math.Sqrt(2.0 / shape.Skip(1).Aggregate(1L, (a, b) => a * b))
            : name.EndsWith("running_var", StringComparison.Ordinal) ? 1 + 0.5 * wave
            : name.EndsWith("running_mean", StringComparison.Ordinal) ? 0.1 * wave
            : 0.5 + 0.2 * wave;
        return new(name, value.to(float32));
    }
}

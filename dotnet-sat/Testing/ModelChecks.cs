using System.Text.Json.Nodes;
using Sat.Records.Components;
using TorchSharp;
using static TorchSharp.torch;

namespace Sat.Sdk.Testing;

/// <summary>What the contracts promise of a model, each as a check that throws <see cref="ConformanceException"/>.</summary>
/// <param name="plugin">The plugin.</param>
/// <param name="id">The model's id.</param>
/// <param name="options">Option name to value.</param>
/// <param name="shape">Shape of the images that it is tried on.</param>
public sealed class ModelChecks(PluginUnderTest plugin, string id, JsonObject? options, ImageShape shape)
{
    private const int BatchSize = 6;

    /// <summary>Features are float32 [batch, F], in training and evaluation mode, for images in any order of memory.</summary>
    public void FeaturesHaveTheStatedShape()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var backbone = Create(seed: 1);
        var images = Images();
        foreach (var given in new[] { images, images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) })
        {
            foreach (var training in new[] { true, false })
            {
                backbone.train(training);
                var features = backbone.call(given);
                ConformanceException.Require(
                    features.dtype == ScalarType.Float32 && features.shape.SequenceEqual([BatchSize, backbone.FeatureDimension]),
                    $"features are {features.dtype} [{string.Join(", ", features.shape)}] instead of float32 [{BatchSize}, {backbone.FeatureDimension}]"
                );
            }
        }
        var outputs = backbone.CreateHead(7).call(backbone.call(images));
        ConformanceException.Require(
            outputs.shape.SequenceEqual([BatchSize, 7]),
            $"a head of 7 outputs gives [{string.Join(", ", outputs.shape)}] instead of [{BatchSize}, 7]"
        );
    }

    /// <summary>In evaluation mode an image's features do not depend on the others of its batch.</summary>
    public void EvaluationLooksAtEachImageAlone()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var backbone = Create(seed: 1);
        backbone.eval();
        var images = Images();
        var together = backbone.call(images).narrow(0, 0, 1);
        var alone = backbone.call(images.narrow(0, 0, 1));
        ConformanceException.Require(
            together.allclose(alone, rtol: 1e-3, atol: 1e-4),
            "in evaluation mode an image has other features beside other images: something still normalises by the batch, or drops out"
        );
    }

    /// <summary>Equal seeds give equal weights, and others give others.</summary>
    public void TheSeedDecidesTheWeights()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var one = Create(seed: 1);
        using var same = Create(seed: 1);
        using var other = Create(seed: 2);
        ConformanceException.Require(
            Equal(one, same),
            "two backbones of one seed have unlike weights: draw from torch's global generator alone"
        );
        ConformanceException.Require(
            !one.parameters().Any() || !Equal(one, other),
            "backbones of unlike seeds have equal weights: initialise them from torch's global generator"
        );
    }

    private static bool Equal(Backbone one, Backbone other) =>
        one.parameters().Zip(other.parameters()).All(p => p.First.equal(p.Second).all().ToBoolean());

    private Backbone Create(long seed)
    {
        manual_seed(seed);
        return plugin.Host.CreateModel(plugin.Component(ComponentKind.Model, id, options).Spec, new ModelContext(shape));
    }

    private Tensor Images() => randn([BatchSize, shape.Channels, shape.Height, shape.Width], generator: new Generator(1));
}

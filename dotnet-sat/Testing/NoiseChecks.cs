using System.Text.Json.Nodes;
using Sat.Records.Components;
using Sat.Records.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Sat.Sdk.Testing;

/// <summary>What the contracts promise of a noise, each as a check that throws <see cref="ConformanceException"/>.</summary>
/// <param name="plugin">The plugin.</param>
/// <param name="id">The noise's id.</param>
/// <param name="options">Option name to value.</param>
public sealed class NoiseChecks(PluginUnderTest plugin, string id, JsonObject? options = null)
{
    private const int Samples = 400;
    private const int Classes = 5;

    /// <summary>Labels stay int64 of the classes at hand, images uint8 of their shape, and what it was given is unchanged.</summary>
    public void ItKeepsShapesAndWhatItWasGiven()
    {
        using var scope = NewDisposeScope();
        var (labels, images) = Given();
        var (labelsBefore, imagesBefore) = (labels.clone(), images.clone());
        var result = Apply(labels, images, seed: 1);
        ConformanceException.Require(
            labels.equal(labelsBefore).all().ToBoolean() && images.equal(imagesBefore).all().ToBoolean(),
            "it changes the labels or images that it is given: return others"
        );
        if (result.Labels is { } noisy)
        {
            ConformanceException.Require(
                noisy.dtype == ScalarType.Int64 && noisy.shape.SequenceEqual(labels.shape),
                $"its labels are {noisy.dtype} [{string.Join(", ", noisy.shape)}] instead of int64 [{Samples}]"
            );
            ConformanceException.Require(
                noisy.min().ToInt64() >= 0 && noisy.max().ToInt64() < Classes,
                $"its labels are from {noisy.min().ToInt64()} to {noisy.max().ToInt64()}, but there are {Classes} classes"
            );
        }
        if (result.Images is { } corrupted)
            ConformanceException.Require(
                corrupted.dtype == ScalarType.Byte && corrupted.shape.SequenceEqual(images.shape),
                $"its images are {corrupted.dtype} [{string.Join(", ", corrupted.shape)}] instead of uint8 [{string.Join(", ", images.shape)}]"
            );
    }

    /// <summary>The noise's generator alone decides what it draws.</summary>
    public void TheSameSeedGivesTheSameNoise()
    {
        using var scope = NewDisposeScope();
        var (labels, images) = Given();
        var one = Apply(labels, images, seed: 1);
        rand(10);
        var other = Apply(labels, images, seed: 1);
        ConformanceException.Require(
            Same(one.Labels, other.Labels) && Same(one.Images, other.Images),
            "the same seed gives other noise: draw from the context's Generator alone"
        );
    }

    private static bool Same(Tensor? one, Tensor? other) =>
        (one, other) is (null, null) || (one is { } a && other is { } b && a.equal(b).all().ToBoolean());

    private static (Tensor Labels, Tensor Images) Given() =>
        (
            arange(Samples, ScalarType.Int64).remainder(Classes),
            randint(0, 256, [Samples, 3, 8, 8], ScalarType.Byte, generator: new Generator(3))
        );

    private NoiseResult Apply(Tensor labels, Tensor images, ulong seed)
    {
        var component = plugin.Component(ComponentKind.Noise, id, options);
        var reads = plugin.Host.Catalog.Find(ComponentKind.Noise, id)!.Schema.Reads;
        return plugin.Host.ApplyNoise(
            component.Spec,
            component.Paths,
            new NoiseContext
            {
                Labels = labels,
                Images = images,
                Classes = [.. Enumerable.Range(0, Classes).Select(k => $"class {k}")],
                Normalization = null,
                Generator = new Generator(seed),
                Files = component.Paths.ToDictionary(p => p.Key, p => DataFiles.At(id, p.Value, reads)),
            }
        );
    }
}

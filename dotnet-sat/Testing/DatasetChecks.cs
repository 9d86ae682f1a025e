using System.Text.Json.Nodes;
using Sat.Records.Components;
using Sat.Records.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Sat.Sdk.Testing;

/// <summary>What the contracts promise of a dataset, each as a check that throws <see cref="ConformanceException"/>.</summary>
/// <param name="plugin">The plugin.</param>
/// <param name="id">The dataset's id.</param>
/// <param name="options">Option name to value, with paths as texts.</param>
public sealed class DatasetChecks(PluginUnderTest plugin, string id, JsonObject? options = null)
{
    /// <summary>Images have the stated shape, labels the stated classes, and there are as many of both.</summary>
    public void ImagesAndLabelsAreAsStated()
    {
        using var dataset = Open();
        foreach (var (name, split) in new[] { ("train", dataset.Train), ("test", dataset.Test) })
        {
            if (split == dataset.Train && split.Count == 0 && IsForEvaluations)
                continue;
            ConformanceException.Require(split.Count > 0, $"the {name} split has no images");
            using var scope = NewDisposeScope();
            var images = Read(split, [0, split.Count - 1]);
            long[] shape = [2, dataset.Shape.Channels, dataset.Shape.Height, dataset.Shape.Width];
            ConformanceException.Require(
                images.dtype == ScalarType.Byte && images.shape.SequenceEqual(shape),
                $"two images of the {name} split are {images.dtype} [{string.Join(", ", images.shape)}] instead of uint8 [{string.Join(", ", shape)}]"
            );
            if (split.Labels is not { } labels)
                continue;
            ConformanceException.Require(
                labels.dtype == ScalarType.Int64 && labels.shape.SequenceEqual([split.Count]),
                $"the labels of the {name} split are {labels.dtype} [{string.Join(", ", labels.shape)}] instead of int64 [{split.Count}]"
            );
            var (least, most) = (labels.min().ToInt64(), labels.max().ToInt64());
            ConformanceException.Require(
                least >= 0 && most < dataset.Classes.Count,
                $"the labels of the {name} split are from {least} to {most}, but there are {dataset.Classes.Count} classes"
            );
        }
    }

    /// <summary>Opened twice, it gives the same images in the same order.</summary>
    public void ItGivesTheSameTwice()
    {
        using var one = Open();
        using var other = Open();
        foreach (var (name, a, b) in new[] { ("train", one.Train, other.Train), ("test", one.Test, other.Test) })
        {
            using var scope = NewDisposeScope();
            ConformanceException.Require(a.Count == b.Count, $"the {name} split has {a.Count} images, and {b.Count} when opened again");
            if (a.Count == 0)
                continue;
            long[] some = [.. Enumerable.Range(0, (int)Math.Min(a.Count, 256)).Select(i => i * a.Count / Math.Min(a.Count, 256))];
            ConformanceException.Require(
                Read(a, some).equal(Read(b, some)).all().ToBoolean(),
                $"the {name} split gives other images when it is opened again"
            );
            ConformanceException.Require(
                (a.Labels, b.Labels) is (null, null) || (a.Labels is { } x && b.Labels is { } y && x.equal(y).all().ToBoolean()),
                $"the {name} split gives other labels when it is opened again"
            );
        }
    }

    /// <summary>The training set is not sorted by class: subsets are taken from its front, validation images from its end.</summary>
    public void TheOrderSaysNothingOfTheClasses()
    {
        using var dataset = Open();
        if (dataset.Train.Labels is not { } labels || dataset.Classes.Count < 2 || dataset.Train.Count < 4 * dataset.Classes.Count)
            return;
        using var scope = NewDisposeScope();
        var sorted = labels.sort().Values;
        ConformanceException.Require(
            !labels.equal(sorted).all().ToBoolean(),
            "the training set is sorted by class, so that its first images are all of one: shuffle it once, by a fixed seed"
        );
    }

    /// <summary>True of a dataset that says it has test images alone.</summary>
    private bool IsForEvaluations => plugin.Host.Catalog.Find(ComponentKind.Dataset, id)!.Schema.TrainingSamples == 0;

    private IDataset Open()
    {
        var component = plugin.Component(ComponentKind.Dataset, id, options);
        var files = DataFiles.None;
        if (component.Paths.TryGetValue("path", out var path))
        {
            var schema = plugin.Host.Catalog.Find(ComponentKind.Dataset, id)!.Schema;
            files = schema.Data is { } layout ? DataFiles.Find(id, layout, path) : DataFiles.At(id, path, schema.Reads);
        }
        return plugin.Host.OpenDataset(component.Spec, component.Paths, new DatasetContext(files));
    }

    private static Tensor Read(ISplit split, long[] indices) =>
        split switch
        {
            ResidentSplit resident => resident.Images.index_select(0, tensor(indices)),
            IStreamedSplit streamed => streamed.Read(indices),
            _ => throw new ConformanceException($"{split.GetType().Name} is neither a ResidentSplit nor an IStreamedSplit"),
        };
}

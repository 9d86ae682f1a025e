using System.Text.Json.Nodes;
using Sat.Records.Arrays;
using Sat.Records.Components;
using Sat.Records.Data;
using Sat.Records.Specs;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Noise.Tests;

/// <summary>Short ways to apply a noise.</summary>
static class Noises
{
    public static readonly string[] Cifar10 = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>Labels 0, 1, ..., K - 1, 0, 1, ... through a scrambling, so that they are not in step with positions.</summary>
    public static long[] Labels(int n, int classes) => [.. Enumerable.Range(0, n).Select(i => (i * 7919L + i / classes) % classes)];

    public static string[] Numbered(int classes) => [.. Enumerable.Range(0, classes).Select(k => $"class {k}")];

    /// <summary>The labels that a noise gives.</summary>
    public static long[] NoisyLabels(
        string id,
        JsonObject options,
        long[] labels,
        IReadOnlyList<string> classes,
        ulong seed,
        DataFiles? path = null,
        long? whole = null,
        IReadOnlyList<string>? sampleFiles = null,
        bool inFileOrder = true
    )
    {
        using var scope = NewDisposeScope();
        var clean = tensor(labels, ScalarType.Int64);
        var result = Apply(
            id,
            options,
            new NoiseContext
            {
                Labels = clean,
                WholeTrainingSet = whole,
                SampleFiles = sampleFiles,
                SamplesAreInFileOrder = inFileOrder,
                Images = null,
                Classes = classes,
                Normalization = null,
                Generator = new Generator(seed),
                Files = path is null ? [] : new Dictionary<string, DataFiles> { ["path"] = path },
            }
        );
        CollectionAssert.AreEqual(labels, clean.data<long>().ToArray(), "the true labels must stay");
        Assert.IsNull(result.Images);
        Assert.IsNull(result.CorruptedImages);
        return (result.Labels ?? clean).data<long>().ToArray();
    }

    public static NoiseResult CorruptImages(
        string id,
        JsonObject options,
        Tensor images,
        ulong seed,
        Normalization? normalization = null,
        DataFiles? pattern = null
    ) =>
        Apply(
            id,
            options,
            new NoiseContext
            {
                Labels = zeros(images.shape[0], ScalarType.Int64),
                Images = images,
                Classes = Cifar10,
                Normalization = normalization,
                Generator = new Generator(seed),
                Files = pattern is null ? [] : new Dictionary<string, DataFiles> { ["pattern"] = pattern },
            }
        );

    public static NoiseResult Apply(string id, JsonObject options, NoiseContext context) =>
        TestedPlugins.Host.ApplyNoise(
            new ComponentSpec
            {
                Id = id,
                Revision = TestedPlugins.Host.Catalog.Find(ComponentKind.Noise, id)?.Schema.Revision ?? 1,
                Options = options,
            },
            context.Files.ToDictionary(f => f.Key, f => f.Value.Location),
            context
        );

    /// <summary>A .npy file with a vector.</summary>
    public static DataFiles Save<T>(string folder, ReadOnlySpan<T> values, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        var path = Path.Combine(folder, "saved.npy");
        using (var file = File.Create(path))
            Npy.Write(file, values, shape.IsEmpty ? [values.Length] : shape);
        return DataFiles.At("noise", path);
    }
}

using Sat.Records.Portraits;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Engine.Data;

/// <summary>A part of a dataset, read image by image.</summary>
/// <param name="name">Its name: one of <see cref="SplitPortrait"/>'s.</param>
/// <param name="split">Its images.</param>
/// <param name="dataset">Whose part it is.</param>
public sealed class DatasetPart(string name, ISplit split, IDataset dataset)
{
    /// <summary>Bytes of pixels that are read together.</summary>
    private const long AtOnce = 32_000_000;

    private readonly IReadOnlyList<string>? _files = (split as IHasSampleFiles)?.Files;

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>How many images it has.</summary>
    public long Count => split.Count;

    /// <summary>The class of each image; null: they have no labels.</summary>
    public IReadOnlyList<long>? Labels { get; } = split.Labels?.data<long>().ToArray();

    /// <summary>An image's place.</summary>
    /// <param name="index">Its position in the part.</param>
    public SamplePlace Place(long index) =>
        new(name, index, _files?[(int)index], Labels is { } labels ? dataset.Classes[(int)labels[(int)index]] : null);

    /// <summary>All images in order, each as bytes [channels, height, width] that hold until the next is asked for.</summary>
    /// <param name="stop">Asks it to stop.</param>
    public IEnumerable<ReadOnlyMemory<byte>> Images(CancellationToken stop)
    {
        var bytes = (int)(dataset.Shape.Channels * dataset.Shape.Height * dataset.Shape.Width);
        using var source = ImageSource.From(split, split.Count, CPU);
        var atOnce = Math.Max(1, AtOnce / bytes);
        var pixels = Array.Empty<byte>();
        for (long start = 0; start < split.Count; start += atOnce)
        {
            stop.ThrowIfCancellationRequested();
            var count = Math.Min(atOnce, split.Count - start);
            Array.Resize(ref pixels, (int)count * bytes);
            using (NewDisposeScope())
                source.Fetch(start, count).contiguous().bytes.CopyTo(pixels);
            for (var i = 0; i < count; i++)
                yield return pixels.AsMemory(i * bytes, bytes);
        }
    }
}

using System.IO.Compression;
using Sat.Records.Arrays;
using static TorchSharp.torch;

namespace Sat.Benchmarks.Subjects;

/// <summary>The images that all subjects train on.</summary>
/// <param name="Images">uint8 [n, channels, height, width].</param>
/// <param name="Labels">int64 [n].</param>
internal sealed record RandomImages(Tensor Images, Tensor Labels)
{
    /// <summary>Reads a split.</summary>
    /// <param name="path">A NumPy archive.</param>
    /// <param name="split"><c>train</c> or <c>test</c>.</param>
    /// <param name="count">The first so many.</param>
    public static RandomImages Read(string path, string split, int count)
    {
        using var zip = ZipFile.OpenRead(path);
        var (images, labels) = (Read(zip, $"x_{split}.npy"), Read(zip, $"y_{split}.npy"));
        using var scope = NewDisposeScope();
        return new RandomImages(
            tensor(images.Bytes, images.Shape.ToArray()).narrow(0, 0, count).permute(0, 3, 1, 2).contiguous().MoveToOuterDisposeScope(),
            tensor(labels.ToInt64()).narrow(0, 0, count).contiguous().MoveToOuterDisposeScope()
        );
    }

    private static NpyArray Read(ZipArchive zip, string name)
    {
        using var entry = zip.GetEntry(name)!.Open();
        return Npy.Read(entry);
    }
}

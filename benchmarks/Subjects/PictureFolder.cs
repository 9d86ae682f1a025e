using System.Globalization;
using Sat.Benchmarks.Groups;
using Sat.Sdk;
using SkiaSharp;
using static TorchSharp.torch;

namespace Sat.Benchmarks.Subjects;

/// <summary>A folder of JPEGs that are decoded, by all processors, when they are asked for: 32x32 in three colours, with labels of ten classes.</summary>
/// <param name="folder">The folder.</param>
internal sealed class PictureFolder(string folder) : IStreamedSplit, IDisposable
{
    public const int Classes = 10;
    public const int Side = 32;

    // Details a picture has a side, from which its pixels are interpolated: noise of pixels would be hardly compressed.
    private const int Details = 12;

    private readonly string[] _files = [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)];
    private Tensor? _labels;

    public long Count => _files.Length;

    public Tensor Labels => _labels ??= arange(_files.Length, ScalarType.Int64).remainder(Classes).DetachFromDisposeScope();

    Tensor? ISplit.Labels => Labels;

    /// <summary>Writes the pictures of a case.</summary>
    /// <returns>The folder.</returns>
    public static string Write(string folder, StreamedCase given)
    {
        Directory.CreateDirectory(folder);
        var random = new Random(1);
        var large = new SKImageInfo(given.Side, given.Side);
        for (var i = 0; i < given.Samples; i++)
        {
            using var details = new SKBitmap(Details, Details);
            details.Pixels = [.. Enumerable.Range(0, Details * Details).Select(_ => new SKColor((uint)random.Next() | 0xFF000000))];
            using var picture = details.Resize(large, new SKSamplingOptions(SKFilterMode.Linear));
            using var file = File.Create(Path.Combine(folder, i.ToString("00000", CultureInfo.InvariantCulture) + ".jpg"));
            picture.Encode(file, SKEncodedImageFormat.Jpeg, 90);
        }
        return folder;
    }

    public Tensor Read(ReadOnlySpan<long> indices)
    {
        var files = indices.ToArray().Select(i => _files[i]).ToArray();
        var images = new byte[files.Length * 3 * Side * Side];
        Parallel.For(0, files.Length, i => Decode(files[i], images.AsSpan(i * 3 * Side * Side, 3 * Side * Side)));
        return tensor(images, [files.Length, 3, Side, Side]);
    }

    public void Dispose() => _labels?.Dispose();

    private static void Decode(string file, Span<byte> planes)
    {
        using var picture = SKBitmap.Decode(file);
        using var small = picture.Resize(new SKImageInfo(Side, Side), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        var pixels = small.Pixels;
        for (var i = 0; i < pixels.Length; i++)
            (planes[i], planes[pixels.Length + i], planes[2 * pixels.Length + i]) = (pixels[i].Red, pixels[i].Green, pixels[i].Blue);
    }
}

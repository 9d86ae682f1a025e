using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace Sat.Datasets.Files;

/// <summary>Decodes what Skia knows (JPEG, PNG, GIF, BMP, WebP), whatever the file is called.</summary>
static class ImageDecoder
{
    // The host has SkiaSharp too, as TorchSharp's dependency, but not its native library: that one comes with this plugin.
    static ImageDecoder()
    {
        var resolver = new System.Runtime.Loader.AssemblyDependencyResolver(Assembly.GetExecutingAssembly().Location);
        if (typeof(SKCodec).Assembly.Location == resolver.ResolveAssemblyToPath(typeof(SKCodec).Assembly.GetName()))
            return;
        NativeLibrary.SetDllImportResolver(typeof(SKCodec).Assembly, (name, _, _) =>
            resolver.ResolveUnmanagedDllToPath(name) is { } path ? NativeLibrary.Load(path) : IntPtr.Zero);
    }

    /// <summary>Pixels of an image that are decoded where nobody says otherwise: half a gibibyte.</summary>
    public const long DefaultMaxPixels = 1L << 27;

    /// <summary>Pixels whose bytes still fit into one array.</summary>
    public const long LargestMaxPixels = 0x7FFFFFC7 / BytesPerPixel;

    private const int BytesPerPixel = 4;

    /// <summary>Images from here on are decoded one at a time, however many threads there are.</summary>
    private const long Large = 1L << 24;

    /// <summary>What a file may have beside its pixels: metadata, the frames of an animation.</summary>
    private const long Surplus = 64L << 20;

    private static readonly Lock OneLarge = new();

    /// <summary>Decodes an image, upright, without its transparency.</summary>
    /// <param name="content">The file.</param>
    /// <param name="maxPixels">An image with more is refused before any memory is taken for it; at most <see cref="LargestMaxPixels"/>.</param>
    /// <exception cref="InvalidDataException">It is no image that is known here, damaged, or too large.</exception>
    public static RgbImage Decode(Stream content, long maxPixels = DefaultMaxPixels)
    {
        // A file states any size it likes, so sizes are 64 bits wide until they are known to be small.
        if (content.Length > Math.Min(maxPixels * 2 * BytesPerPixel + Surplus, int.MaxValue))
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"the file has {content.Length} bytes, more than an image of {maxPixels} pixels, the limit of 'max-pixels', needs"));
        using var data = SKData.Create(content) ?? throw new InvalidDataException("it is empty");
        using var codec = SKCodec.Create(data) ?? throw new InvalidDataException("it is no image of a known format");
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (width <= 0 || height <= 0)
            throw new InvalidDataException("it has no pixels");
        var pixels = (long)width * height;
        if (pixels > Math.Min(maxPixels, LargestMaxPixels))
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"it states {width} x {height} pixels, more than the {maxPixels} that are decoded: raise 'max-pixels' if it is meant to be so large"));
        }
        if (pixels < Large)
            return Decode(codec, width, height);
        lock (OneLarge)
            return Decode(codec, width, height);
    }

    private static unsafe RgbImage Decode(SKCodec codec, int width, int height)
    {
        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        var rgba = new byte[(long)width * height * BytesPerPixel];
        fixed (byte* pixels = rgba)
        {
            var result = codec.GetPixels(info, (IntPtr)pixels, width * BytesPerPixel, SKCodecOptions.Default);
            if (result != SKCodecResult.Success)
                throw new InvalidDataException(result == SKCodecResult.IncompleteInput ? "it is cut off" : $"it is damaged ({result})");
        }
        return new RgbImage(rgba, width, height).Upright(codec.EncodedOrigin);
    }
}

using System.Reflection;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace Sat.Datasets.Files.Decoders;

/// <summary>Decodes what Skia knows: JPEG, PNG, GIF, BMP, WebP.</summary>
static class SkiaDecoder
{
    // The host has SkiaSharp too, as TorchSharp's dependency, but not its native library: that one comes with this plugin.
    static SkiaDecoder()
    {
        var resolver = new System.Runtime.Loader.AssemblyDependencyResolver(Assembly.GetExecutingAssembly().Location);
        if (typeof(SKCodec).Assembly.Location == resolver.ResolveAssemblyToPath(typeof(SKCodec).Assembly.GetName()))
            return;
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(SKCodec).Assembly, (name, _, _) =>
                resolver.ResolveUnmanagedDllToPath(name) is { } path ? NativeLibrary.Load(path) : IntPtr.Zero
            );
        }
        catch (InvalidOperationException)
        {
            // Another plugin has named its own, which is the same.
        }
    }

    /// <summary>Finds Skia's native library; for whoever calls Skia itself.</summary>
    public static void Prepare()
    {
        // The static constructor has done it.
    }

    /// <summary>Decodes an image; null: Skia does not know it.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or too large.</exception>
    public static RgbImage? Decode(byte[] file, ImageLimit limit)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        return codec is null
            ? null
            : limit.Decode(codec.Info.Width, codec.Info.Height, () =>
                Decode(codec, codec.Info.Width, codec.Info.Height)
                    .Upright(PngChunks.Knows(file) ? PngChunks.Origin(file) : codec.EncodedOrigin)
            );
    }

    private static unsafe RgbImage Decode(SKCodec codec, int width, int height)
    {
        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        var rgba = new byte[(long)width * height * RgbImage.BytesPerPixel];
        fixed (byte* pixels = rgba)
        {
            var result = codec.GetPixels(info, (IntPtr)pixels, width * RgbImage.BytesPerPixel, SKCodecOptions.Default);
            if (result != SKCodecResult.Success)
                throw new InvalidDataException(result == SKCodecResult.IncompleteInput ? "it is cut off" : $"it is damaged ({result})");
        }
        return new RgbImage(rgba, width, height);
    }
}

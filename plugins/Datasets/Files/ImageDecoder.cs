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

    /// <summary>Decodes an image, upright, without its transparency.</summary>
    /// <exception cref="InvalidDataException">It is no image that is known here, or damaged.</exception>
    public static RgbImage Decode(Stream content)
    {
        using var data = SKData.Create(content) ?? throw new InvalidDataException("it is empty");
        using var codec = SKCodec.Create(data) ?? throw new InvalidDataException("it is no image of a known format");
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        var rgba = new byte[info.BytesSize];
        unsafe
        {
            fixed (byte* pixels = rgba)
            {
                var result = codec.GetPixels(info, (IntPtr)pixels);
                if (result != SKCodecResult.Success)
                    throw new InvalidDataException(result == SKCodecResult.IncompleteInput ? "it is cut off" : $"it is damaged ({result})");
            }
        }
        return new RgbImage(rgba, info.Width, info.Height).Upright(codec.EncodedOrigin);
    }
}

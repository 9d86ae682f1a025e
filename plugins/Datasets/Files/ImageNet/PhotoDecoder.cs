using System.Buffers;
using Sat.Datasets.Files.Decoders;
using SkiaSharp;

namespace Sat.Datasets.Files.ImageNet;

/// <summary>
/// Decodes of a photo what a picture is made of: a JPEG at the smallest of the scales 1/8, 1/4, 1/2 and 1 that still has a pixel for each
/// of the picture's, and of it the columns and rows that are needed. (libjpeg's other scales are faster still, but blur: 1.4 levels a
/// pixel, and these three 0.04.) As torchvision reads photos, no camera's orientation turns them.
/// </summary>
static class PhotoDecoder
{
    /// <summary>What it does, as runs record it.</summary>
    public const string Form =
        "decoder: JPEG at the smallest sufficient scale of 1/8, 1/4, 1/2 and 1, cropped while decoding, resized by Pillow's bilinear filter in whole numbers, EXIF orientation not applied";

    /// <summary>Columns beside the wanted ones that smooth their colours, where these are stored at half the resolution.</summary>
    private const int Margin = 2;

    private static readonly double[] Scales = [1 / 8.0, 1 / 4.0, 1 / 2.0];

    /// <summary>Makes a picture.</summary>
    /// <param name="file">The photo's file.</param>
    /// <param name="frame">From the photo's height and width to what is wanted of it.</param>
    /// <param name="size">Side of the picture, a multiple of 4.</param>
    /// <param name="picture">[3, size, size].</param>
    /// <exception cref="InvalidDataException">It is no photo, or damaged.</exception>
    public static unsafe void Decode(byte[] file, Func<int, int, Frame> frame, int size, Span<byte> picture)
    {
        if (file.Length == 0)
            throw new InvalidDataException("it is empty");
        SkiaDecoder.Prepare();
        var limit = new ImageLimit(ImageLimit.Default);
        fixed (byte* bytes = file)
        {
            using var data = SKData.Create((IntPtr)bytes, file.Length);
            using var codec = SKCodec.Create(data);
            Frame wanted;
            if (codec?.EncodedFormat == SKEncodedImageFormat.Jpeg)
            {
                limit.Require(codec.Info.Width, codec.Info.Height);
                wanted = frame(codec.Info.Height, codec.Info.Width);
                Part(codec, wanted, size, picture);
            }
            else
            {
                using var content = new MemoryStream(file);
                var whole = ImageDecoder.Decode(content, limit, white: null);
                wanted = frame(whole.Height, whole.Width);
                fixed (byte* pixels = whole.Rgba)
                {
                    PhotoResampling.Resize(
                        pixels,
                        whole.Width * RgbImage.BytesPerPixel,
                        0,
                        0,
                        SideWeights.Of(wanted.Rows, size),
                        SideWeights.Of(wanted.Columns, size),
                        size,
                        picture
                    );
                }
            }
            if (wanted.Mirrored)
            {
                for (var row = 0; row < picture.Length; row += size)
                    picture.Slice(row, size).Reverse();
            }
        }
    }

    private static unsafe void Part(SKCodec codec, Frame frame, int size, Span<byte> picture)
    {
        var whole = codec.Info.Size;
        var scale = Scales.Append(1).First(s => s == 1 || Math.Min(frame.Rows.Length, frame.Columns.Length) * s >= size);
        if (scale < 1)
            whole = codec.GetScaledDimensions((float)scale);
        var (rows, columns) = (SideWeights.Of(frame.Rows.Scaled(scale), size), SideWeights.Of(frame.Columns.Scaled(scale), size));
        var (left, right) = (Math.Max(0, columns.Low - Margin), Math.Min(whole.Width, columns.High + Margin));
        var (top, height) = (rows.Low, rows.High - rows.Low);

        var stride = (right - left) * RgbImage.BytesPerPixel;
        var rented = ArrayPool<byte>.Shared.Rent(stride * height);
        try
        {
            fixed (byte* pixels = rented)
            {
                var info = new SKImageInfo(whole.Width, whole.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
                // Taken for zero, the rows that a photo which is cut off lacks are not filled: Skia would look up how wide they are
                // where the part was stored during this call, and write anywhere.
                var options = new SKCodecOptions(SKZeroInitialized.Yes, new SKRectI(left, 0, right, whole.Height));
                var result = codec.StartScanlineDecode(info, options);
                if (result != SKCodecResult.Success)
                    throw new InvalidDataException($"it is damaged ({result})");
                if ((top > 0 && !codec.SkipScanlines(top)) || codec.GetScanlines((IntPtr)pixels, height, stride) != height)
                    throw new InvalidDataException("it is cut off");
                PhotoResampling.Resize(pixels, stride, top, left, rows, columns, size, picture);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}

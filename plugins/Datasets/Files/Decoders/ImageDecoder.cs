using Sat.Records.Files;

namespace Sat.Datasets.Files.Decoders;

/// <summary>Decodes images by what they are, whatever the file is called.</summary>
static class ImageDecoder
{
    /// <summary>Decodes an image, upright, without its transparency.</summary>
    /// <param name="content">The file.</param>
    /// <param name="limit">How large it may be.</param>
    /// <param name="white">The value of white where an image has 16 bits a sample and does not say it; null: 65535.</param>
    /// <exception cref="InvalidDataException">It is no image that is known here, damaged, or too large.</exception>
    public static RgbImage Decode(Stream content, ImageLimit limit, double? white)
    {
        limit.RequireFile(content.Length);
        var file = new byte[content.Length];
        content.ReadExactly(file);
        if (TiffDecoder.Knows(file))
            return TiffDecoder.Decode(file, limit, white);
        if (PortableMapDecoder.Knows(file))
            return PortableMapDecoder.Decode(file, limit);
        if (PngDecoder.Knows(file))
            return PngDecoder.Decode(file, limit, white);
        return SkiaDecoder.Decode(file, limit)
            ?? throw new InvalidDataException(
                Begun(file) is { } format
                    ? $"it is cut off or damaged: it begins as a {format} image, but has no sound header"
                    : MistakenContent.Recognize(file) ?? "it is not an image of a known format"
            );
    }

    /// <summary>The format that a file begins as; null: none that is known.</summary>
    private static string? Begun(ReadOnlySpan<byte> file) =>
        file switch
        {
            [0xFF, 0xD8, ..] => "JPEG",
            [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "PNG",
            [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "GIF",
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "WebP",
            // What is reserved behind the size is zero.
            [(byte)'B', (byte)'M', _, _, _, _, 0, 0, 0, 0, ..] => "BMP",
            _ => null,
        };
}

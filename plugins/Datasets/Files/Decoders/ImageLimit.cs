using System.Globalization;

namespace Sat.Datasets.Files.Decoders;

/// <summary>How large an image may be. A file states any size it likes, so sizes are 64 bits wide until they are known to be
/// small.</summary>
/// <param name="MaxPixels">An image with more is refused before any memory is taken for it; at most <see cref="Largest"/>.</param>
/// <param name="IsOption">True if it is the option 'max-pixels', which messages then name; false for images that are known to be small,
/// where a large one is damaged.</param>
readonly record struct ImageLimit(long MaxPixels, bool IsOption = true)
{
    /// <summary>Pixels of an image that are decoded where nobody says otherwise: half a gibibyte.</summary>
    public const long Default = 1L << 27;

    /// <summary>Pixels whose bytes still fit into one array.</summary>
    public const long Largest = 0x7FFFFFC7 / RgbImage.BytesPerPixel;

    /// <summary>Images from here on are decoded one at a time, however many threads there are.</summary>
    private const long Large = 1L << 24;

    /// <summary>What a file may have beside its pixels: metadata, the frames of an animation.</summary>
    private const long Surplus = 64L << 20;

    private static readonly Lock OneLarge = new();

    /// <summary>Refuses a file that is larger than any image within the limit.</summary>
    /// <exception cref="InvalidDataException">It is.</exception>
    public void RequireFile(long bytes)
    {
        if (bytes > Math.Min(MaxPixels * 2 * RgbImage.BytesPerPixel + Surplus, int.MaxValue))
            throw new InvalidDataException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the file has {bytes} bytes, more than an image of {MaxPixels} pixels{(IsOption ? " (the limit 'max-pixels')" : "")} needs"
                )
            );
    }

    /// <summary>Decodes an image of a stated size, if it is within the limit.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public RgbImage Decode(long width, long height, Func<RgbImage> decode)
    {
        Require(width, height);
        if (width * height < Large)
            return decode();
        lock (OneLarge)
            return decode();
    }

    /// <summary>Refuses an image of a stated size that is not within the limit.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public void Require(long width, long height)
    {
        if (width <= 0 || height <= 0)
            throw new InvalidDataException("it has no pixels");
        var most = Math.Min(MaxPixels, Largest);
        if (width > most || height > most || width * height > most)
        {
            throw new InvalidDataException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"it has {width} x {height} pixels, more than the limit of {MaxPixels}{(IsOption ? ": raise 'max-pixels' if it is meant to be that large" : ": it is damaged")}"
                )
            );
        }
    }
}

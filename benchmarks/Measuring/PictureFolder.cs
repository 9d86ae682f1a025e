using System.Globalization;
using SkiaSharp;

namespace Sat.Benchmarks.Measuring;

/// <summary>A folder of JPEGs as <c>image-folder</c> reads them, of ten classes.</summary>
internal static class PictureFolder
{
    private const int Classes = 10;
    private const int TestSamples = 20;

    // Details a picture has a side, from which its pixels are interpolated: noise of pixels would be hardly compressed.
    private const int Details = 12;

    /// <summary>Writes the pictures of a case.</summary>
    /// <returns>The folder.</returns>
    public static string Write(string folder, StreamedCase given)
    {
        var random = new Random(1);
        var large = new SKImageInfo(given.Side, given.Side);
        foreach (var (split, count) in new[] { ("train", given.Samples), ("test", TestSamples) })
        {
            for (var i = 0; i < count; i++)
            {
                using var details = new SKBitmap(Details, Details);
                details.Pixels = [.. Enumerable.Range(0, Details * Details).Select(_ => new SKColor((uint)random.Next() | 0xFF000000))];
                using var picture = details.Resize(large, new SKSamplingOptions(SKFilterMode.Linear));
                var place = Directory.CreateDirectory(Path.Combine(folder, split, (i % Classes).ToString(CultureInfo.InvariantCulture)));
                using var file = File.Create(Path.Combine(place.FullName, i.ToString("00000", CultureInfo.InvariantCulture) + ".jpg"));
                picture.Encode(file, SKEncodedImageFormat.Jpeg, 90);
            }
        }
        return folder;
    }
}

using System.Globalization;
using SkiaSharp;

namespace Sat.Benchmarks.Measuring;

/// <summary>A folder of drawn photos, about as large in bytes as ImageNet's are for their pixels.</summary>
internal static class PhotoFolder
{
    // A soft picture of so many details a side, and noise of so many levels: about 1.3 bits a pixel.
    private const int Details = 40;
    private const int Noise = 24;
    private const int Quality = 85;

    /// <summary>Writes the photos of a case; one of them is the test set too.</summary>
    /// <returns>The folder.</returns>
    public static string Write(string folder, DecodeCase given)
    {
        var random = new Random(1);
        for (var i = 0; i < given.Photos; i++)
        {
            using var details = new SKBitmap(Details, Details);
            details.Pixels = [.. Enumerable.Range(0, Details * Details).Select(_ => new SKColor((uint)random.Next() | 0xFF000000))];
            using var photo = details.Resize(new SKImageInfo(given.Width, given.Height), new SKSamplingOptions(SKFilterMode.Linear));
            photo.Pixels = [.. photo.Pixels.Select(Noisy)];
            foreach (var split in i == 0 ? new[] { "train", "val" } : ["train"])
            {
                var place = Directory.CreateDirectory(Path.Combine(folder, split, "n00000000"));
                using var file = File.Create(Path.Combine(place.FullName, i.ToString("00000", CultureInfo.InvariantCulture) + ".JPEG"));
                photo.Encode(file, SKEncodedImageFormat.Jpeg, Quality);
            }
        }
        return folder;

        SKColor Noisy(SKColor colour)
        {
            var more = random.Next(-Noise, Noise + 1);
            return new SKColor(Level(colour.Red + more), Level(colour.Green + more), Level(colour.Blue + more));
        }

        static byte Level(int value) => (byte)Math.Clamp(value, 0, 255);
    }
}

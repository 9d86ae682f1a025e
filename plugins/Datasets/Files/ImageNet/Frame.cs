using Sat.Sdk;

namespace Sat.Datasets.Files.ImageNet;

/// <summary>What of a photo becomes a picture.</summary>
readonly record struct Frame(PhotoSide Rows, PhotoSide Columns, bool Mirrored)
{
    /// <summary>The part alone, resized.</summary>
    public static Frame Of(Region region) =>
        new(PhotoSide.Part(region.Top, region.Height), PhotoSide.Part(region.Left, region.Width), region.Mirrored);

    /// <summary>The photo resized, the square in the middle cut out; rounded as torchvision's Resize and CenterCrop do.</summary>
    /// <param name="height">Of the photo.</param>
    /// <param name="width">Of the photo.</param>
    /// <param name="shorter">What its shorter side becomes.</param>
    /// <param name="size">Side of the square; at most <paramref name="shorter"/>.</param>
    public static Frame Centre(int height, int width, int shorter, int size)
    {
        return new Frame(Side(height, width), Side(width, height), false);

        PhotoSide Side(int side, int other)
        {
            var resized = side <= other ? shorter : (int)((long)shorter * side / other);
            var scale = (double)side / resized;
            var before = (int)Math.Round((resized - size) / 2.0, MidpointRounding.ToEven);
            return new PhotoSide(before * scale, size * scale, 0, side);
        }
    }
}

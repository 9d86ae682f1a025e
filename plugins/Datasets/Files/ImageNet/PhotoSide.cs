namespace Sat.Datasets.Files.ImageNet;

/// <summary>What of a side of a photo becomes the pixels of a picture.</summary>
/// <param name="Start">Where the first pixel begins, in the photo's pixels.</param>
/// <param name="Length">How many of the photo's pixels all of them span.</param>
/// <param name="From">The photo's first pixel that they may be made of.</param>
/// <param name="To">The one behind the last.</param>
readonly record struct PhotoSide(double Start, double Length, int From, int To)
{
    /// <summary>A part on its own, as if nothing were beside it.</summary>
    public static PhotoSide Part(int start, int length) => new(start, length, start, start + length);

    /// <summary>The same of a photo whose side has that share of its length.</summary>
    /// <param name="share">A multiple of 1/8, so that products are exact.</param>
    public PhotoSide Scaled(double share) =>
        new(Start * share, Length * share, (int)Math.Floor(From * share), (int)Math.Ceiling(To * share));
}

using Sat.Datasets.Files.Decoders;
using Sat.Records.Data;

namespace Sat.Datasets.Files;

/// <summary>What datasets of published image files have in common.</summary>
static class PublishedImages
{
    public const string SizeDescription =
        "Height and width of the images in pixels: the shorter side is resized to it, linearly, and the square in the middle is cut out.";

    public const string LoadingDescription =
        "resident: all images are decoded first and kept in memory, one byte per value. streamed: each batch is decoded when it is trained on, again in each epoch. "
        + "Unset: resident if they take at most half of the memory.";

    public const string Remedy = "Get it again.";

    /// <summary>The images, in their archive or unpacked.</summary>
    /// <param name="dataset">The dataset's id, for messages.</param>
    /// <param name="files">The archive, or what it unpacks to.</param>
    /// <param name="archive">The archive's name.</param>
    /// <param name="folder">The folder that it unpacks to.</param>
    public static IImageFiles Of(string dataset, DataFiles files, string archive, string folder) =>
        files.Names is [var only] && only == archive ? new ZippedImageFiles(dataset, files, archive, folder) : new LooseImageFiles(files);

    public static Decoding To(int size, int threads) => new(size, new ImageLimit(ImageLimit.Default, IsOption: false), null, threads);
}

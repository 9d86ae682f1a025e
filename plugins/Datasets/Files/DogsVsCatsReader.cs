using Sat.Records;
using Sat.Records.Data;
using Sat.Sdk;

namespace Sat.Datasets.Files;

/// <summary>Reads all 25,000 labelled images, of which the published test set has 2,500 of each kind.</summary>
static class DogsVsCatsReader
{
    public const string Id = "dogs-vs-cats";

    private static readonly string[] Kinds = ["cat", "dog"];

    public static IDataset Open(DataFiles files, DogsVsCatsOptions options, int threads)
    {
        var images = PublishedImages.Of(Id, files, DogsVsCatsFiles.Archive, DogsVsCatsFiles.Folder);
        try
        {
            var found = images.Names.ToHashSet(StringComparer.Ordinal);
            var all = Kinds
                .SelectMany(
                    (kind, label) =>
                        Enumerable
                            .Range(0, DogsVsCatsFiles.OfEach)
                            .Select(n =>
                                (
                                    File: DogsVsCatsFiles.Image(kind, n),
                                    Label: (long)label,
                                    IsTest: DogsVsCatsTestSet.Numbers[kind].Contains(n)
                                )
                            )
                )
                .ToArray();
            string[] missing = [.. all.Select(i => i.File).Where(f => !found.Contains(f))];
            if (missing.Length > 0)
                throw new SatException(
                    ExitCode.Environment,
                    $"dataset '{Id}': {images.Location} lacks {string.Join(", ", missing.Take(3))}{(missing.Length > 3 ? $" and {Records.Count.Of(missing.Length - 3, "more image")}" : "")} of the {all.Length} images. {DogsVsCatsFiles.Layout.Obtain}"
                );
            return new ImageFolderDataset(
                new ImageOwner(Id, PublishedImages.Remedy),
                images,
                PublishedImages.To(options.Size, threads),
                Kinds,
                HashOrder.Of(all.Where(i => !i.IsTest).Select(i => (i.File, i.Label))),
                HashOrder.Of(all.Where(i => i.IsTest).Select(i => (i.File, i.Label)))
            )
            {
                // As the code of Deep Gamblers and of SAT for selective classification have it.
                Normalization = PixelNormalization.Imagenet.Values(),
                LabelsAreTrue = true,
            }.Loaded(options.Loading);
        }
        catch
        {
            images.Dispose();
            throw;
        }
    }
}

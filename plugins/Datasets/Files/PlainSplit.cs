using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sat.Records;
using Sat.Records.Data;

namespace Sat.Datasets.Files;

/// <summary>
/// Test images drawn from a folder of classes that has no train and test: of each class the same share, by a hash of seed and name, so that
/// the same images are drawn wherever the folder is copied to, and a new image moves no other but at the edge.
/// </summary>
static class PlainSplit
{
    public const double DefaultShare = 0.2;

    public static FolderSplit Split(DataFiles files, ImageFolderOptions options)
    {
        var (share, seed) = (options.SplitTest ?? DefaultShare, options.SplitSeed ?? 0);
        if (SplitFolders.Unknown(files.Names) is var (like, other))
            throw new SatException(
                ExitCode.Environment,
                $"dataset 'image-folder' at {files.Location}: '{like}' and '{other}' would be two classes, but seem to be training and test images: name them train and test, and give each a folder per class."
            );
        var classes = files
            .Names.Select(file => (File: file, Name: NormalName.Compose(file)))
            .GroupBy(f => f.Name[..f.Name.IndexOf('/', StringComparison.Ordinal)], StringComparer.Ordinal)
            .OrderBy(c => c.Key, NormalName.ByBytes)
            .ToArray();
        if (classes.Length < 2)
        {
            throw new SatException(
                ExitCode.Environment,
                $"dataset 'image-folder' at {files.Location}: it has neither train/CLASS/* with test/CLASS/* (or val/CLASS/*) nor several class folders, "
                    + $"only '{classes.FirstOrDefault()?.Key}'. Give the folder that holds the class folders."
            );
        }

        var (train, test) = (new List<Image>(), new List<Image>());
        for (var label = 0; label < classes.Length; label++)
        {
            var images = classes[label]
                .Select(f => new Image(f.File, label, Hash($"{seed}/{f.Name}"), Hash(f.Name)))
                .OrderBy(i => i.Drawn, StringComparer.Ordinal)
                .ToArray();
            // Each class is trained on; of two images one is tested on.
            var count =
                images.Length < 2
                    ? 0
                    : (int)Math.Clamp(Math.Round(images.Length * share, MidpointRounding.AwayFromZero), 1, images.Length - 1);
            test.AddRange(images[..count]);
            train.AddRange(images[count..]);
        }
        if (test.Count == 0)
            throw new SatException(
                ExitCode.Environment,
                $"dataset 'image-folder' at {files.Location}: each of its {Count.Of(classes.Length, "class folder")} has only one image, so none is left to test on: put more into them."
            );
        var single = classes.Count(c => c.Count() == 1);
        var shareOf =
            single == 0
                ? "the same share of each class"
                : $"a share of each class but {Count.Of(single, "class", "classes")} of one image, which {Count.Word(single, "is", "are")} not tested on";
        return new FolderSplit(
            [.. classes.Select(c => c.Key)],
            Ordered(train),
            Ordered(test),
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the folder has no train and test: {test.Count} of {Count.Of(files.Names.Count, "image")}, {shareOf}, are the test set (split-test {share}, split-seed {seed})"
                ),
                .. ClassNotes.Of([.. classes.Select(c => c.Key)], files.Location),
                .. SameWithin(files.Names) is { } within
                    ? new[]
                    {
                        $"each of the {classes.Length} class folders holds the folders {string.Join(", ", within.Take(5))}{(within.Length > 5 ? ", …" : "")}: if these are the classes, arrange the images by them",
                    }
                    : [],
            ]
        );
    }

    /// <summary>The folders, two at least, that each class folder has, and no image beside them: folds or domains, and these the classes.
    /// Null: it is not so.</summary>
    private static string[]? SameWithin(IEnumerable<string> files)
    {
        var inner = files
            .Select(f => f.Split('/'))
            .GroupBy(f => f[0], f => f.Length > 2 ? f[1] : null, StringComparer.Ordinal)
            .Select(c => c.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray())
            .ToArray();
        return inner[0].Length > 1 && !inner[0].Contains(null) && inner.All(i => i.SequenceEqual(inner[0], StringComparer.Ordinal))
            ? [.. inner[0].OfType<string>()]
            : null;
    }

    /// <summary>By a hash of the name alone, so that the front of the training set is a random sample of it.</summary>
    private static (string File, long Label)[] Ordered(IEnumerable<Image> images) =>
        [.. images.OrderBy(i => i.Order, StringComparer.Ordinal).Select(i => (i.File, i.Label))];

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private readonly record struct Image(string File, long Label, string Drawn, string Order);
}

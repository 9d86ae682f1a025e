using System.Text;
using Sat.Records;
using Sat.Records.Data;
using Sat.Records.Files;
using Sat.Sdk;

namespace Sat.Datasets.Files;

/// <summary>
/// Reads the training images by the folders of their classes, and as test images those of <c>val</c>, whose labels are in a list; the
/// archive's own test images have no labels. Classes are numbered in the order of <c>wnids.txt</c>. Any number of images is taken.
/// </summary>
sealed class TinyImagenetReader : IDisposable
{
    public const string Id = "tiny-imagenet";

    /// <summary>The values of the code of W-MSE (htdt/self-supervised, <c>datasets/tiny_in.py</c>).</summary>
    private static readonly Normalization Published = new([0.480, 0.448, 0.398], [0.277, 0.269, 0.282]);

    private readonly IImageFiles _images;

    private TinyImagenetReader(DataFiles files) =>
        _images = PublishedImages.Of(Id, files, TinyImagenetFiles.Archive, TinyImagenetFiles.Folder);

    public static IDataset Open(DataFiles files, TinyImagenetOptions options, int threads)
    {
        var reader = new TinyImagenetReader(files);
        try
        {
            return reader.Open(options, threads);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    public void Dispose() => _images.Dispose();

    private IDataset Open(TinyImagenetOptions options, int threads)
    {
        var classes = Lines(TinyImagenetFiles.ClassList);
        var numbers = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var wnid in classes)
        {
            if (!numbers.TryAdd(wnid, numbers.Count))
                throw Wrong(TinyImagenetFiles.ClassList, $"it lists {wnid} twice");
        }
        if (classes.Length == 0)
            throw Wrong(TinyImagenetFiles.ClassList, "it lists no classes");
        return new ImageFolderDataset(
            new ImageOwner(Id, PublishedImages.Remedy),
            _images,
            PublishedImages.To(options.Size, threads),
            Names(classes),
            HashOrder.Of(Training(numbers)),
            HashOrder.Of(Testing(numbers))
        )
        {
            Normalization = Published,
            LabelsAreTrue = true,
        }.Loaded(options.Loading);
    }

    private List<(string File, long Label)> Training(Dictionary<string, long> numbers)
    {
        var images = new List<(string, long)>();
        foreach (var name in _images.Names)
        {
            if (name.Split('/') is not [TinyImagenetFiles.TrainFolder, var wnid, TinyImagenetFiles.ImageFolder, { Length: > 0 }])
                continue;
            images.Add(
                numbers.TryGetValue(wnid, out var label)
                    ? (name, label)
                    : throw Wrong(name, $"its class {wnid} is not in {TinyImagenetFiles.ClassList}")
            );
        }
        var trained = images.Select(i => i.Item2).ToHashSet();
        return numbers.FirstOrDefault(n => !trained.Contains(n.Value)).Key is { } without
            ? throw Wrong(TinyImagenetFiles.ClassList, $"it lists {without}, of which there are no training images")
            : images;
    }

    private List<(string File, long Label)> Testing(Dictionary<string, long> numbers)
    {
        var there = _images
            .Names.Where(n => n.StartsWith(TinyImagenetFiles.TestFolder + "/", StringComparison.Ordinal) && !n.EndsWith('/'))
            .ToHashSet(StringComparer.Ordinal);
        var images = new List<(string, long)>();
        foreach (var (line, number) in Lines(TinyImagenetFiles.TestLabels).Select((l, i) => (l, i + 1)))
        {
            // The file, its class, and the box of what it shows.
            if (line.Split('\t') is not [var file, var wnid, ..] || !numbers.TryGetValue(wnid, out var label))
                throw Wrong(
                    TinyImagenetFiles.TestLabels,
                    $"line {number} does not name an image and a class of {TinyImagenetFiles.ClassList}, with a tab between them"
                );
            if (!there.Remove($"{TinyImagenetFiles.TestFolder}/{file}"))
                throw Wrong(
                    TinyImagenetFiles.TestLabels,
                    $"line {number} names {file}, which is not in {TinyImagenetFiles.TestFolder}, or is named twice"
                );
            images.Add(($"{TinyImagenetFiles.TestFolder}/{file}", label));
        }
        if (there.Order(StringComparer.Ordinal).FirstOrDefault() is { } unnamed)
            throw Wrong(unnamed, $"it is not in {TinyImagenetFiles.TestLabels}, so its class is not known");
        return images.Count > 0 ? images : throw Wrong(TinyImagenetFiles.TestLabels, "it lists no images");
    }

    /// <summary>The first word for each class that no other has; the class's number where there is none.</summary>
    private string[] Names(string[] classes)
    {
        var words = Lines(TinyImagenetFiles.Words)
            .Select(l => l.Split('\t'))
            .Where(l => l.Length > 1)
            .ToLookup(l => l[0], l => l[1].Split(',')[0].Trim(), StringComparer.Ordinal);
        var first = classes.Select(c => words[c].FirstOrDefault(w => w.Length > 0) ?? c).ToArray();
        var often = first.CountBy(w => w, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return [.. first.Zip(classes, (word, wnid) => often[word] == 1 ? word : $"{word} ({wnid})")];
    }

    private string[] Lines(string name)
    {
        if (!_images.Names.Contains(name))
            throw Wrong(name, "it is not there");
        try
        {
            using var content = new MemoryStream();
            using (var stream = _images.OpenRead(name))
                stream.CopyTo(content);
            var bytes = content.ToArray();
            return MistakenContent.Recognize(bytes) is { } mistaken && !mistaken.StartsWith("it is text", StringComparison.Ordinal)
                ? throw Wrong(name, mistaken)
                : Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }
        catch (InvalidDataException e)
        {
            throw Wrong(name, e.Message.TrimEnd('.'));
        }
    }

    private SatException Wrong(string name, string what) =>
        new(ExitCode.Environment, $"dataset '{Id}': {name} in {_images.Location}: {what}. {PublishedImages.Remedy}");
}

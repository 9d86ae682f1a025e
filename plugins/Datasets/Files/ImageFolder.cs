using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Sat.Records;
using Sat.Records.Data;
using Sat.Records.Options;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Datasets.Files;

sealed record ImageFolderOptions
{
    [Option("The folder that has train/ and test/ (or val/), each with a folder for every class. "
        + "ImageNet, which its licence forbids others to pass on: get ILSVRC2012_img_train.tar and ILSVRC2012_img_val.tar from image-net.org, "
        + "where you register, and unpack them so.", IsPath = true, Required = true)]
    public string? Path { get; init; }

    [Option("Height and width of the images in pixels: the shorter side is resized to it and the middle square is cut out.", Min = 4, Max = 1024)]
    public int Size { get; init; } = 32;

    [Option("Mean and deviation that pixels are normalised with: none, or those published for ImageNet or used for CIFAR.")]
    public PixelNormalization Normalization { get; init; }
}

/// <summary>Reads a folder a class.</summary>
static class ImageFolder
{
    private const string Train = "train";

    public static ResidentDataset Open(DataFiles files, ImageFolderOptions options)
    {
        var test = Directory.Exists(Path.Combine(files.Location, "test")) ? "test" : "val";
        var classes = Classes(files, Train);
        var unknown = Classes(files, test).Except(classes, StringComparer.Ordinal).ToArray();
        if (unknown.Length > 0)
        {
            throw Wrong(files, $"{test} has the class {string.Join(", ", unknown.Take(5))}{(unknown.Length > 5 ? ", …" : "")}, which {Train} has not, so nothing is learnt of it: "
                + $"add its folder to {Train}, or remove it from {test}.");
        }

        var train = Decode(files, Train, classes, options.Size);
        try
        {
            return new ResidentDataset(classes, options.Normalization.Values(), train, Decode(files, test, classes, options.Size));
        }
        catch
        {
            train.Images.Dispose();
            train.Labels!.Dispose();
            throw;
        }
    }

    /// <summary>The class folders of a split, in ordinal order; none is empty.</summary>
    private static string[] Classes(DataFiles files, string split)
    {
        var folder = Path.Combine(files.Location, split);
        var classes = Directory.Exists(folder)
            ? Directory.EnumerateDirectories(folder).Select(d => Path.GetFileName(d)).Where(n => !n.StartsWith('.')).Order(StringComparer.Ordinal).ToArray()
            : [];
        if (classes.Length == 0)
            throw Wrong(files, $"there are no class folders in {folder}. Lay the images out as train/CLASS/* and test/CLASS/* (or val/CLASS/*).");
        foreach (var name in classes)
        {
            if (!Images(files, $"{split}/{name}/").Any())
                throw Wrong(files, $"the class folder {Path.Combine(folder, name)} is empty: put images into it, or remove it.");
        }
        return classes;
    }

    private static ResidentSplit Decode(DataFiles files, string split, string[] classes, int size)
    {
        // Ordered by a hash of the name, so that any part of the set is a random sample of it, and the same one everywhere.
        var names = classes
            .SelectMany((name, label) => Images(files, $"{split}/{name}/").Select(file => (File: file, Label: (long)label)))
            .OrderBy(f => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(f.File))), StringComparer.Ordinal)
            .ToArray();
        var images = empty([names.Length, 3, size, size], ScalarType.Byte).DetachFromDisposeScope();
        var problems = new ConcurrentBag<Problem>();
        try
        {
            Parallel.For(0, names.Length, i =>
            {
                try
                {
                    using var content = files.OpenRead(names[i].File);
                    var pixels = ImageDecoder.Decode(content).ToSquare(size);
                    using var image = images[i];
                    pixels.CopyTo(image.bytes);
                }
                catch (InvalidDataException e)
                {
                    problems.Add(new Problem($"dataset 'image-folder': {names[i].File} in {files.Location} cannot be decoded: {e.Message}. Replace it or remove it."));
                }
            });
            if (!problems.IsEmpty)
                throw new SatException(ExitCode.Environment, Told(problems));
            return new ResidentSplit(images, tensor(names.Select(n => n.Label).ToArray(), ScalarType.Int64).DetachFromDisposeScope());
        }
        catch
        {
            images.Dispose();
            throw;
        }
    }

    /// <summary>The first few, and how many more.</summary>
    private static IReadOnlyList<Problem> Told(IReadOnlyCollection<Problem> problems)
    {
        const int most = 5;
        Problem[] first = [.. problems.OrderBy(p => p.Message, StringComparer.Ordinal).Take(most)];
        return problems.Count <= most ? first : [.. first, new Problem($"dataset 'image-folder': {problems.Count - most} more files cannot be decoded.")];
    }

    /// <summary>The files beneath a folder, but for those that file managers leave behind.</summary>
    private static IEnumerable<string> Images(DataFiles files, string prefix) =>
        files.Names.Where(n => n.StartsWith(prefix, StringComparison.Ordinal)
            && n[(n.LastIndexOf('/') + 1)..] is var file && !file.StartsWith('.') && file is not ("Thumbs.db" or "desktop.ini"));

    private static SatException Wrong(DataFiles files, string what) =>
        new(ExitCode.Environment, $"dataset 'image-folder' at {files.Location}: {what}");
}

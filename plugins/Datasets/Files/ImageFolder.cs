using System.Globalization;
using Sat.Datasets.Files.Decoders;
using Sat.Datasets.Files.Loading;
using Sat.Records;
using Sat.Records.Data;
using Sat.Sdk;

namespace Sat.Datasets.Files;

/// <summary>Reads a folder a class.</summary>
static class ImageFolder
{
    private const string Train = "train";
    private const string Plain = "*/**";
    private static readonly string TrainEntry = $"{SplitFolders.Pattern(SplitFolders.Train)}|{Plain}";
    private static readonly string TestEntry = SplitFolders.Pattern(SplitFolders.Test);

    /// <summary>
    /// All files within class folders, whatever they are called, except what is certainly no image. Any other file must be one: an image in
    /// a format that is not read here is to be reported, not left out.
    /// </summary>
    public static FileSelection Reads { get; } =
        new()
        {
            Include = [TrainEntry, TestEntry],
            Remarks = new Dictionary<string, string>
            {
                [Plain] =
                    $"{{files}} in {{folders}}, one for each class, and no {Train} folder with class folders: the share 'split-test' of each class ({PlainSplit.DefaultShare.ToString(CultureInfo.InvariantCulture)} unless given) is the test set, drawn by 'split-seed' (0 unless given).",
            },
            // Without these, a study of many runs would only fail in the first of them.
            Needs =
            [
                new NeededFiles(TrainEntry, SplitFolders.NoClasses("{folder}")),
                .. SplitFolders.Train.Select(train => new NeededFiles(TestEntry, SplitFolders.NoTest(train, "{folder}"))
                {
                    With = $"{train}/*/**",
                }),
            ],
            Exclude =
            [
                "README",
                "LICENSE",
                "LICENCE",
                "COPYING",
                "NOTICE",
                "CHANGELOG",
                "MD5SUMS",
                "SHA1SUMS",
                "SHA256SUMS",
                "*~",
                .. new[]
                {
                    "txt",
                    "md",
                    "rst",
                    "csv",
                    "tsv",
                    "json",
                    "jsonl",
                    "xml",
                    "yaml",
                    "yml",
                    "toml",
                    "ini",
                    "cfg",
                    "log",
                    "html",
                    "htm",
                    "pdf",
                    "doc",
                    "docx",
                    "xls",
                    "xlsx",
                    "py",
                    "pyc",
                    "ipynb",
                    "sh",
                    "bat",
                    "m",
                    "r",
                    "db",
                    "sqlite",
                    "npy",
                    "npz",
                    "mat",
                    "pkl",
                    "h5",
                    "hdf5",
                    "pt",
                    "pth",
                    "zip",
                    "tar",
                    "gz",
                    "tgz",
                    "bz2",
                    "xz",
                    "7z",
                    "rar",
                    "md5",
                    "sha1",
                    "sha256",
                    "bak",
                    "tmp",
                    "part",
                    "crdownload",
                    "download",
                    "url",
                    "lnk",
                    "torrent",
                    "xmp",
                    "aae",
                    "thm",
                }.Select(e => $"*.{e}"),
            ],
        };

    public static IDataset Open(DataFiles files, ImageFolderOptions options, int threads)
    {
        // As Reads chose; where there is no image at all, the folder that is there is named.
        var (train, test) = (SplitFolders.Read(SplitFolders.Train, files.Names), SplitFolders.Read(SplitFolders.Test, files.Names));
        var split =
            train is not null || test is not null || files.Names.Count == 0
                ? Laid(
                    files,
                    train ?? SplitFolders.Present(SplitFolders.Train, files.Location) ?? Train,
                    test ?? SplitFolders.Present(SplitFolders.Test, files.Location),
                    options
                )
                : PlainSplit.Split(files, options);

        if (options.BadFiles == BadFiles.Skip)
            split = Decodable(files, split, options, threads);
        return Dataset(files, split, options, threads).Loaded(options.Loading);
    }

    private static ImageFolderDataset Dataset(DataFiles files, FolderSplit split, ImageFolderOptions options, int threads) =>
        new(
            new ImageOwner("image-folder", "Replace or remove it, or set 'bad-files: skip'."),
            new LooseImageFiles(files),
            new Decoding(options.Size, new ImageLimit(options.MaxPixels ?? ImageLimit.Default), options.White, threads),
            split.Classes,
            split.Train,
            split.Test
        )
        {
            Normalization = options.Normalization.Values(),
            LabelsAreTrue = options.TrustLabels ?? false,
            Notes = split.Notes,
        };

    /// <summary>What is left without the files that cannot be decoded.</summary>
    private static FolderSplit Decodable(DataFiles files, FolderSplit split, ImageFolderOptions options, int threads)
    {
        IReadOnlyList<string> bad;
        using (var dataset = Dataset(files, split, options, threads))
            bad = dataset.Check().Names;
        if (bad.Count == 0)
            return split;
        var left = bad.ToHashSet(StringComparer.Ordinal);
        (string File, long Label)[] Without((string File, long Label)[] images) => [.. images.Where(i => !left.Contains(i.File))];
        var (train, test) = (Without(split.Train), Without(split.Test));
        var trained = train.Select(i => i.Label).ToHashSet();
        var empty = split.Classes.Where((_, label) => !trained.Contains(label)).FirstOrDefault();
        if (empty is not null || test.Length == 0)
            throw Wrong(
                files,
                UndecodedFiles.NothingLeft(bad, empty is not null ? $"no training image of the class {empty}" : "no test image")
            );
        return split with { Train = train, Test = test, Notes = [.. split.Notes, UndecodedFiles.LeftOut(bad)] };
    }

    /// <summary>The file of each sample and its label, as folders of training and test images have them.</summary>
    private static FolderSplit Laid(DataFiles files, string train, string? test, ImageFolderOptions options)
    {
        var images = files.Names.ToLookup(ClassFolder, StringComparer.Ordinal);
        var classes = Classes(files, images, train);
        if (test is null)
            throw Wrong(files, SplitFolders.NoTest(train, files.Location));
        var unknown = Classes(files, images, test).Except(classes, StringComparer.Ordinal).ToArray();
        if (unknown.FirstOrDefault(u => classes.Contains(u, StringComparer.OrdinalIgnoreCase)) is { } cased)
        {
            var written = classes.First(c => c.Equals(cased, StringComparison.OrdinalIgnoreCase));
            throw Wrong(
                files,
                $"the class {written} of {train} is written {cased} in {test}: give the folder the same capital and small letters in both."
            );
        }
        if (unknown.Length > 0)
        {
            throw Wrong(
                files,
                $"{test} has the class {string.Join(", ", unknown.Take(5))}{(unknown.Length > 5 ? ", …" : "")}, which {train} does not have, so it cannot be learned: "
                    + $"add its folder to {train}, or remove it from {test}."
            );
        }
        if (options.SplitTest is not null || options.SplitSeed is not null)
            throw new SatException(
                ExitCode.Planning,
                $"dataset 'image-folder' at {files.Location}: it has {train} and {test}, so 'split-test' and 'split-seed' have no effect: leave them out."
            );
        return new FolderSplit(classes, Ordered(images, train, classes), Ordered(images, test, classes), [.. ClassNotes.OfCase(classes)]);
    }

    private static (string File, long Label)[] Ordered(ILookup<string, string> images, string split, string[] classes) =>
        HashOrder.Of(classes.SelectMany((name, label) => images[$"{split}/{name}"].Select(file => (file, (long)label))));

    /// <summary>The class folders of a split, in the byte order of their normal names; none is empty. Names that differ in their
    /// form alone, as disks of other systems have them, are one.</summary>
    private static string[] Classes(DataFiles files, ILookup<string, string> images, string split)
    {
        var folder = Path.Combine(files.Location, split);
        var classes = Directory.Exists(folder)
            ? Directory
                .EnumerateDirectories(folder)
                .Select(d => Path.GetFileName(d))
                .Where(n => !StrayFiles.Is(n))
                .Select(NormalName.Compose)
                .Distinct(StringComparer.Ordinal)
                .Order(NormalName.ByBytes)
                .ToArray()
            : [];
        if (classes.Length == 0)
            throw Wrong(files, SplitFolders.NoClasses(folder));
        foreach (var name in classes)
        {
            if (!images.Contains($"{split}/{name}"))
                throw Wrong(
                    files,
                    $"the class folder {Path.Combine(folder, name)} has no files that could be images: put images into it, or remove it."
                );
        }
        return classes;
    }

    /// <summary>The first two folders that a file is beneath, by their normal names.</summary>
    private static string ClassFolder(string file)
    {
        var second = file.IndexOf('/', file.IndexOf('/', StringComparison.Ordinal) + 1);
        return second < 0 ? "" : NormalName.Compose(file[..second]);
    }

    private static SatException Wrong(DataFiles files, string what) =>
        new(ExitCode.Environment, $"dataset 'image-folder' at {files.Location}: {what}");
}

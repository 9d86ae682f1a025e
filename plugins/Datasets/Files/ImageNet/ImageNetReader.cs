using System.Security.Cryptography;
using System.Text;
using Sat.Datasets.Files.Loading;
using Sat.Records;
using Sat.Records.Data;
using Sat.Sdk;

namespace Sat.Datasets.Files.ImageNet;

/// <summary>Finds the photos of each split, packed or unpacked: the same ones in the same order under the same names.</summary>
static class ImageNetReader
{
    public static IDataset Open(DataFiles files, ImageNetOptions options, int threads)
    {
        if (options.Size % 4 != 0 || options.Resize < options.Size)
            throw new SatException(
                ExitCode.Planning,
                $"dataset '{ImageNetFiles.Id}': 'size' must be a multiple of 4 and at most 'resize'; they are {options.Size} and {options.Resize}."
            );
        if (options.Classes is { Length: 0 })
            throw Unfit("'classes' names none: name some, or leave it out.");
        var (train, test) = (Train(files), Test(files));
        var classes = Chosen(
            files,
            [.. train.Select(p => p.Class).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            options
        );
        var numbers = classes
            .Select((name, number) => (name, number))
            .ToDictionary(c => c.name, c => (long)c.number, StringComparer.Ordinal);
        if (test.FirstOrDefault(p => options.Classes is null && options.ClassCount is null && !numbers.ContainsKey(p.Class)) is { } unknown)
            throw Wrong(
                files,
                $"{unknown.Name} is of a class that no training photo is of. Add the class to the training photos, or name 'classes'."
            );
        var photos = new PhotoFiles(files);
        try
        {
            var (trained, tested) = (Ordered(train, numbers, options.PerClass), Ordered(test, numbers, null));
            IReadOnlyList<string> bad =
                options.BadFiles == BadFiles.Skip ? new PhotoCheck(files, photos, threads).Bad([.. trained, .. tested]) : [];
            if (bad.Count > 0)
                (trained, tested) = (Without(bad, trained), Without(bad, tested));
            if (classes.Except(trained.Select(p => p.Class), StringComparer.Ordinal).FirstOrDefault() is { } empty)
                throw Wrong(files, UndecodedFiles.NothingLeft(bad, $"no training photo of the class {empty}"));
            if (bad.Count > 0 && tested.Length == 0)
                throw Wrong(files, UndecodedFiles.NothingLeft(bad, "no test photo"));
            return new ImageNetDataset(
                classes,
                options,
                photos,
                new ImageNetSplit(photos, options, trained, numbers, threads),
                new ImageNetSplit(photos, options, tested, numbers, threads)
            )
            {
                Notes = bad.Count == 0 ? [PhotoDecoder.Form] : [PhotoDecoder.Form, UndecodedFiles.LeftOut(bad)],
            };
        }
        catch
        {
            photos.Dispose();
            throw;
        }
    }

    private static IReadOnlyList<Photo> Train(DataFiles files) =>
        files.Names.Contains(ImageNetFiles.TrainArchive)
            ?
            [
                .. TarIndex
                    .Of(files, ImageNetFiles.TrainArchive)
                    .Select(p => new Photo(
                        $"{ImageNetFiles.Train}/{p.Name}",
                        p.Name.Split('/') is [var name, _]
                            ? name
                            : throw Wrong(
                                files,
                                $"{ImageNetFiles.TrainArchive} has {p.Name} beside the archives of classes: it is another archive. Get it again."
                            ),
                        ImageNetFiles.TrainArchive,
                        p.Offset,
                        p.Length
                    )),
            ]
            : Unpacked(files, ImageNetFiles.Train);

    private static IReadOnlyList<Photo> Test(DataFiles files)
    {
        if (!files.Names.Contains(ImageNetFiles.TestArchive))
            return Unpacked(files, ImageNetFiles.Test);
        TarPlace[] places = [.. TarIndex.Of(files, ImageNetFiles.TestArchive).OrderBy(p => p.Name, StringComparer.Ordinal)];
        var labels = DevKit.Labels(files);
        if (labels.Length != places.Length)
            throw Wrong(
                files,
                $"{ImageNetFiles.TestArchive} has {Count.Of(places.Length, "photo")}, and {ImageNetFiles.DevKitArchive} {Count.Of(labels.Length, "label")}: one of them is another version. Get it again."
            );
        return
        [
            .. places.Zip(labels, (place, label) =>
                new Photo($"{ImageNetFiles.Test}/{label}/{place.Name}", label, ImageNetFiles.TestArchive, place.Offset, place.Length)
            ),
        ];
    }

    private static IReadOnlyList<Photo> Unpacked(DataFiles files, string split) =>
        [
            .. files
                .Names.Select(name => (Name: name, Parts: name.Split('/')))
                .Where(f => f.Parts is [var folder, _, _] && folder == split)
                .Select(f => new Photo(f.Name, f.Parts[1], f.Name, 0, null)),
        ];

    private static string[] Chosen(DataFiles files, string[] all, ImageNetOptions options)
    {
        if (options.Classes is { } named)
        {
            if (named.Except(all, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
                throw Unfit(
                    $"no training photo is of the class '{unknown}': correct 'classes', which has WordNet ids such as {all.FirstOrDefault()}."
                );
            all = [.. named.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        }
        if (options.ClassCount > all.Length)
            throw Unfit($"'class-count' is {options.ClassCount}, but there are {Count.Of(all.Length, "class", "classes")}.");
        return all[..(options.ClassCount ?? all.Length)];
    }

    /// <summary>By a hash of their names, so that any part of a split is a random sample of it, and the same one everywhere.</summary>
    private static Photo[] Ordered(IReadOnlyList<Photo> photos, Dictionary<string, long> classes, int? perClass)
    {
        var ordered = photos
            .Where(p => classes.ContainsKey(p.Class))
            .Select(p => (Photo: p, Hash: Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(p.Name)))))
            .OrderBy(p => p.Hash, StringComparer.Ordinal)
            .Select(p => p.Photo);
        if (perClass is not { } most)
            return [.. ordered];
        var taken = classes.Keys.ToDictionary(c => c, _ => 0, StringComparer.Ordinal);
        return [.. ordered.Where(p => taken[p.Class]++ < most)];
    }

    private static Photo[] Without(IReadOnlyList<string> bad, Photo[] photos)
    {
        var left = bad.ToHashSet(StringComparer.Ordinal);
        return [.. photos.Where(p => !left.Contains(p.Name))];
    }

    private static SatException Unfit(string what) => new(ExitCode.Planning, $"dataset '{ImageNetFiles.Id}': {what}");

    private static SatException Wrong(DataFiles files, string what) =>
        new(ExitCode.Environment, $"dataset '{ImageNetFiles.Id}' at {files.Location}: {what}");
}

using System.Globalization;
using Sat.Datasets.Files.Decoders;
using Sat.Records;
using Sat.Records.Arrays;
using Sat.Records.Data;
using Sat.Records.Files;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Datasets.Files;

/// <summary>Reads the arrays of <c>numpy.savez</c>.</summary>
sealed class NpzArchive
{
    private readonly string _location;
    private readonly NpzFile _file;
    private readonly NpzOptions _options;
    private readonly List<string> _notes = [];

    private NpzArchive(string location, NpzFile file, NpzOptions options)
    {
        _location = location;
        _file = file;
        _options = options;
    }

    public static ResidentDataset Open(DataFiles files, NpzOptions options)
    {
        if (files.Names is not [var name])
            throw new SatException(ExitCode.Environment, $"dataset 'npz': {files.Location} is a folder; give the .npz file itself");
        using var stream = files.OpenRead(name);
        if (IsSingleArray(files, name))
            throw new SatException(
                ExitCode.Environment,
                $"dataset 'npz': {files.Location} is a single array (.npy): put images and labels for training and testing into one archive with numpy.savez."
            );
        try
        {
            using var file = new NpzFile(stream);
            return new NpzArchive(files.Location, file, options).Read();
        }
        catch (InvalidDataException e)
        {
            throw new SatException(
                ExitCode.Environment,
                $"dataset 'npz': {files.Location} is not a NumPy archive, or a damaged one ({e.Message.TrimEnd('.')}): write it with numpy.savez, or get it again.",
                inner: e
            );
        }
    }

    private static bool IsSingleArray(DataFiles files, string name)
    {
        using var stream = files.OpenRead(name);
        Span<byte> start = stackalloc byte[6];
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
            && start[0] == 0x93
            && start[1..].SequenceEqual("NUMPY"u8);
    }

    private ResidentDataset Read()
    {
        var options = _options;
        var trainLabels = Labels(options.TrainLabels);
        var testLabels = Labels(options.TestLabels);
        var classes = Classes(options, trainLabels);
        Check(options.TrainLabels, trainLabels, classes.Length);
        Check(options.TestLabels, testLabels, classes.Length);
        if (options.Order == ArchiveOrder.Given && IsSorted(trainLabels))
            throw Wrong(
                options.TrainLabels,
                "it is sorted by class, so any part of the training set would lack classes: set 'order: shuffled'"
            );

        using var scope = NewDisposeScope();
        var (train, test) = (Images(options.TrainImages, options.Layout), Images(options.TestImages, options.Layout));
        var (trainTensor, testTensor) = (tensor(trainLabels, ScalarType.Int64), tensor(testLabels, ScalarType.Int64));
        if (train.shape[0] != trainLabels.Length)
            throw Wrong(
                options.TrainLabels,
                $"it has {Count.Of(trainLabels.Length, "label")}, but {options.TrainImages} has {Count.Of(train.shape[0], "image")}: each image needs its label"
            );
        if (test.shape[0] != testLabels.Length)
            throw Wrong(
                options.TestLabels,
                $"it has {Count.Of(testLabels.Length, "label")}, but {options.TestImages} has {Count.Of(test.shape[0], "image")}: each image needs its label"
            );
        if (!train.shape.Skip(1).SequenceEqual(test.shape.Skip(1)))
            throw Wrong(
                options.TestImages,
                $"its images are {Text(test.shape.Skip(1))} (channels, height, width), those of {options.TrainImages} {Text(train.shape.Skip(1))}: make them the same size"
            );
        if (options.Normalization != PixelNormalization.None && train.shape[1] != 3)
            throw Wrong(
                options.TrainImages,
                "its images are grey, but the normalisations are for three channels: leave 'normalization' out"
            );
        IReadOnlyList<string> rows = new FilePositions([(options.TrainImages, trainLabels.Length)]);
        if (options.Order == ArchiveOrder.Shuffled)
        {
            var shuffled = Shuffled(trainLabels.Length);
            var order = tensor(shuffled, ScalarType.Int64);
            (train, trainTensor) = (train.index_select(0, order), trainTensor.index_select(0, order));
            rows = [.. shuffled.Select(row => rows[(int)row])];
        }
        return new ResidentDataset(
            classes,
            options.Normalization.Values(),
            new ResidentSplit(train.DetachFromDisposeScope(), trainTensor.DetachFromDisposeScope())
            {
                Files = rows,
                IsInFileOrder = options.Order == ArchiveOrder.Given,
            },
            new ResidentSplit(test.DetachFromDisposeScope(), testTensor.DetachFromDisposeScope())
        )
        {
            LabelsAreTrue = options.TrustLabels ?? false,
            ClassesAreStated = options.Classes is not null || options.ClassNames is { Length: > 0 },
            Notes = _notes,
        };
    }

    private string[] Classes(NpzOptions options, long[] trainLabels)
    {
        if (options.ClassNames is { Length: > 0 } names)
        {
            return options.Classes is null || options.Classes == names.Length
                ? names
                : throw new SatException(
                    ExitCode.Planning,
                    $"dataset 'npz': 'classes' is {options.Classes}, but 'class-names' has {Count.Of(names.Length, "name")}: leave one of them out, or make them agree."
                );
        }
        var largest = trainLabels.Max();
        if (largest == long.MaxValue)
            throw Wrong(options.TrainLabels, $"its largest label is {largest}: labels must be class numbers from 0");
        var count = options.Classes ?? largest + 1;
        return count <= NpzOptions.MostClasses
            ? [.. Enumerable.Range(0, (int)count).Select(k => k.ToString(CultureInfo.InvariantCulture))]
            : throw Wrong(options.TrainLabels, $"its largest label is {count - 1}: labels must be class numbers from 0");
    }

    private long[] Labels(string name)
    {
        var labels = Array(name, Npy.ReadVector, "write labels as integers from 0, of the shape [n] or [n, 1], or copy the file again");
        return labels.Length > 0 ? labels : throw Wrong(name, "it is empty: put labels into it");
    }

    private void Check(string name, long[] labels, int classes)
    {
        var wrong = System.Array.FindIndex(labels, l => l < 0 || l >= classes);
        if (wrong >= 0)
            throw Wrong(
                name,
                $"element {wrong} is {labels[wrong]}, but there are {classes} classes, from 0: correct the label, or state all classes with 'classes' or 'class-names'"
            );
    }

    /// <summary>uint8 [n, channels, height, width].</summary>
    private Tensor Images(string name, ImageLayout layout) =>
        Array(
            name,
            content =>
            {
                var header = Npy.ReadHeader(content);
                var (_, _, _, last) = Shape(name, header, layout);
                if (header.ByteCount > content.Length)
                    throw new InvalidDataException("it is cut off");
                // More than 2 GB have no one span: they are filled piece by piece, in the order of the file.
                using var flat = empty([header.Count], ScalarType.Byte);
                var scale = new PixelScale(header, _options.White);
                Npy.ReadElements(content, header, (first, elements) =>
                {
                    using var some = flat.narrow(0, first, elements.Length / header.Size);
                    scale.Convert(elements, some.bytes);
                });
                if (scale.Problem() is { } problem)
                    throw Wrong(name, problem);
                if (scale.Note() is { } note)
                    _notes.Add($"{name}: {note}");

                long[] shape = [.. header.Shape];
                long[] dimensions = [.. Enumerable.Range(0, shape.Length).Select(d => (long)d)];
                var images = header.ColumnsFirst ? flat.view([.. shape.Reverse()]).permute([.. dimensions.Reverse()]) : flat.view(shape);
                return (
                    shape.Length == 3 ? images.unsqueeze(1)
                    : last ? images.permute(0, 3, 1, 2)
                    : images
                ).contiguous();
            },
            null
        );

    private (long Channels, long Height, long Width, bool Last) Shape(string name, NpyHeader array, ImageLayout layout)
    {
        if (array.Count == 0)
            throw Wrong(name, "it is empty: put images into it");
        if (array.Shape is [_, var rows, var columns])
            return (1, rows, columns, false);
        if (array.Shape is not [_, var first, var second, var third])
            throw Wrong(name, $"images must have three or four dimensions, but it has the shape {Text(array.Shape)}");
        var (firstFits, lastFits) = (
            first is 1 or 3 && layout != ImageLayout.ChannelsLast,
            third is 1 or 3 && layout != ImageLayout.ChannelsFirst
        );
        return (firstFits, lastFits) switch
        {
            (true, false) => (first, second, third, false),
            (false, true) => (third, first, second, true),
            (true, true) => throw Wrong(name, $"in its shape {Text(array.Shape)} either side could be the channels: set 'layout'"),
            _ => throw Wrong(name, $"its shape {Text(array.Shape)} has no side of 1 or 3 channels"),
        };
    }

    private T Array<T>(string name, Func<Stream, T> read, string? wanted)
        where T : class
    {
        try
        {
            return _file.Read(name, read)
                ?? throw new SatException(
                    ExitCode.Environment,
                    $"dataset 'npz': {_location} has no array '{name}'{(_file.Names.Count == 0 ? ", nor any other. It must have the arrays that" : $". It has {string.Join(", ", _file.Names)}: name them by")} 'train-images', 'train-labels', 'test-images' and 'test-labels'{(_file.Names.Count == 0 ? " name" : "")}."
                );
        }
        catch (InvalidDataException e)
        {
            var advice =
                wanted is not null ? $": {wanted}"
                : AdvisedData.Is(e) ? ""
                : ": write it with numpy.savez, or copy the file again";
            throw Wrong(name, $"it is damaged or not supported ({e.Message.TrimEnd('.')}){advice}");
        }
    }

    /// <summary>True if the samples lie class by class, in whatever order of the classes; where none has two, only if that
    /// ascends.</summary>
    private static bool IsSorted(long[] labels)
    {
        var next = labels.Zip(labels.Skip(1)).ToArray();
        var classes = labels.Distinct().Count();
        return classes > 1
            && next.Count(p => p.First != p.Second) == classes - 1
            && (labels.Length > classes || next.All(p => p.First <= p.Second));
    }

    /// <summary>Positions ordered by a scrambling of themselves (the finaliser of MurmurHash3), the same everywhere.</summary>
    private static long[] Shuffled(int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => (long)i)
                .OrderBy(i =>
                {
                    var z = (ulong)i + 0x9E3779B97F4A7C15;
                    z = (z ^ (z >> 33)) * 0xFF51AFD7ED558CCD;
                    z = (z ^ (z >> 33)) * 0xC4CEB9FE1A85EC53;
                    return z ^ (z >> 33);
                }),
        ];

    private static string Text(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";

    private SatException Wrong(string name, string what) => new(ExitCode.Environment, $"dataset 'npz': '{name}' in {_location}: {what}.");
}

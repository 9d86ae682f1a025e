using System.Text;
using Sat.Records;
using Sat.Records.Data;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Datasets.Cifar;

/// <summary>
/// Reads the binary layout: records of one label byte (CIFAR-100: two, coarse then fine) and 3 x 32 x 32 pixels,
/// channel by channel, row by row. Any whole number of records is taken.
/// </summary>
static class CifarReader
{
    private const int Side = 32;
    private const int ImageBytes = 3 * Side * Side;

    /// <summary>The values of the SAT code, for both sets.</summary>
    public static Normalization Published { get; } = new([0.4914, 0.4822, 0.4465], [0.2023, 0.1994, 0.2010]);

    public static IDataset Cifar10(DataFiles files)
    {
        var classes = ReadNames(files, CifarFiles.ClassNames, 10);
        return Open(files, classes, CifarFiles.TrainingBatches, [CifarFiles.TestBatch], labelBytes: 1, labelAt: 0);
    }

    public static IDataset Cifar100(DataFiles files, CifarLabels labels)
    {
        var classes =
            labels == CifarLabels.Fine ? ReadNames(files, CifarFiles.FineNames, 100) : ReadNames(files, CifarFiles.CoarseNames, 20);
        return Open(files, classes, [CifarFiles.Train], [CifarFiles.Test], labelBytes: 2, labelAt: labels == CifarLabels.Fine ? 1 : 0);
    }

    private static ResidentDataset Open(
        DataFiles files,
        IReadOnlyList<string> classes,
        IReadOnlyList<string> train,
        IReadOnlyList<string> test,
        int labelBytes,
        int labelAt
    )
    {
        var trainSplit = ReadSplit(files, train, classes.Count, labelBytes, labelAt);
        try
        {
            return new ResidentDataset(classes, Published, trainSplit, ReadSplit(files, test, classes.Count, labelBytes, labelAt))
            {
                LabelsAreTrue = true,
                ClassesAreStated = true,
            };
        }
        catch
        {
            trainSplit.Images.Dispose();
            trainSplit.Labels!.Dispose();
            throw;
        }
    }

    private static ResidentSplit ReadSplit(DataFiles files, IReadOnlyList<string> names, int classes, int labelBytes, int labelAt)
    {
        var record = labelBytes + ImageBytes;
        var contents = names.Select(name => (Name: name, Bytes: files.ReadAllBytes(name))).ToArray();
        foreach (var (name, bytes) in contents)
        {
            if (bytes.Length == 0 || bytes.Length % record != 0)
            {
                throw Wrong(
                    files,
                    name,
                    files.Mistaken(name) is { } mistaken
                        ? $"{mistaken}. Get it again."
                        : $"its length must be a multiple of {record} bytes (a record: {labelBytes} for the label, {ImageBytes} for the image), but is {bytes.Length}. "
                            + "It is cut off or the wrong file: get it again."
                );
            }
        }

        if (contents.Sum(c => c.Bytes.LongLength) > Array.MaxLength)
            throw Wrong(files, contents[0].Name, "its set has more bytes than fit in memory at once. It is the wrong set: get it again.");
        var count = contents.Sum(c => c.Bytes.Length / record);
        var labels = new long[count];
        var images = empty([count, 3, Side, Side], ScalarType.Byte).DetachFromDisposeScope();
        try
        {
            var pixels = images.bytes;
            var next = 0;
            foreach (var (name, bytes) in contents)
            {
                for (var at = 0; at < bytes.Length; at += record, next++)
                {
                    var label = bytes[at + labelAt];
                    if (label >= classes)
                        throw Wrong(
                            files,
                            name,
                            $"record {at / record} (counted from 0) has the label {label}, but there are {classes} classes, from 0. It is damaged or the wrong file: get it again."
                        );
                    labels[next] = label;
                    bytes.AsSpan(at + labelBytes, ImageBytes).CopyTo(pixels.Slice(next * ImageBytes, ImageBytes));
                }
            }
            return new ResidentSplit(images, tensor(labels, ScalarType.Int64).DetachFromDisposeScope())
            {
                Files = new FilePositions([.. contents.Select(c => (c.Name, c.Bytes.Length / record))]),
            };
        }
        catch
        {
            images.Dispose();
            throw;
        }
    }

    /// <summary>One name a line; the published files end in an empty one.</summary>
    private static string[] ReadNames(DataFiles files, string name, int count)
    {
        var names = Encoding
            .UTF8.GetString(files.ReadAllBytes(name))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return names.Length == count
            ? names
            : throw Wrong(
                files,
                name,
                files.Mistaken(name, text: true) is { } mistaken
                    ? $"{mistaken}. Get it again."
                    : $"it must contain {count} class names, one per line, but has {names.Length}. It is damaged or the wrong file: get it again."
            );
    }

    private static SatException Wrong(DataFiles files, string name, string what) =>
        new(ExitCode.Environment, $"{name} in {files.Location}: {what}");
}

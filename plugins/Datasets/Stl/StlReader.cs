using System.Globalization;
using System.Text;
using Sat.Records;
using Sat.Records.Data;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Datasets.Stl;

/// <summary>
/// Reads the binary layout: images of 3 x 96 x 96 bytes, channel by channel and column by column; labels of a byte each, from 1;
/// ten lines of indices of labelled images, from 0. Any number of images is taken.
/// </summary>
/// <param name="files">The files.</param>
/// <param name="options">What is wanted of them.</param>
sealed class StlReader(DataFiles files, StlOptions options)
{
    private const int Side = 96;
    private const int ImageBytes = 3 * Side * Side;
    private const int FoldCount = 10;

    /// <summary>Images read at once: their floats take some hundred megabytes.</summary>
    private const int AtOnce = 1000;

    public IDataset Open()
    {
        if (Side % options.Size != 0)
            throw new SatException(
                ExitCode.Planning,
                $"dataset 'stl10': 'size' is {options.Size}, but must divide {Side} without remainder: 96, 48, 32, 24, 16, ..."
            );
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var classes = Classes();
        var (labeled, test) = (
            Labelled(StlFiles.TrainImages, StlFiles.TrainLabels, classes.Length),
            Labelled(StlFiles.TestImages, StlFiles.TestLabels, classes.Length)
        );
        var labeledCount = labeled.Images.shape[0];
        var folds = Folds(labeledCount);
        if (options.Fold > 0)
        {
            var chosen = tensor(folds[options.Fold - 1], ScalarType.Int64);
            labeled = (labeled.Images.index_select(0, chosen), labeled.Labels.index_select(0, chosen));
        }
        var train = options.Train switch
        {
            StlTraining.Unlabeled => Images(StlFiles.UnlabeledImages),
            StlTraining.All => cat([labeled.Images, Images(StlFiles.UnlabeledImages)]),
            _ => null,
        };
        IReadOnlyList<string> positions = new FilePositions([(StlFiles.TrainImages, (int)labeledCount)]);
        var labeledSplit = Split(
            labeled.Images,
            labeled.Labels,
            options.Fold > 0 ? [.. folds[options.Fold - 1].Select(i => positions[(int)i])] : positions
        );
        return new StlDataset(classes, labeledSplit, train is null ? labeledSplit : Split(train, null), Split(test.Images, test.Labels));
    }

    private static ResidentSplit Split(Tensor images, Tensor? labels, IReadOnlyList<string>? positions = null) =>
        new(images.DetachFromDisposeScope(), labels?.DetachFromDisposeScope()) { Files = positions };

    private (Tensor Images, Tensor Labels) Labelled(string imagesName, string labelsName, int classes)
    {
        var images = Images(imagesName);
        var bytes = files.ReadAllBytes(labelsName);
        if (bytes.Length != images.shape[0])
            throw Wrong(
                labelsName,
                $"it must have a label for each of the {images.shape[0]} images in {imagesName}, but has {bytes.Length}. One of the two is cut off or from another set: get them again."
            );
        var odd = Array.FindIndex(bytes, label => label < 1 || label > classes);
        if (odd >= 0)
            throw Wrong(
                labelsName,
                $"label {odd} (counted from 0) is {bytes[odd]}, but there are {classes} classes, from 1. It is damaged or the wrong file: get it again."
            );
        return (images, tensor(bytes.Select(label => label - 1L).ToArray(), ScalarType.Int64));
    }

    /// <summary>uint8 [n, 3, size, size].</summary>
    private Tensor Images(string name)
    {
        using var stream = files.OpenRead(name);
        var length = stream.Length;
        if (length == 0 || length % ImageBytes != 0)
        {
            throw Wrong(
                name,
                files.Mistaken(name) is { } mistaken
                    ? $"{mistaken}. Get it again."
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"its length must be a multiple of {ImageBytes} bytes (an image of {Side}x{Side} pixels in three colours), but is {length}. It is cut off or the wrong file: get it again."
                    )
            );
        }
        using var scope = NewDisposeScope();
        var count = length / ImageBytes;
        var images = empty([count, 3, options.Size, options.Size], ScalarType.Byte);
        for (var start = 0L; start < count; start += AtOnce)
        {
            using var part = NewDisposeScope();
            var read = empty([Math.Min(AtOnce, count - start), 3, Side, Side], ScalarType.Byte);
            ReadExactly(stream, read, name);
            images.narrow(0, start, read.shape[0]).copy_(Smaller(read.transpose(2, 3)));
        }
        return images.MoveToOuterDisposeScope();
    }

    private void ReadExactly(Stream stream, Tensor into, string name)
    {
        try
        {
            stream.ReadExactly(into.bytes);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw Wrong(name, $"it cannot be read to its end: {e.Message} Get it again.");
        }
    }

    /// <summary>Means of blocks, halves rounded up.</summary>
    private Tensor Smaller(Tensor images)
    {
        var block = Side / options.Size;
        return block == 1 ? images : nn.functional.avg_pool2d(images.to(ScalarType.Float32), block).add_(0.5).floor_().to(ScalarType.Byte);
    }

    /// <summary>The ten folds: indices of labelled images.</summary>
    private long[][] Folds(long labelled)
    {
        var lines = Lines(StlFiles.Folds);
        if (lines.Length != FoldCount)
            throw Wrong(
                StlFiles.Folds,
                $"it must have {FoldCount} folds, one per line, but has {lines.Length}. It is cut off or the wrong file: get it again."
            );
        return
        [
            .. lines.Select(
                (line, fold) =>
                    line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                        .Select(text =>
                            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < labelled
                                ? index
                                : throw Wrong(
                                    StlFiles.Folds,
                                    $"fold {fold + 1} names the image '{text}', but {StlFiles.TrainImages} has the images 0 to {labelled - 1}. The two do not belong together: get them again."
                                )
                        )
                        .ToArray()
            ),
        ];
    }

    private string[] Classes()
    {
        const int count = 10;
        var names = Lines(StlFiles.ClassNames);
        return names.Length == count
            ? names
            : throw Wrong(
                StlFiles.ClassNames,
                files.Mistaken(StlFiles.ClassNames, text: true) is { } mistaken
                    ? $"{mistaken}. Get it again."
                    : $"it must contain {count} class names, one per line, but has {names.Length}. It is damaged or the wrong file: get it again."
            );
    }

    private string[] Lines(string name) =>
        Encoding
            .UTF8.GetString(files.ReadAllBytes(name))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private SatException Wrong(string name, string what) => new(ExitCode.Environment, $"{name} in {files.Location}: {what}");
}

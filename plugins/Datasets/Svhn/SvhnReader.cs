using Sat.Records;
using Sat.Records.Data;
using Sat.Records.Matlab;
using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Datasets.Svhn;

/// <summary>
/// Reads the files of cropped digits: <c>X</c>, bytes [32, 32, 3, n] (rows, columns, channels, images; rows change fastest), and
/// <c>y</c>, n labels from 1 to 10, of which 10 is the digit 0. Any number of images is taken.
/// </summary>
/// <param name="files">The files.</param>
sealed class SvhnReader(DataFiles files)
{
    private const int Side = 32;
    private const int ImageBytes = 3 * Side * Side;
    private const int Digits = 10;
    private const string ImagesName = "X";
    private const string LabelsName = "y";

    /// <summary>More than ten times those of the largest published file.</summary>
    private const long MostLabels = 10_000_000;

    /// <summary>Images that are turned at once.</summary>
    private const int AtOnce = 10_000;

    /// <summary>The values of the SAT code for selective classification (<c>train.py</c>), and of that of Deep Gamblers.</summary>
    private static readonly Normalization Published = new([0.5, 0.5, 0.5], [0.5, 0.5, 0.5]);

    /// <summary>Opens it.</summary>
    /// <param name="train">The training files, in their order.</param>
    public IDataset Open(IReadOnlyList<string> train)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var (training, test) = (Split(train), Split([SvhnFiles.Test]));
        return new ResidentDataset([.. Enumerable.Range(0, Digits).Select(d => $"{d}")], Published, Kept(training), Kept(test))
        {
            LabelsAreTrue = true,
            ClassesAreStated = true,
        };
    }

    private static ResidentSplit Kept((Tensor Images, Tensor Labels, FilePositions Files) split) =>
        new(split.Images.DetachFromDisposeScope(), split.Labels.DetachFromDisposeScope()) { Files = split.Files };

    private (Tensor Images, Tensor Labels, FilePositions Files) Split(IReadOnlyList<string> names)
    {
        var parts = names.Select(Read).ToArray();
        var positions = new FilePositions([.. names.Zip(parts, (name, part) => (name, part.Labels.Length))]);
        var labels = tensor(parts.SelectMany(p => p.Labels).ToArray(), ScalarType.Int64);
        return (parts is [var only] ? only.Images : cat([.. parts.Select(p => p.Images)]), labels, positions);
    }

    private (Tensor Images, long[] Labels) Read(string name)
    {
        Tensor? images = null;
        IReadOnlyList<long>? labels = null;
        var found = new List<string>();
        try
        {
            using var content = files.OpenRead(name);
            MatFile.Read(content, variable =>
            {
                if (variable is not MatArray array)
                    return;
                found.Add(array.Name);
                if (array.Name == ImagesName && images is null)
                    images = Images(array);
                else if (array.Name == LabelsName && labels is null)
                    labels = array.Integers(MostLabels);
            });
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw Wrong(name, e is EndOfStreamException ? "it is cut off" : e.Message.TrimEnd('.'));
        }
        if (images is null || labels is null)
            throw Wrong(
                name,
                $"it must have the arrays '{ImagesName}' and '{LabelsName}', but has {(found.Count == 0 ? "none" : string.Join(", ", found.Take(5).Select(f => $"'{f}'")))}. It is the wrong file"
            );
        if (labels.Count != images.shape[0])
            throw Wrong(
                name,
                $"it must have a label for each of its {images.shape[0]} images, but has {labels.Count}. It is damaged or the wrong file"
            );
        var (odd, label) = labels.Index().FirstOrDefault(l => l.Item is < 1 or > Digits, (-1, 0));
        if (odd >= 0)
            throw Wrong(
                name,
                $"label {odd} (counted from 0) is {label}, but labels are 1 to {Digits}, where {Digits} is the digit 0. It is damaged or the wrong file"
            );
        return (images, [.. labels.Select(l => l % Digits)]);
    }

    /// <summary>uint8 [n, 3, 32, 32].</summary>
    private static Tensor Images(MatArray array)
    {
        // MATLAB drops a last dimension of 1.
        var count =
            array.Shape is [Side, Side, 3] ? 1
            : array.Shape is [Side, Side, 3, > 0 and var stated] ? stated
            : throw new InvalidDataException(
                $"its '{array.Name}' must be of the shape [{Side}, {Side}, 3, n], but is of {array.ShapeText}"
            );
        if (array.Type != MatType.UInt8)
            throw new InvalidDataException($"its '{array.Name}' must be of bytes, but is of {array.Type}");
        var images = empty([count, 3, Side, Side], ScalarType.Byte);
        for (var start = 0L; start < count; start += AtOnce)
        {
            using var part = NewDisposeScope();
            var read = empty([Math.Min(AtOnce, count - start), 3, Side, Side], ScalarType.Byte);
            array.Read(read.bytes);
            images.narrow(0, start, read.shape[0]).copy_(read.transpose(2, 3));
        }
        return images;
    }

    private SatException Wrong(string name, string what) => new(ExitCode.Environment, $"{name} in {files.Location}: {what}. Get it again.");
}

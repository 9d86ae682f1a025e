using Sat.Records;
using Sat.Records.Arrays;
using Sat.Records.Data;
using Sat.Sdk;

namespace Sat.Datasets.Cifar.Corrupted;

/// <summary>
/// Reads CIFAR-10-C: an array a corruption, uint8 [n, 32, 32, 3], whose first fifth is of severity 1 and whose last is of severity 5, and
/// the labels of the n rows, which are the same in all. Any number of images is taken.
/// </summary>
/// <param name="files">The archive, or what it unpacks to.</param>
/// <param name="normalization">Of the images that were corrupted.</param>
sealed class CorruptedReader(DataFiles files, Normalization normalization)
{
    public const int Severities = 5;
    public const int Side = 32;
    public const int ImageBytes = Side * Side * 3;

    /// <summary>As the Python and the binary version name and number them.</summary>
    private static readonly string[] Classes = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>Opens it.</summary>
    /// <param name="corruptions">Which corruptions.</param>
    /// <exception cref="SatException">A file is missing, damaged or the wrong one (exit code 5).</exception>
    public IDataset Open(CorruptionSet corruptions)
    {
        ArrayFiles arrays;
        try
        {
            arrays = new ArrayFiles(files, CorruptedFiles.Archive);
        }
        catch (InvalidDataException e)
        {
            throw Wrong(CorruptedFiles.Archive, files.Mistaken(CorruptedFiles.Archive) ?? e.Message.TrimEnd('.'));
        }
        try
        {
            var labels = Labels(arrays);
            var images = CorruptionNames
                .Common.Concat(corruptions == CorruptionSet.All ? CorruptionNames.Extra : [])
                .Select(name => Images(arrays, name + CorruptedFiles.Ending, labels.Length))
                .ToArray();
            return new CorruptedDataset(Classes, new CorruptedSplit(images, labels), arrays, normalization);
        }
        catch
        {
            arrays.Dispose();
            throw;
        }
    }

    private long[] Labels(ArrayFiles arrays)
    {
        var labels = Checked(arrays, CorruptedFiles.Labels, array =>
        {
            array.Content.Position = array.Start;
            return Npy.ReadVector(array.Content, array.Header, null);
        });
        var odd = Array.FindIndex(labels, l => l < 0 || l >= Classes.Length);
        return odd >= 0
                ? throw Wrong(
                    CorruptedFiles.Labels,
                    $"label {odd} (counted from 0) is {labels[odd]}, but there are {Classes.Length} classes, from 0"
                )
            : labels.Length == 0 || labels.Length % Severities != 0
                ? throw Wrong(
                    CorruptedFiles.Labels,
                    $"it must have as many labels of each of the {Severities} severities, but has {labels.Length} in all"
                )
            : labels;
    }

    private StoredArray Images(ArrayFiles arrays, string name, int rows) =>
        Checked(arrays, name, array =>
            array.Header is { Kind: NpyKind.Unsigned, Size: 1, ColumnsFirst: false }
            && array.Header.Shape.SequenceEqual([rows, Side, Side, 3])
                ? array
                : throw new InvalidDataException(
                    $"it must be of uint8 [{rows}, {Side}, {Side}, 3], rows first and a row for each label, but is of {array.Header.TypeName} [{string.Join(", ", array.Header.Shape)}]"
                )
        );

    private T Checked<T>(ArrayFiles arrays, string name, Func<StoredArray, T> read)
    {
        try
        {
            return arrays.Find(name) is { } array ? read(array) : throw new InvalidDataException("it is not there");
        }
        catch (InvalidDataException e)
        {
            throw Wrong(name, e.Message.TrimEnd('.'));
        }
    }

    private SatException Wrong(string name, string what) => new(ExitCode.Environment, $"{name} in {files.Location}: {what}. Get it again.");
}

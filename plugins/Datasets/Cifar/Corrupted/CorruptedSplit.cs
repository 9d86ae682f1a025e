using Sat.Sdk;
using static TorchSharp.torch;

namespace Sat.Datasets.Cifar.Corrupted;

/// <summary>The test images, corrupted in several ways: an array a corruption, whose rows are its severities one after the other.</summary>
sealed class CorruptedSplit : IStreamedSplit, IHasSampleFiles, IHasConditions
{
    private readonly IReadOnlyList<StoredArray> _arrays;
    private readonly long _rows;

    /// <param name="arrays">An array a corruption, uint8 [rows, 32, 32, 3].</param>
    /// <param name="labels">The classes of an array's rows, the same in all.</param>
    public CorruptedSplit(IReadOnlyList<StoredArray> arrays, long[] labels)
    {
        (_arrays, _rows) = (arrays, labels.Length);
        Labels = tensor(labels, ScalarType.Int64).repeat(arrays.Count).DetachFromDisposeScope();
        Files = new FilePositions([.. arrays.Select(a => (a.Name, labels.Length))]);
        var each = _rows / CorruptedReader.Severities;
        Conditions =
        [
            .. arrays.SelectMany(
                (a, i) =>
                    Enumerable
                        .Range(0, CorruptedReader.Severities)
                        .Select(s => new SampleCondition(
                            CorruptionNames.InWords(Path.GetFileNameWithoutExtension(a.Name)),
                            s + 1,
                            (i * _rows) + (s * each),
                            each
                        ))
            ),
        ];
    }

    public long Count => _arrays.Count * _rows;

    public Tensor? Labels { get; }

    public IReadOnlyList<string>? Files { get; }

    public IReadOnlyList<SampleCondition> Conditions { get; }

    public Tensor Read(ReadOnlySpan<long> indices)
    {
        using var rows = empty([indices.Length, CorruptedReader.Side, CorruptedReader.Side, 3], ScalarType.Byte);
        var bytes = rows.bytes;
        for (var i = 0; i < indices.Length; i++)
            _arrays[(int)(indices[i] / _rows)]
                .Read(indices[i] % _rows, bytes.Slice(i * CorruptedReader.ImageBytes, CorruptedReader.ImageBytes));
        using var planes = rows.permute(0, 3, 1, 2);
        return planes.contiguous();
    }
}

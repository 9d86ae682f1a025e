using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Sat.Records.Arrays;
using Sat.Records.Files;

namespace Sat.Cleaning;

/// <summary>Beliefs in NumPy's array files: labels of integers, and probabilities of float32 or float64, a row for each sample. Rows are
/// read from the file, which may be larger than memory.</summary>
public sealed class NpyBeliefs : LabelBeliefs, IDisposable
{
    /// <summary>What a row of float32 may miss of 1.</summary>
    private const double Rounding = 1e-3;

    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly long _start;
    private readonly int _size;

    private NpyBeliefs(string path, SafeFileHandle file, long start, NpyHeader header, IReadOnlyList<int> labels)
    {
        (_path, _file, _start, _size) = (path, file, start, header.Size);
        Classes = (int)header.Shape[1];
        Labels = labels;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<int> Labels { get; }

    /// <inheritdoc/>
    public override int Classes { get; }

    /// <summary>Opens both files.</summary>
    /// <param name="labels">A vector of integers.</param>
    /// <param name="probabilities">A matrix of floating-point numbers in rows.</param>
    /// <exception cref="InvalidDataException">They are no such arrays, or do not fit each other.</exception>
    /// <exception cref="IOException">One cannot be read.</exception>
    public static NpyBeliefs Open(string labels, string probabilities)
    {
        NpyHeader header;
        long start;
        using (var stream = RegularFile.OpenRead(probabilities, FileShare.Read))
        {
            header = Npy.ReadHeader(stream);
            start = stream.Position;
            if (
                header
                is not { Kind: NpyKind.Float, Size: 4 or 8, BigEndian: false, ColumnsFirst: false, Shape: [> 0, >= 2 and <= 1 << 20] }
            )
                throw new InvalidDataException(
                    $"{probabilities} is no matrix of probabilities: save float32 or float64 with a row for each sample and a column for each class, in C order"
                );
            if (stream.Length - start != header.ByteCount)
                throw new InvalidDataException(
                    $"{probabilities} has {stream.Length - start} bytes of numbers, and its header says {header.ByteCount}"
                );
        }
        long[] given;
        using (var stream = RegularFile.OpenRead(labels, FileShare.Read))
            given = Npy.ReadVector(stream);
        if (given.Length != header.Shape[0])
            throw new InvalidDataException($"{labels} has {given.Length} labels, and {probabilities} {header.Shape[0]} rows");
        var odd = Array.FindIndex(given, l => l < 0 || l >= header.Shape[1]);
        if (odd >= 0)
            throw new InvalidDataException(
                $"label {odd} of {labels} is {given[odd]}, and {probabilities} has classes 0 to {header.Shape[1] - 1}"
            );
        return new NpyBeliefs(
            probabilities,
            File.OpenHandle(probabilities, options: FileOptions.RandomAccess),
            start,
            header,
            Array.ConvertAll(given, l => (int)l)
        );
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The row holds no probabilities.</exception>
    public override void Read(int sample, Span<double> row)
    {
        var bytes = (stackalloc byte[Classes * _size <= 1 << 14 ? Classes * _size : 0]);
        if (bytes.IsEmpty)
            bytes = new byte[Classes * _size];
        var read = 0;
        while (read < bytes.Length)
        {
            var count = RandomAccess.Read(_file, bytes[read..], _start + (long)sample * bytes.Length + read);
            if (count == 0)
                throw new InvalidDataException($"{_path} ended within row {sample}");
            read += count;
        }
        if (_size == sizeof(float))
        {
            var values = MemoryMarshal.Cast<byte, float>(bytes);
            for (var k = 0; k < row.Length; k++)
                row[k] = values[k];
        }
        else
            MemoryMarshal.Cast<byte, double>(bytes).CopyTo(row);
        Require(sample, row);
    }

    private void Require(int sample, ReadOnlySpan<double> row)
    {
        var (sum, least) = (0.0, 0.0);
        foreach (var p in row)
        {
            sum += p;
            least = Math.Min(least, p);
        }
        if (least < 0 || !double.IsFinite(sum))
            throw new InvalidDataException(
                $"row {sample} of {_path} holds a number that is no probability: give probabilities, not logits"
            );
        if (Math.Abs(sum - 1) > Rounding)
            throw new InvalidDataException($"row {sample} of {_path} sums to {sum}, and not to 1: give probabilities, not logits");
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}

using System.IO.Compression;
using System.Text;
using Sat.Records.Files;

namespace Sat.Datasets.Svhn.Matlab;

/// <summary>
/// Reads arrays of real numbers from MATLAB 5 files, compressed or not, in either byte order, and passes over all else. The format:
/// MathWorks, MAT-File Format, https://www.mathworks.com/help/pdf_doc/matlab/matfile_format.pdf
/// </summary>
static class MatFile
{
    private const int HeaderBytes = 128;
    private const int TagBytes = 8;

    /// <summary>Deflate shrinks nothing further than to a 1032nd.</summary>
    private const int LargestRatio = 1032;

    /// <summary>Classes of arrays whose elements are numbers, from double to uint64.</summary>
    private const int FirstNumeric = 6;
    private const int LastNumeric = 15;
    private const uint ComplexFlag = 0x800;

    /// <summary>Shows each array in turn.</summary>
    /// <param name="content">The file; its length is known.</param>
    /// <param name="visit">Reads as much of an array as it likes.</param>
    /// <exception cref="InvalidDataException">The file is none, or damaged.</exception>
    /// <exception cref="EndOfStreamException">It is cut off.</exception>
    public static void Read(Stream content, Action<MatArray> visit)
    {
        var file = new PartStream(content, content.Length);
        var reader = Header(file);
        while (file.Left > 0)
        {
            var tag = reader.Tag(file);
            if (tag.Small is not null)
                throw new InvalidDataException("an array in it is too short for one");
            if (tag.Length > file.Left)
                throw new InvalidDataException($"it is cut off: an array in it has {tag.Length} bytes, of which {file.Left} are there");
            var element = new PartStream(file, tag.Length);
            if (tag.Type == MatType.Compressed)
                Inflate(element, reader, visit);
            else if (tag.Type == MatType.Matrix)
                Matrix(element, reader, visit);
            element.Skip();
        }
    }

    private static MatReader Header(PartStream file)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        header = header[..(int)Math.Min(HeaderBytes, file.Left)];
        file.ReadExactly(header);
        if (!header.StartsWith("MATLAB"u8))
            throw new InvalidDataException(MistakenContent.Recognize(header) ?? "it is not a MATLAB file");
        if (header.Length < HeaderBytes)
            throw new EndOfStreamException();
        return header[124..] switch
        {
            [0, 1, (byte)'I', (byte)'M'] => new MatReader(isBigEndian: false),
            [1, 0, (byte)'M', (byte)'I'] => new MatReader(isBigEndian: true),
            [0, 2, (byte)'I', (byte)'M'] => throw new InvalidDataException(
                "it is a file of MATLAB 7.3, and only those of MATLAB 5 are read"
            ),
            _ => throw new InvalidDataException("it is not a file of MATLAB 5, or its header is damaged"),
        };
    }

    private static void Inflate(PartStream element, MatReader reader, Action<MatArray> visit)
    {
        var compressed = element.Length;
        using var inflated = new ZLibStream(element, CompressionMode.Decompress, leaveOpen: true);
        var tag = reader.Tag(inflated);
        if (tag.Type != MatType.Matrix || tag.Small is not null)
            throw new InvalidDataException("what is compressed in it is no array");
        if (tag.Length / LargestRatio > compressed + TagBytes)
            throw new InvalidDataException("an array claims more than it can hold");
        var matrix = new PartStream(inflated, tag.Length);
        Matrix(matrix, reader, visit);
        // To the end, where the checksum stands.
        matrix.Skip();
        if (inflated.ReadByte() >= 0)
            throw new InvalidDataException("an array has more than it states");
    }

    private static void Matrix(PartStream matrix, MatReader reader, Action<MatArray> visit)
    {
        var flags = reader.Short(matrix, "array flags", MatType.UInt32);
        if (flags.Length != 8)
            throw new InvalidDataException($"its array flags have {flags.Length} bytes");
        var bits = reader.Number(flags);
        if ((bits & 0xFF) is < FirstNumeric or > LastNumeric || (bits & ComplexFlag) != 0)
            return;
        var shape = Shape(reader.Short(matrix, "list of dimensions", MatType.Int32), reader);
        var name = Encoding.UTF8.GetString(reader.Short(matrix, "name", MatType.Int8, MatType.UInt8));
        var tag = reader.Tag(matrix);
        var (size, count) = (MatArray.SizeOf(tag.Type), Count(shape));
        if (tag.Length % size != 0 || tag.Length / size != count)
            throw new InvalidDataException(
                $"'{name}' is of the shape [{string.Join(", ", shape)}], but has {tag.Length} bytes of {size} for an element"
            );
        if (tag.Small is null && tag.Length > matrix.Left)
            throw new InvalidDataException($"'{name}' has {tag.Length} bytes, of which its array holds {matrix.Left}");
        visit(
            new MatArray(
                name,
                shape,
                tag.Type,
                tag.Small is { } small ? new PartStream(new MemoryStream(small), small.Length) : new PartStream(matrix, tag.Length),
                reader
            )
        );
    }

    private static long[] Shape(byte[] bytes, MatReader reader)
    {
        if (bytes.Length % 4 != 0 || bytes.Length < 8)
            throw new InvalidDataException($"its list of dimensions has {bytes.Length} bytes");
        long[] shape = [.. Enumerable.Range(0, bytes.Length / 4).Select(i => (long)reader.Number(bytes.AsSpan(i * 4)))];
        return shape.All(d => d <= int.MaxValue)
            ? shape
            : throw new InvalidDataException($"it states the dimensions [{string.Join(", ", shape)}]");
    }

    /// <summary>How many elements; -1: more than any file has.</summary>
    private static long Count(long[] shape)
    {
        var count = (Int128)1;
        foreach (var dimension in shape)
        {
            count *= dimension;
            if (count > long.MaxValue)
                return -1;
        }
        return (long)count;
    }
}

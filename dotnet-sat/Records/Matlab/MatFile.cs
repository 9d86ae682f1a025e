using System.IO.Compression;
using Sat.Records.Files;

namespace Sat.Records.Matlab;

/// <summary>
/// Reads numbers, texts and structures from MATLAB 5 files, compressed or not, in either byte order, and passes over all else. The format:
/// MathWorks, MAT-File Format, https://www.mathworks.com/help/pdf_doc/matlab/matfile_format.pdf
/// </summary>
public static class MatFile
{
    private const int HeaderBytes = 128;
    private const int TagBytes = 8;

    /// <summary>Deflate shrinks nothing further than to a 1032nd.</summary>
    private const int LargestRatio = 1032;

    /// <summary>Shows each variable in turn.</summary>
    /// <param name="content">The file; its length is known.</param>
    /// <param name="visit">Reads as much of a variable as it likes.</param>
    /// <param name="mostBytes">The most bytes that a variable may have, once inflated.</param>
    /// <exception cref="InvalidDataException">The file is none, or damaged.</exception>
    /// <exception cref="EndOfStreamException">It is cut off.</exception>
    public static void Read(Stream content, Action<MatVariable> visit, long mostBytes = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(visit);
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
                Inflate(element, reader, visit, mostBytes);
            else if (tag.Type == MatType.Matrix)
                Show(element, reader, visit, mostBytes);
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

    private static void Inflate(PartStream element, MatReader reader, Action<MatVariable> visit, long mostBytes)
    {
        var compressed = element.Length;
        using var inflated = new ZLibStream(element, CompressionMode.Decompress, leaveOpen: true);
        var tag = reader.Tag(inflated);
        if (tag.Type != MatType.Matrix || tag.Small is not null)
            throw new InvalidDataException("what is compressed in it is no array");
        if (tag.Length / LargestRatio > compressed + TagBytes)
            throw new InvalidDataException("an array claims more than it can hold");
        var matrix = new PartStream(inflated, tag.Length);
        Show(matrix, reader, visit, mostBytes);
        // To the end, where the checksum stands.
        matrix.Skip();
        if (inflated.ReadByte() >= 0)
            throw new InvalidDataException("an array has more than it states");
    }

    private static void Show(PartStream matrix, MatReader reader, Action<MatVariable> visit, long mostBytes)
    {
        if (matrix.Length > mostBytes)
            throw new InvalidDataException($"an array in it has {matrix.Length} bytes, more than can be");
        MatMatrix.Show(matrix, reader, visit);
    }
}

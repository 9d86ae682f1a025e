using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Sat.Datasets.ImageNet;

/// <summary>A data element of a MATLAB 5 file ("MAT-File Format", MathWorks, chapter 1), little-endian.</summary>
/// <param name="Type">What <paramref name="Data"/> holds.</param>
/// <param name="Data">Without tag and padding.</param>
readonly record struct MatElement(int Type, ReadOnlyMemory<byte> Data)
{
    public const int Matrix = 14;
    private const int Compressed = 15;

    /// <summary>More than any table of the development kit holds.</summary>
    private const int MostInflated = 64 << 20;

    /// <summary>The elements that lie one behind the other.</summary>
    /// <exception cref="InvalidDataException">One is cut off.</exception>
    public static IEnumerable<MatElement> In(ReadOnlyMemory<byte> data) => In(data, isInflated: false);

    private static IEnumerable<MatElement> In(ReadOnlyMemory<byte> data, bool isInflated)
    {
        while (data.Length >= 8)
        {
            var (type, length) = (Int(data, 0), Int(data, 4));
            var (start, size) = (8, 8);
            if (type >> 16 is var small and not 0)
                (type, length, start) = (type & 0xFFFF, small, 4);
            else
                size = type == Compressed ? 8 + length : 8 + (length + 7) / 8 * 8;
            if (length < 0 || length > data.Length - start)
                throw new InvalidDataException("a table of MATLAB is cut off");
            var content = data.Slice(start, length);
            if (type != Compressed)
                yield return new MatElement(type, content);
            else if (isInflated)
                throw new InvalidDataException("a table of MATLAB is compressed twice");
            else
            {
                foreach (var inner in In(Inflate(content), isInflated: true))
                    yield return inner;
            }
            data = data[Math.Min(size, data.Length)..];
        }
    }

    /// <summary>A number of any type of its own.</summary>
    public double Number =>
        (Type, Data.Length) switch
        {
            (1, >= 1) => (sbyte)Data.Span[0],
            (2, >= 1) => Data.Span[0],
            (3, >= 2) => BinaryPrimitives.ReadInt16LittleEndian(Data.Span),
            (4, >= 2) => BinaryPrimitives.ReadUInt16LittleEndian(Data.Span),
            (5, >= 4) => BinaryPrimitives.ReadInt32LittleEndian(Data.Span),
            (6, >= 4) => BinaryPrimitives.ReadUInt32LittleEndian(Data.Span),
            (7, >= 4) => BinaryPrimitives.ReadSingleLittleEndian(Data.Span),
            (12, >= 8) => BinaryPrimitives.ReadInt64LittleEndian(Data.Span),
            (13, >= 8) => BinaryPrimitives.ReadUInt64LittleEndian(Data.Span),
            (9, >= 8) => BinaryPrimitives.ReadDoubleLittleEndian(Data.Span),
            _ => throw new InvalidDataException($"a table of MATLAB has a number of the type {Type}, which is not known here"),
        };

    /// <summary>Letters of a byte or two each.</summary>
    public string Text => (Type is 4 or 17 ? Encoding.Unicode : Encoding.UTF8).GetString(Data.Span);

    private static int Int(ReadOnlyMemory<byte> data, int at) => BinaryPrimitives.ReadInt32LittleEndian(data.Span[at..]);

    private static ReadOnlyMemory<byte> Inflate(ReadOnlyMemory<byte> content)
    {
        using var zlib = new ZLibStream(new MemoryStream(content.ToArray()), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (zlib.Read(buffer) is > 0 and var read)
        {
            if (plain.Length > MostInflated)
                throw new InvalidDataException("a table of MATLAB is larger than any of the development kit");
            plain.Write(buffer, 0, read);
        }
        return plain.ToArray();
    }
}

using System.Buffers.Binary;

namespace Sat.Records.Matlab;

/// <summary>Reads data elements in a file's byte order.</summary>
/// <param name="isBigEndian">The byte order.</param>
internal sealed class MatReader(bool isBigEndian)
{
    private const int Alignment = 8;

    /// <summary>Tags of a matrix hold few bytes: its size, its name.</summary>
    private const int MostHeaderBytes = 4096;

    public bool IsBigEndian => isBigEndian;

    public MatTag Tag(Stream content)
    {
        Span<byte> bytes = stackalloc byte[Alignment];
        content.ReadExactly(bytes);
        var (first, second) = (Number(bytes), Number(bytes[4..]));
        return first >> 16 == 0 ? new MatTag((MatType)first, second, null)
            : first >> 16 <= 4 ? new MatTag((MatType)(first & 0xFFFF), first >> 16, bytes.Slice(4, (int)(first >> 16)).ToArray())
            : throw new InvalidDataException($"a small element states {first >> 16} bytes, and holds four");
    }

    /// <summary>The bytes of a short element of a matrix, with what pads them.</summary>
    public byte[] Short(Stream content, string what, params MatType[] types)
    {
        var tag = Tag(content);
        if (!types.Contains(tag.Type))
            throw new InvalidDataException($"its {what} is of the type {(int)tag.Type}");
        if (tag.Small is not null)
            return tag.Small;
        if (tag.Length > MostHeaderBytes)
            throw new InvalidDataException($"its {what} has {tag.Length} bytes");
        var bytes = new byte[(tag.Length + Alignment - 1) / Alignment * Alignment];
        content.ReadExactly(bytes);
        return bytes[..(int)tag.Length];
    }

    public uint Number(ReadOnlySpan<byte> bytes) =>
        isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    /// <summary>A number of some type, if it is whole; null: it is not.</summary>
    public long? Whole(MatType type, ReadOnlySpan<byte> bytes)
    {
        Span<byte> value = stackalloc byte[bytes.Length];
        bytes.CopyTo(value);
        if (isBigEndian)
            value.Reverse();
        return type switch
        {
            MatType.Int8 => (sbyte)value[0],
            MatType.UInt8 => value[0],
            MatType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(value),
            MatType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(value),
            MatType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(value),
            MatType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(value),
            MatType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(value),
            MatType.UInt64 => BinaryPrimitives.ReadUInt64LittleEndian(value) is <= long.MaxValue and var large ? (long)large : null,
            MatType.Single => Whole(BinaryPrimitives.ReadSingleLittleEndian(value)),
            _ => Whole(BinaryPrimitives.ReadDoubleLittleEndian(value)),
        };
    }

    private static long? Whole(double value) => double.IsInteger(value) && Math.Abs(value) < 1L << 53 ? (long)value : null;
}

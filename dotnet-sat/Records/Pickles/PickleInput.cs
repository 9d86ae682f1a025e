using System.Buffers.Binary;
using System.Text;

namespace Sat.Records.Pickles;

/// <summary>The bytes of a pickle: what they say of lengths is held against what is left of them.</summary>
/// <param name="content">All of them.</param>
internal sealed class PickleInput(ReadOnlyMemory<byte> content)
{
    /// <summary>How many are read.</summary>
    public int Position { get; private set; }

    /// <summary>How many there are.</summary>
    public int Length => content.Length;

    public byte Byte() => Bytes(1).Span[0];

    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2).Span);

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(4).Span);

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4).Span);

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(8).Span);

    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Bytes(8).Span);

    /// <summary>A part of the content, not a copy.</summary>
    public ReadOnlyMemory<byte> Bytes(ulong count)
    {
        if (count > (ulong)(content.Length - Position))
            throw new InvalidDataException("it is cut off");
        var bytes = content.Slice(Position, (int)count);
        Position += (int)count;
        return bytes;
    }

    /// <summary>What precedes the next line break, which is skipped; in Latin-1, as protocol 0 has it.</summary>
    public string Line()
    {
        var length = content.Span[Position..].IndexOf((byte)'\n');
        if (length < 0)
            throw new InvalidDataException("it is cut off");
        var line = Encoding.Latin1.GetString(content.Span.Slice(Position, length));
        Position += length + 1;
        return line.TrimEnd('\r');
    }
}

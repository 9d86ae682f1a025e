using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Sat.Records.Files;

namespace Sat.Records.Runs;

/// <summary>
/// Metrics as TensorBoard reads them: a file of records (length, its checksum, data, their checksum), each an <c>Event</c> of
/// TensorFlow's <c>event.proto</c> in the wire format of protocol buffers. An epoch is a step, a metric a scalar of its name.
/// </summary>
public static class TensorBoard
{
    private const string FileVersion = "brain.Event:2";
    private const int FrameHead = 12;
    private const int FrameTail = 4;

    // Fields of Event, Summary and Summary.Value, each with its wire type: 0 varint, 1 eight bytes, 2 length and bytes, 5 four bytes.
    private const byte WallTime = 1 << 3 | 1;
    private const byte Step = 2 << 3;
    private const byte Version = 3 << 3 | 2;
    private const byte Summary = 5 << 3 | 2;
    private const byte Value = 1 << 3 | 2;
    private const byte Tag = 1 << 3 | 2;
    private const byte SimpleValue = 2 << 3 | 5;

    /// <summary>The record that a file begins with.</summary>
    public static byte[] Head(DateTimeOffset time) => Frame([.. TimeField(time), .. Bytes(Version, Encoding.UTF8.GetBytes(FileVersion))]);

    /// <summary>The record of an epoch's metrics, which TensorBoard keeps as 32-bit floats.</summary>
    public static byte[] Record(MetricsRow row, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(row);
        byte[] values =
        [
            .. row.Values.SelectMany(v => Bytes(Value, [.. Bytes(Tag, Encoding.UTF8.GetBytes(v.Key)), .. Scalar((float)v.Value)])),
        ];
        return Frame([.. TimeField(time), Step, .. Varint((ulong)row.Epoch), .. Bytes(Summary, values)]);
    }

    /// <summary>A whole file: its head, and a record a row.</summary>
    /// <param name="stream">Where it goes.</param>
    /// <param name="rows">The epochs.</param>
    /// <param name="times">When each epoch was; see <see cref="ReadTimes"/>.</param>
    /// <param name="now">For epochs without a time.</param>
    public static void Write(
        Stream stream,
        IReadOnlyList<MetricsRow> rows,
        IReadOnlyDictionary<int, DateTimeOffset> times,
        DateTimeOffset now
    )
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(times);
        DateTimeOffset At(MetricsRow row) => times.TryGetValue(row.Epoch, out var time) ? time : now;
        stream.Write(Head(rows.Count > 0 ? At(rows[0]) : now));
        foreach (var row in rows)
            stream.Write(Record(row, At(row)));
    }

    /// <summary>When each epoch of a file of ours was; nothing from the first record on that is damaged or cut off.</summary>
    public static IReadOnlyDictionary<int, DateTimeOffset> ReadTimes(string path)
    {
        var times = new Dictionary<int, DateTimeOffset>();
        byte[] file;
        try
        {
            file = RegularFile.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return times;
        }
        var rest = file.AsSpan();
        while (TryUnframe(ref rest, out var data))
        {
            if (data.Length > 10 && data[0] == WallTime && data[9] == Step && TryReadVarint(data[10..], out var step))
                times[(int)step] = DateTimeOffset.UnixEpoch.AddSeconds(BinaryPrimitives.ReadDoubleLittleEndian(data[1..]));
        }
        return times;
    }

    private static byte[] TimeField(DateTimeOffset time)
    {
        var bytes = new byte[9];
        bytes[0] = WallTime;
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(1), (time - DateTimeOffset.UnixEpoch).TotalSeconds);
        return bytes;
    }

    private static byte[] Scalar(float value)
    {
        var bytes = new byte[5];
        bytes[0] = SimpleValue;
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(1), value);
        return bytes;
    }

    private static byte[] Bytes(byte field, byte[] content) => [field, .. Varint((ulong)content.Length), .. content];

    /// <summary>Seven bits a byte, the lowest first; the top bit says that more follow.</summary>
    private static IEnumerable<byte> Varint(ulong number)
    {
        for (; number > 0x7f; number >>= 7)
            yield return (byte)(number | 0x80);
        yield return (byte)number;
    }

    private static bool TryReadVarint(ReadOnlySpan<byte> bytes, out ulong number)
    {
        number = 0;
        for (var i = 0; i < Math.Min(bytes.Length, 5); i++)
        {
            number |= (ulong)(bytes[i] & 0x7f) << (7 * i);
            if (bytes[i] <= 0x7f)
                return number <= int.MaxValue;
        }
        return false;
    }

    private static byte[] Frame(byte[] data)
    {
        var frame = new byte[FrameHead + data.Length + FrameTail];
        BinaryPrimitives.WriteInt64LittleEndian(frame, data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(8), Checksum(frame.AsSpan(0, 8)));
        data.CopyTo(frame, FrameHead);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(FrameHead + data.Length), Checksum(data));
        return frame;
    }

    private static bool TryUnframe(ref Span<byte> rest, out ReadOnlySpan<byte> data)
    {
        data = default;
        if (rest.Length < FrameHead + FrameTail || BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]) != Checksum(rest[..8]))
            return false;
        var length = BinaryPrimitives.ReadInt64LittleEndian(rest);
        if (length > rest.Length - FrameHead - FrameTail)
            return false;
        data = rest.Slice(FrameHead, (int)length);
        if (BinaryPrimitives.ReadUInt32LittleEndian(rest[(FrameHead + (int)length)..]) != Checksum(data))
            return false;
        rest = rest[(FrameHead + (int)length + FrameTail)..];
        return true;
    }

    /// <summary>CRC-32C, rotated and shifted: checksums of data that hold checksums would be weak.</summary>
    private static uint Checksum(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
            crc = BitOperations.Crc32C(crc, value);
        return unchecked(BitOperations.RotateRight(~crc, 15) + 0xa282ead8);
    }
}

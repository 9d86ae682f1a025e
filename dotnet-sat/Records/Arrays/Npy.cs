using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Sat.Records.Files;

namespace Sat.Records.Arrays;

/// <summary>NumPy's array format, version 1.0: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html</summary>
public static class Npy
{
    private const int Chunk = 1 << 20;

    private static readonly byte[] Magic = [0x93, .. "NUMPY"u8];

    /// <summary>Writes an array of <c>long</c>, <c>int</c>, <c>float</c>, <c>double</c> or <c>byte</c>.</summary>
    public static void Write<T>(Stream stream, ReadOnlySpan<T> values, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(stream);
        var type = default(T) switch
        {
            long => "<i8",
            int => "<i4",
            float => "<f4",
            double => "<f8",
            byte => "|u1",
            _ => throw new ArgumentException($"arrays of {typeof(T).Name} are not written", nameof(values)),
        };
        var text = new StringBuilder();
        foreach (var length in shape)
            text.Append(CultureInfo.InvariantCulture, $"{length}, ");
        var dimensions = shape.Length == 1 ? text.ToString().TrimEnd(' ') : text.ToString().TrimEnd(',', ' ');
        var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({dimensions}), }}";
        // As NumPy does: room for the first length to grow to 21 digits, then a multiple of 64 bytes.
        if (shape.Length > 0)
            header += new string(' ', 21 - shape[0].ToString(CultureInfo.InvariantCulture).Length);
        header += new string(' ', 64 - (Magic.Length + 4 + header.Length + 1) % 64) + "\n";
        stream.Write(Magic);
        stream.Write([1, 0, (byte)(header.Length & 0xff), (byte)(header.Length >> 8)]);
        stream.Write(Encoding.ASCII.GetBytes(header));
        stream.Write(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Reads an array of at most 2 GB, version 1 to 3 of the format: row by row, little-endian, however it is written.</summary>
    /// <exception cref="InvalidDataException">The file is none, is cut off, or holds what is not read here (objects, texts).</exception>
    public static NpyArray Read(Stream stream)
    {
        return Read(stream, ReadHeader(stream));
    }

    /// <summary>The same of elements whose header is known.</summary>
    /// <exception cref="InvalidDataException">They are cut off.</exception>
    internal static NpyArray Read(Stream stream, NpyHeader header)
    {
        if (header.ByteCount > Array.MaxLength)
            throw new InvalidDataException($"it has {header.ByteCount} bytes, more than fit in memory at once");
        var bytes = new byte[Math.Min(header.ByteCount, Chunk)];
        ReadElements(stream, header, (first, elements) =>
        {
            var at = first * header.Size;
            if (at + elements.Length > bytes.Length)
                Array.Resize(ref bytes, (int)Math.Min(header.ByteCount, Math.Max(at + elements.Length, bytes.Length * 2L)));
            elements.CopyTo(bytes.AsSpan((int)at));
        });
        return new NpyArray(header.Type, header.Shape, header.ColumnsFirst ? ByRows(bytes, header) : bytes);
    }

    /// <summary>Reads integers of the shape [n] or [n, 1], of any type, whole floats included.</summary>
    /// <exception cref="InvalidDataException">The file is none, is cut off, or holds something else.</exception>
    public static long[] ReadVector(Stream stream) => ReadVector(stream, null);

    /// <summary>Reads integers of the shape [n] or [n, 1], of any type, whole floats included, or texts (NumPy's <c>U</c>, and <c>S</c> in
    /// UTF-8) that stand for integers.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="number">Turns a text and its position into the integer; null: texts are not read.</param>
    /// <exception cref="InvalidDataException">The file is none, is cut off, or holds something else.</exception>
    public static long[] ReadVector(Stream stream, Func<string, long, long>? number)
    {
        return ReadVector(stream, ReadHeader(stream, texts: number is not null), number);
    }

    /// <summary>The same of elements whose header is known.</summary>
    /// <param name="stream">The elements.</param>
    /// <param name="header">What they are.</param>
    /// <param name="number">Turns a text and its position into the integer; null: texts are not read.</param>
    /// <exception cref="InvalidDataException">They are cut off, or something else.</exception>
    public static long[] ReadVector(Stream stream, NpyHeader header, Func<string, long, long>? number)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (number is null && header.Kind is NpyKind.Text or NpyKind.Bytes)
            throw new InvalidDataException("its elements are texts, not integers");
        if (header.Shape is not ([_] or [_, 1]))
            throw new InvalidDataException(
                $"its shape must be [n] or [n, 1], but is [{string.Join(", ", header.Shape)}]{(header.Shape is [1, _] ? "; write array.ravel()" : header.Shape.Count == 2 ? "; of one-hot rows, write array.argmax(1)" : "")}"
            );
        if (header.Count > Array.MaxLength)
            throw new InvalidDataException($"it has {header.Count} elements, more than fit in memory at once");
        var values = new long[Math.Min(header.Count, Chunk)];
        ReadElements(stream, header, (first, elements) =>
        {
            var more = header.Kind switch
            {
                NpyKind.Text or NpyKind.Bytes => Numbers(elements, header, first, number!),
                NpyKind.Float => Wholes(elements, header, first),
                _ => new NpyArray(header.Type, [elements.Length / header.Size], elements.ToArray()).ToInt64(),
            };
            if (first + more.Length > values.Length)
                Array.Resize(ref values, (int)Math.Min(header.Count, Math.Max(first + more.Length, values.Length * 2L)));
            more.CopyTo(values, first);
        });
        return values;
    }

    /// <summary>How many elements an array of the shape [n] or [n, 1] has; null: it has another shape.</summary>
    /// <exception cref="InvalidDataException">The file is none, is cut off, or holds what is not read here.</exception>
    public static long? ReadVectorLength(Stream stream) =>
        ReadHeader(stream, texts: true).Shape is ([_] or [_, 1]) and var shape ? shape[0] : null;

    private static long[] Numbers(ReadOnlySpan<byte> texts, NpyHeader header, long first, Func<string, long, long> number)
    {
        var encoding = header.Kind == NpyKind.Bytes ? Encoding.UTF8 : Encoding.UTF32;
        var values = new long[texts.Length / header.Size];
        for (var i = 0; i < values.Length; i++)
            values[i] = number(encoding.GetString(texts.Slice(i * header.Size, header.Size)).TrimEnd('\0'), first + i);
        return values;
    }

    /// <summary>Floats as the integers that they are, as pandas makes of a column with gaps.</summary>
    private static long[] Wholes(ReadOnlySpan<byte> floats, NpyHeader header, long first)
    {
        var values = new long[floats.Length / header.Size];
        for (var i = 0; i < values.Length; i++)
        {
            var bytes = floats.Slice(i * header.Size, header.Size);
            var value = header.Size switch
            {
                2 => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
                4 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
                _ => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            };
            values[i] =
                Math.Abs(value) < 1L << 53 && value == Math.Floor(value)
                    ? (long)value
                    : throw new InvalidDataException(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"its elements are {header.TypeName}, not integers: element {first + i} is {value}"
                        )
                    );
        }
        return values;
    }

    /// <summary>Reads what precedes the elements.</summary>
    /// <exception cref="InvalidDataException">The file is none, is cut off, or holds what is not read here.</exception>
    public static NpyHeader ReadHeader(Stream stream) => ReadHeader(stream, texts: false);

    /// <summary>Whether the elements of an array are Python objects; what follows its header is then a pickle of all of it.</summary>
    /// <param name="stream">The file; left behind its header.</param>
    /// <exception cref="InvalidDataException">The file is none, or is cut off.</exception>
    public static bool HoldsObjects(Stream stream) => NpyHeader.IsOfObjects(ReadHeaderText(stream));

    private static NpyHeader ReadHeader(Stream stream, bool texts) => NpyHeader.Parse(ReadHeaderText(stream), texts);

    private static string ReadHeaderText(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            var start = new byte[8];
            var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            if (read == 0 || !start.AsSpan(0, Math.Min(read, Magic.Length)).SequenceEqual(Magic.AsSpan(0, Math.Min(read, Magic.Length))))
                throw new InvalidDataException(Mistaken(start.AsSpan(0, read), stream) ?? "it is not a NumPy array file");
            if (read < start.Length)
                throw new EndOfStreamException();
            Span<byte> length = stackalloc byte[start[6] == 1 ? 2 : 4];
            stream.ReadExactly(length);
            var headerLength = length.Length == 2 ? length[0] | length[1] << 8 : BinaryPrimitives.ReadInt32LittleEndian(length);
            if (headerLength is < 0 or > 1 << 20)
                throw new InvalidDataException("its header is damaged");
            var header = new byte[headerLength];
            stream.ReadExactly(header);
            return Encoding.UTF8.GetString(header);
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("it is cut off", e);
        }
    }

    /// <summary>Receives some elements, little-endian, in the order of the file.</summary>
    /// <param name="first">The position of the first of them.</param>
    /// <param name="elements">Their bytes, a whole number of elements; gone when it returns.</param>
    public delegate void ElementReceiver(long first, ReadOnlySpan<byte> elements);

    /// <summary>Reads all elements piece by piece, however many there are. Memory is taken as data comes: a damaged header must not ask for
    /// more than the file has.</summary>
    /// <param name="stream">Where <see cref="ReadHeader(Stream)"/> left it.</param>
    /// <param name="header">What that gave.</param>
    /// <param name="receive">Receives them.</param>
    /// <exception cref="InvalidDataException">The file is cut off.</exception>
    public static void ReadElements(Stream stream, NpyHeader header, ElementReceiver receive)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(receive);
        var count = header.Count;
        var buffer = new byte[Math.Min(Chunk, count * header.Size)];
        try
        {
            var first = 0L;
            while (first < count)
            {
                var some = buffer.AsSpan(0, (int)Math.Min(buffer.Length / header.Size, count - first) * header.Size);
                stream.ReadExactly(some);
                if (header.BigEndian)
                    Swap(some, header.Kind == NpyKind.Text ? sizeof(int) : header.Size);
                receive(first, some);
                first += some.Length / header.Size;
            }
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("it is cut off", e);
        }
    }

    private static void Swap(Span<byte> elements, int size)
    {
        switch (size)
        {
            case 2:
                BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, short>(elements), MemoryMarshal.Cast<byte, short>(elements));
                break;
            case 4:
                BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, int>(elements), MemoryMarshal.Cast<byte, int>(elements));
                break;
            default:
                BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, long>(elements), MemoryMarshal.Cast<byte, long>(elements));
                break;
        }
    }

    /// <summary>From Fortran's order to rows.</summary>
    private static byte[] ByRows(byte[] columns, NpyHeader header)
    {
        var rows = new byte[columns.Length];
        var position = new long[header.Shape.Count];
        var strides = new long[header.Shape.Count];
        for (var (d, stride) = (0, 1L); d < strides.Length; stride *= header.Shape[d++])
            strides[d] = stride;
        for (int to = 0; to < rows.Length; to += header.Size)
        {
            var from = 0L;
            for (var d = 0; d < position.Length; d++)
                from += position[d] * strides[d];
            columns.AsSpan((int)(from * header.Size), header.Size).CopyTo(rows.AsSpan(to));
            for (var d = position.Length - 1; d >= 0 && ++position[d] == header.Shape[d]; d--)
                position[d] = 0;
        }
        return rows;
    }

    private static string? Mistaken(ReadOnlySpan<byte> start, Stream rest)
    {
        var more = new byte[MistakenContent.HeadLength];
        return MistakenContent.Recognize([.. start, .. more.AsSpan(0, rest.ReadAtLeast(more, more.Length, throwOnEndOfStream: false))]);
    }
}

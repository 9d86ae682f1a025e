using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Sat.Records.Arrays;

/// <summary>An array read from a file of NumPy's.</summary>
/// <param name="Type">NumPy's type text: <c>&lt;f4</c>, <c>&lt;i8</c>, <c>|u1</c>.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Bytes">Its elements, row by row, little-endian.</param>
public sealed record NpyArray(string Type, IReadOnlyList<long> Shape, byte[] Bytes)
{
    /// <summary>Elements in all.</summary>
    public long Count => Shape.Aggregate(1L, (a, b) => a * b);

    /// <summary>The elements as 64-bit integers, from any integer type.</summary>
    /// <exception cref="InvalidDataException">They are no integers.</exception>
    public long[] ToInt64() => Type[1..] switch
    {
        "i8" => MemoryMarshal.Cast<byte, long>(Bytes).ToArray(),
        "u8" => [.. MemoryMarshal.Cast<byte, ulong>(Bytes).ToArray().Select(v => checked((long)v))],
        "i4" => [.. MemoryMarshal.Cast<byte, int>(Bytes).ToArray().Select(v => (long)v)],
        "u4" => [.. MemoryMarshal.Cast<byte, uint>(Bytes).ToArray().Select(v => (long)v)],
        "i2" => [.. MemoryMarshal.Cast<byte, short>(Bytes).ToArray().Select(v => (long)v)],
        "u2" => [.. MemoryMarshal.Cast<byte, ushort>(Bytes).ToArray().Select(v => (long)v)],
        "i1" => [.. MemoryMarshal.Cast<byte, sbyte>(Bytes).ToArray().Select(v => (long)v)],
        "u1" or "b1" => [.. Bytes.Select(v => (long)v)],
        _ => throw new InvalidDataException($"its elements are '{Type}', not integers"),
    };
}

/// <summary>NumPy's array format, version 1.0: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html</summary>
public static partial class Npy
{
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

    /// <summary>Reads an array, version 1 to 3 of the format, row by row, little-endian.</summary>
    /// <exception cref="InvalidDataException">The file is none, is cut off, or holds what is not read here (objects, columns first, big-endian).</exception>
    public static NpyArray Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            Span<byte> start = stackalloc byte[8];
            var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            if (!start[..Math.Min(read, Magic.Length)].SequenceEqual(Magic.AsSpan(0, Math.Min(read, Magic.Length))))
                throw new InvalidDataException("it is no NumPy array file");
            if (read < start.Length)
                throw new EndOfStreamException();
            Span<byte> length = stackalloc byte[start[6] == 1 ? 2 : 4];
            stream.ReadExactly(length);
            var headerLength = length.Length == 2 ? length[0] | length[1] << 8 : BitConverter.ToInt32(length);
            if (headerLength is < 0 or > 1 << 20)
                throw new InvalidDataException("its header is damaged");
            var headerBytes = new byte[headerLength];
            stream.ReadExactly(headerBytes);
            var header = Encoding.UTF8.GetString(headerBytes);

            var type = Descr().Match(header) is { Success: true } d ? d.Groups["type"].Value : throw new InvalidDataException($"its elements cannot be read here: {header.Trim()}");
            if (type is not ['<' or '|' or '=', .. "b1" or "u1" or "i1" or "u2" or "i2" or "u4" or "i4" or "u8" or "i8" or "f2" or "f4" or "f8"])
                throw new InvalidDataException($"its elements are '{type}', which is not read here");
            var size = type[2] - '0';
            if (ColumnsFirst().IsMatch(header))
                throw new InvalidDataException("its elements are stored column by column: save it with numpy.ascontiguousarray");
            var shape = Shape().Match(header) is { Success: true } s
                ? s.Groups["shape"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(v => long.Parse(v, CultureInfo.InvariantCulture)).ToArray()
                : throw new InvalidDataException("its header is damaged");
            if (shape.Any(n => n < 0))
                throw new InvalidDataException("its header is damaged");
            var total = checked(shape.Aggregate(1L, (a, b) => checked(a * b)) * size);
            if (total > Array.MaxLength)
                throw new InvalidDataException($"it holds {total} bytes, more than fit in memory at once");
            return new NpyArray(type, shape, ReadBytes(stream, (int)total));
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("it is cut off", e);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new InvalidDataException("its header is damaged", e);
        }
    }

    /// <summary>Memory is taken as data comes: a damaged header must not ask for more than the file has.</summary>
    private static byte[] ReadBytes(Stream stream, int total)
    {
        var bytes = new byte[Math.Min(total, 1 << 20)];
        for (var read = 0; ; Array.Resize(ref bytes, (int)Math.Min(total, bytes.Length * 2L)))
        {
            stream.ReadExactly(bytes.AsSpan(read));
            read = bytes.Length;
            if (read == total)
                return bytes;
        }
    }

    [GeneratedRegex("'descr':\\s*'(?<type>[^']+)'", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Descr();

    [GeneratedRegex("'shape':\\s*\\((?<shape>[^)]*)\\)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Shape();

    [GeneratedRegex("'fortran_order':\\s*True", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ColumnsFirst();
}

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
        var padding = 64 - (Magic.Length + 4 + header.Length + 1) % 64;
        header += new string(' ', padding % 64) + "\n";
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
            stream.ReadExactly(start);
            if (!start[..6].SequenceEqual(Magic))
                throw new InvalidDataException("it is no NumPy array file");
            Span<byte> length = stackalloc byte[start[6] == 1 ? 2 : 4];
            stream.ReadExactly(length);
            var headerLength = length.Length == 2 ? length[0] | length[1] << 8 : BitConverter.ToInt32(length);
            if (headerLength is < 0 or > 1 << 20)
                throw new InvalidDataException("its header is damaged");
            var headerBytes = new byte[headerLength];
            stream.ReadExactly(headerBytes);
            var header = Encoding.UTF8.GetString(headerBytes);

            var type = Descr().Match(header) is { Success: true } d ? d.Groups["type"].Value : throw new InvalidDataException($"its elements cannot be read here: {header.Trim()}");
            if (type.Length < 3 || type[0] == '>' || !int.TryParse(type[2..], CultureInfo.InvariantCulture, out var size) || size is < 1 or > 8)
                throw new InvalidDataException($"its elements are '{type}', which is not read here");
            if (header.Contains("'fortran_order': True", StringComparison.Ordinal))
                throw new InvalidDataException("its elements are stored column by column: save it with numpy.ascontiguousarray");
            var shape = Shape().Match(header) is { Success: true } s
                ? s.Groups["shape"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(v => long.Parse(v, CultureInfo.InvariantCulture)).ToArray()
                : throw new InvalidDataException("its header is damaged");
            var count = shape.Aggregate(1L, (a, b) => checked(a * b));
            if (count * size > Array.MaxLength)
                throw new InvalidDataException($"it holds {count} elements, more than fit in memory at once");
            var bytes = new byte[count * size];
            stream.ReadExactly(bytes);
            return new NpyArray(type, shape, bytes);
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

    [GeneratedRegex("'descr':\\s*'(?<type>[^']+)'", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Descr();

    [GeneratedRegex("'shape':\\s*\\((?<shape>[^)]*)\\)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Shape();
}

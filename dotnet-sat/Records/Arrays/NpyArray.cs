using System.Runtime.InteropServices;

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
    public long[] ToInt64() =>
        Type[1..] switch
        {
            "i8" => MemoryMarshal.Cast<byte, long>(Bytes).ToArray(),
            "u8" =>
            [
                .. MemoryMarshal
                    .Cast<byte, ulong>(Bytes)
                    .ToArray()
                    .Select(v =>
                        v <= long.MaxValue
                            ? (long)v
                            : throw new InvalidDataException(FormattableString.Invariant($"it contains {v}, which is too large"))
                    ),
            ],
            "i4" => [.. MemoryMarshal.Cast<byte, int>(Bytes).ToArray().Select(v => (long)v)],
            "u4" => [.. MemoryMarshal.Cast<byte, uint>(Bytes).ToArray().Select(v => (long)v)],
            "i2" => [.. MemoryMarshal.Cast<byte, short>(Bytes).ToArray().Select(v => (long)v)],
            "u2" => [.. MemoryMarshal.Cast<byte, ushort>(Bytes).ToArray().Select(v => (long)v)],
            "i1" => [.. MemoryMarshal.Cast<byte, sbyte>(Bytes).ToArray().Select(v => (long)v)],
            "u1" or "b1" => [.. Bytes.Select(v => (long)v)],
            _ => throw new InvalidDataException($"its elements are '{Type}', not integers"),
        };
}

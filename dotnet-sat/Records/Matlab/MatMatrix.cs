using System.Text;

namespace Sat.Records.Matlab;

/// <summary>The element that holds a variable: its class, shape and name, then what it holds.</summary>
internal static class MatMatrix
{
    /// <summary>Numbers of the classes of arrays; those from <see cref="FirstNumeric"/> on hold numbers, from double to uint64.</summary>
    private const int Structures = 2;
    private const int Characters = 4;
    private const int FirstNumeric = 6;
    private const int LastNumeric = 15;
    private const uint ComplexFlag = 0x800;

    /// <summary>Shows the variable, if it is of a class that is read here.</summary>
    /// <param name="matrix">The element without its tag.</param>
    /// <param name="reader">Knows the byte order.</param>
    /// <param name="visit">Reads as much of it as it likes.</param>
    public static void Show(PartStream matrix, MatReader reader, Action<MatVariable> visit)
    {
        var flags = reader.Short(matrix, "array flags", MatType.UInt32);
        if (flags.Length != 8)
            throw new InvalidDataException($"its array flags have {flags.Length} bytes");
        var bits = reader.Number(flags);
        var kind = bits & 0xFF;
        if (kind is not (Structures or Characters or (>= FirstNumeric and <= LastNumeric)) || (bits & ComplexFlag) != 0)
            return;
        var shape = Shape(reader.Short(matrix, "list of dimensions", MatType.Int32), reader);
        var name = Encoding.UTF8.GetString(reader.Short(matrix, "name", MatType.Int8, MatType.UInt8));
        if (kind == Structures)
        {
            visit(new MatStructures(name, shape, Fields(matrix, name, reader), matrix, reader));
            return;
        }
        var tag = reader.Tag(matrix);
        if (kind != Characters)
            RequireAll(tag, name, shape);
        if (tag.Small is null && tag.Length > matrix.Left)
            throw new InvalidDataException($"'{name}' has {tag.Length} bytes, of which its array holds {matrix.Left}");
        var content = tag.Small is { } small ? new PartStream(new MemoryStream(small), small.Length) : new PartStream(matrix, tag.Length);
        visit(
            kind == Characters ? new MatText(name, shape, tag.Type, content, reader) : new MatArray(name, shape, tag.Type, content, reader)
        );
    }

    /// <summary>How many elements; -1: more than any file has.</summary>
    public static long Count(IReadOnlyList<long> shape)
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

    private static void RequireAll(MatTag tag, string name, long[] shape)
    {
        var size = MatArray.SizeOf(tag.Type);
        if (tag.Length % size != 0 || tag.Length / size != Count(shape))
            throw new InvalidDataException(
                $"'{name}' is of the shape [{string.Join(", ", shape)}], but has {tag.Length} bytes of {size} for an element"
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

    /// <summary>Names of the fields, which all take as many bytes, filled up with zeros.</summary>
    private static string[] Fields(PartStream matrix, string name, MatReader reader)
    {
        var length = reader.Short(matrix, "length of names of fields", MatType.Int32) is { Length: 4 } bytes
            ? (int)reader.Number(bytes)
            : 0;
        var names = reader.Short(matrix, "names of fields", MatType.Int8, MatType.UInt8);
        if (length <= 0 || names.Length % length != 0)
            throw new InvalidDataException($"the names of the fields of '{name}' are damaged");
        return [.. names.Chunk(length).Select(n => Encoding.UTF8.GetString(n).TrimEnd('\0'))];
    }
}

using System.Text;
using System.Text.Json.Serialization;
using Sat.Records.Arrays;
using Sat.Records.Pickles;

namespace Sat.Records.Data;

/// <summary>How a file of a layout is made of a dictionary that Python pickled: of rows of bytes, or of names.</summary>
public sealed record PickledRows
{
    /// <summary>The pickle's file.</summary>
    public required string File { get; init; }

    /// <summary>Entries of the dictionary that make up a row, one after the other: each is a list of numbers from 0 to 255, a byte of each
    /// row, or an array of bytes with a row for each.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The entry that is a list of texts, a line each, where there are no columns.</summary>
    public string? Lines { get; init; }

    /// <summary>What follows the last line.</summary>
    public string End { get; init; } = "";

    /// <summary>What is wrong with it, a clause; null: nothing.</summary>
    [JsonIgnore]
    internal string? Problem => Columns.Count > 0 == Lines is not null ? "is made of columns or of lines, one of the two" : null;

    /// <summary>The layout's file.</summary>
    /// <param name="pickle">The pickle.</param>
    /// <exception cref="InvalidDataException">It is damaged, or something else.</exception>
    internal byte[] Make(byte[] pickle)
    {
        if (PickledFile.Read(pickle) is not PickledDictionary dictionary)
            throw new InvalidDataException("it is a Python pickle of something else");
        object? Entry(string name) =>
            dictionary.TryGet(name, out var value) ? value : throw new InvalidDataException($"it has no '{name}'");
        return Lines is { } lines ? Text(lines, Entry(lines)) : Rows([.. Columns.Select(name => Column(name, Entry(name)))]);
    }

    private byte[] Text(string name, object? value)
    {
        var text = new StringBuilder();
        foreach (var line in value as IReadOnlyList<object?> ?? throw new InvalidDataException($"its '{name}' is no list"))
        {
            text.Append(PickledText.Of(line) ?? throw new InvalidDataException($"its '{name}' has something other than texts"))
                .Append('\n');
        }
        return Encoding.UTF8.GetBytes(text.Append(End).ToString());
    }

    private static byte[] Rows((string Name, ReadOnlyMemory<byte> Bytes, int Width)[] columns)
    {
        var (width, count) = (columns.Sum(c => (long)c.Width), columns[0].Bytes.Length / columns[0].Width);
        foreach (var (name, bytes, each) in columns)
        {
            if (bytes.Length / each != count)
                throw new InvalidDataException($"its '{name}' has {bytes.Length / each} rows, but its '{columns[0].Name}' has {count}");
        }
        if (width * count > Array.MaxLength)
            throw new InvalidDataException("its rows are more than fit in memory at once");
        var rows = new byte[width * count];
        var from = 0;
        foreach (var (_, bytes, each) in columns)
        {
            for (var row = 0; row < count; row++)
                bytes.Span.Slice(row * each, each).CopyTo(rows.AsSpan((int)(row * width) + from));
            from += each;
        }
        return rows;
    }

    private static (string Name, ReadOnlyMemory<byte> Bytes, int Width) Column(string name, object? value)
    {
        if (value is PickledArray { Objects: null, Shape: [_, > 0 and <= int.MaxValue and var width] } array)
            return array.Header is { Kind: NpyKind.Unsigned, Size: 1 }
                ? (name, array.Header.ColumnsFirst ? array.Read().Bytes : array.Elements, (int)width)
                : throw new InvalidDataException($"its '{name}' is an array of {array.Header.TypeName}, not of bytes");
        var numbers = PickledVector.Read(value, null);
        var wrong = Array.FindIndex(numbers, n => n is < 0 or > byte.MaxValue);
        return wrong < 0
            ? (name, numbers.Select(n => (byte)n).ToArray(), 1)
            : throw new InvalidDataException($"its '{name}' has {numbers[wrong]} at {wrong}, but goes from 0 to {byte.MaxValue}");
    }
}

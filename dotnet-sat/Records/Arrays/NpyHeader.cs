using System.Globalization;
using Sat.Records.Files;

namespace Sat.Records.Arrays;

/// <summary>What the header of an array file says.</summary>
/// <param name="Kind">What its elements are.</param>
/// <param name="Size">Bytes of an element.</param>
/// <param name="BigEndian">True if the most significant byte of an element comes first.</param>
/// <param name="ColumnsFirst">True if elements lie in Fortran's order: the first position runs fastest.</param>
/// <param name="Shape">Its shape.</param>
public sealed record NpyHeader(NpyKind Kind, int Size, bool BigEndian, bool ColumnsFirst, IReadOnlyList<long> Shape)
{
    private const int MaxCharacters = 1024;

    /// <summary>Elements in all.</summary>
    public long Count => Shape.Aggregate(1L, (a, b) => a * b);

    /// <summary>Bytes of all elements.</summary>
    public long ByteCount => Count * Size;

    /// <summary>NumPy's type text of the elements once they are little-endian: <c>&lt;f4</c>, <c>&lt;i8</c>, <c>|u1</c>.</summary>
    public string Type => $"{(Size == 1 ? '|' : '<')}{Letter}{Size}";

    /// <summary>NumPy's name of the type: <c>float32</c>, <c>uint8</c>.</summary>
    public string TypeName =>
        Kind switch
        {
            NpyKind.Boolean => "bool",
            NpyKind.Unsigned => $"uint{8 * Size}",
            NpyKind.Signed => $"int{8 * Size}",
            NpyKind.Text or NpyKind.Bytes => "text",
            _ => $"float{8 * Size}",
        };

    private char Letter =>
        Kind switch
        {
            NpyKind.Boolean => 'b',
            NpyKind.Unsigned => 'u',
            NpyKind.Signed => 'i',
            _ => 'f',
        };

    /// <summary>Reads the text of a header, a dictionary of Python 2 or 3.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or the elements are of a type that is not read here.</exception>
    public static NpyHeader Parse(string text) => Parse(text, texts: false);

    /// <summary>The same, texts among the types if they are wanted.</summary>
    internal static NpyHeader Parse(string text, bool texts)
    {
        ArgumentNullException.ThrowIfNull(text);
        var header = new Reader(text).Dictionary();
        var (kind, size, bigEndian) = Elements(
            texts,
            header.Type ?? throw AdvisedData.Error("its elements are records of several fields", "write each field as an array of its own")
        );
        return new NpyHeader(kind, size, bigEndian, header.ColumnsFirst, Bounded(size, header.Shape));
    }

    /// <summary>A header of what is known of an array, texts among the types.</summary>
    /// <param name="type">NumPy's type text.</param>
    /// <param name="columnsFirst">True for Fortran's order.</param>
    /// <param name="shape">Its shape.</param>
    /// <exception cref="InvalidDataException">The elements are of a type that is not read here, or there would be too many.</exception>
    internal static NpyHeader Of(string type, bool columnsFirst, IReadOnlyList<long> shape)
    {
        var (kind, size, bigEndian) = Elements(texts: true, type);
        return new NpyHeader(kind, size, bigEndian, columnsFirst, Bounded(size, shape));
    }

    /// <summary>True if the text of a header says that its elements are Python objects.</summary>
    internal static bool IsOfObjects(string text) => new Reader(text).Dictionary().Type?.TrimStart('|', '<', '>', '=') is ['O', ..];

    /// <summary>A shape whose bytes can be counted.</summary>
    private static IReadOnlyList<long> Bounded(int size, IReadOnlyList<long>? shape)
    {
        try
        {
            _ = (shape ?? throw new InvalidDataException("its header is damaged")).Aggregate((long)size, (a, b) => checked(a * b));
            return shape;
        }
        catch (OverflowException e)
        {
            throw new InvalidDataException("its header is damaged", e);
        }
    }

    /// <summary>A type such as <c>&gt;i8</c>; the order of bytes may be left out, and means nothing for a single one.</summary>
    private static (NpyKind Kind, int Size, bool BigEndian) Elements(bool texts, string type)
    {
        var (order, rest) = type is ['<' or '>' or '|' or '=', ..] ? (type[0], type[1..]) : ('=', type);
        var (kind, size) = rest switch
        {
            "b1" or "?" => (NpyKind.Boolean, 1),
            ['u', '1' or '2' or '4' or '8'] => (NpyKind.Unsigned, rest[1] - '0'),
            ['i', '1' or '2' or '4' or '8'] => (NpyKind.Signed, rest[1] - '0'),
            ['f', '2' or '4' or '8'] => (NpyKind.Float, rest[1] - '0'),
            ['U', .. var characters]
                when texts
                    && int.TryParse(characters, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                    && length is > 0 and <= MaxCharacters => (NpyKind.Text, 4 * length),
            ['S' or 'a', .. var bytes]
                when texts
                    && int.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                    && length is > 0 and <= MaxCharacters => (NpyKind.Bytes, length),
            ['O', ..] => throw AdvisedData.Error(
                "its elements are Python objects, such as arrays of several sizes",
                "make one array of numbers of them, with numpy.stack or astype"
            ),
            _ => throw AdvisedData.Error($"its elements are '{type}', which this tool does not read", "convert them with astype"),
        };
        return (kind, size, order == '>' && size > 1 && kind != NpyKind.Bytes);
    }

    /// <summary>Reads what Python's <c>repr</c> of a header can be, in any order and spacing.</summary>
    private sealed class Reader(string text)
    {
        private int _at;

        public (string? Type, bool ColumnsFirst, long[]? Shape) Dictionary()
        {
            var (type, columnsFirst, shape) = ((string?)null, false, (long[]?)null);
            Take('{');
            while (!Taken('}'))
            {
                var key = Quoted();
                Take(':');
                switch (key)
                {
                    case "descr" when Next() is '\'' or '"':
                        type = Quoted();
                        break;
                    case "descr":
                        // Fields of a record, in a list: whatever follows, it is not read.
                        return (null, false, null);
                    case "fortran_order":
                        columnsFirst = Word() switch
                        {
                            "True" or "1" => true,
                            "False" or "0" => false,
                            _ => throw Damaged(),
                        };
                        break;
                    case "shape":
                        shape = Tuple();
                        break;
                    default:
                        throw Damaged();
                }
                if (!Taken(',') && Next() != '}')
                    throw Damaged();
            }
            return Next() is null ? (type ?? throw Damaged(), columnsFirst, shape) : throw Damaged();
        }

        private long[] Tuple()
        {
            var lengths = new List<long>();
            Take('(');
            while (!Taken(')'))
            {
                var word = Word();
                // Python 2 marks its long integers.
                if (!long.TryParse(word.TrimEnd('L', 'l'), NumberStyles.None, CultureInfo.InvariantCulture, out var length))
                    throw Damaged();
                lengths.Add(length);
                if (!Taken(',') && Next() != ')')
                    throw Damaged();
            }
            return [.. lengths];
        }

        private string Quoted()
        {
            if (Next() is not ('\'' or '"'))
                throw Damaged();
            var end = text.IndexOf(text[_at], _at + 1);
            if (end < 0)
                throw Damaged();
            var inner = text[(_at + 1)..end];
            _at = end + 1;
            return inner;
        }

        private string Word()
        {
            Next();
            var start = _at;
            while (_at < text.Length && char.IsAsciiLetterOrDigit(text[_at]))
                _at++;
            return text[start.._at];
        }

        private void Take(char wanted)
        {
            if (!Taken(wanted))
                throw Damaged();
        }

        private bool Taken(char wanted)
        {
            if (Next() != wanted)
                return false;
            _at++;
            return true;
        }

        private char? Next()
        {
            while (_at < text.Length && (char.IsWhiteSpace(text[_at]) || text[_at] == '\0'))
                _at++;
            return _at < text.Length ? text[_at] : null;
        }

        private static InvalidDataException Damaged() => new("its header is damaged");
    }
}

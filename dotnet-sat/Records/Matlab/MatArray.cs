namespace Sat.Records.Matlab;

/// <summary>An array of real numbers.</summary>
public sealed class MatArray : MatVariable
{
    private readonly PartStream _elements;
    private readonly MatReader _reader;

    internal MatArray(string name, IReadOnlyList<long> shape, MatType type, PartStream elements, MatReader reader)
        : base(name, shape) => (Type, _elements, _reader) = (type, elements, reader);

    /// <summary>What its elements are stored as.</summary>
    public MatType Type { get; }

    /// <summary>Reads the next elements of an array of bytes.</summary>
    /// <param name="into">Receives them.</param>
    /// <exception cref="InvalidDataException">The array is cut off.</exception>
    /// <exception cref="EndOfStreamException">It has fewer.</exception>
    public void Read(Span<byte> into) => _elements.ReadExactly(into);

    /// <summary>All elements as whole numbers.</summary>
    /// <param name="most">As many as there may be.</param>
    /// <exception cref="InvalidDataException">One is none, or there are more.</exception>
    public IReadOnlyList<long> Integers(long most)
    {
        var size = SizeOf(Type);
        if (_elements.Length / size > most)
            throw new InvalidDataException($"'{Name}' has {_elements.Length / size} elements, more than can be");
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        bytes = bytes[..size];
        // The list grows as data comes: what a file states of its length need not be true.
        var numbers = new List<long>();
        var buffered = new BufferedStream(_elements, 1 << 16);
        for (var at = _elements.Length; at > 0; at -= size)
        {
            buffered.ReadExactly(bytes);
            numbers.Add(
                _reader.Whole(Type, bytes) ?? throw new InvalidDataException($"element {numbers.Count} of '{Name}' is no whole number")
            );
        }
        return numbers;
    }

    internal static int SizeOf(MatType type) =>
        type switch
        {
            MatType.Int8 or MatType.UInt8 => 1,
            MatType.Int16 or MatType.UInt16 => 2,
            MatType.Int32 or MatType.UInt32 or MatType.Single => 4,
            MatType.Double or MatType.Int64 or MatType.UInt64 => 8,
            _ => throw new InvalidDataException($"its elements are of the type {(int)type}, which is none of numbers"),
        };
}

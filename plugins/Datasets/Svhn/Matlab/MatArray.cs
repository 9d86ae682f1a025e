namespace Sat.Datasets.Svhn.Matlab;

/// <summary>An array of real numbers in a file, as far as its elements, which are read once.</summary>
/// <param name="name">Its name.</param>
/// <param name="shape">Its dimensions; the elements lie with the first changing fastest.</param>
/// <param name="type">What its elements are stored as.</param>
/// <param name="elements">Their bytes.</param>
/// <param name="reader">Knows their byte order.</param>
sealed class MatArray(string name, IReadOnlyList<long> shape, MatType type, PartStream elements, MatReader reader)
{
    public string Name => name;

    public IReadOnlyList<long> Shape => shape;

    public MatType Type => type;

    /// <summary>The dimensions, as <c>[32, 32, 3, 73257]</c>.</summary>
    public string ShapeText => $"[{string.Join(", ", shape)}]";

    /// <summary>Reads the next elements of an array of bytes.</summary>
    public void Read(Span<byte> into) => elements.ReadExactly(into);

    /// <summary>All elements as whole numbers.</summary>
    /// <param name="most">As many as there may be.</param>
    /// <exception cref="InvalidDataException">One is none, or there are more.</exception>
    public List<long> Integers(long most)
    {
        var size = SizeOf(type);
        if (elements.Length / size > most)
            throw new InvalidDataException($"'{name}' has {elements.Length / size} elements, more than can be");
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        bytes = bytes[..size];
        // The list grows as data comes: what a file states of its length need not be true.
        var numbers = new List<long>();
        var buffered = new BufferedStream(elements, 1 << 16);
        for (var at = elements.Length; at > 0; at -= size)
        {
            buffered.ReadExactly(bytes);
            numbers.Add(
                reader.Whole(type, bytes) ?? throw new InvalidDataException($"element {numbers.Count} of '{name}' is no whole number")
            );
        }
        return numbers;
    }

    public static int SizeOf(MatType type) =>
        type switch
        {
            MatType.Int8 or MatType.UInt8 => 1,
            MatType.Int16 or MatType.UInt16 => 2,
            MatType.Int32 or MatType.UInt32 or MatType.Single => 4,
            MatType.Double or MatType.Int64 or MatType.UInt64 => 8,
            _ => throw new InvalidDataException($"its elements are of the type {(int)type}, which is none of numbers"),
        };
}

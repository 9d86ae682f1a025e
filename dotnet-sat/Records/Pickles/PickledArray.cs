using System.Runtime.InteropServices;
using Sat.Records.Arrays;

namespace Sat.Records.Pickles;

/// <summary>An array of NumPy's or a tensor of PyTorch's in a pickle. Its elements are a part of the file's bytes.</summary>
public sealed class PickledArray
{
    private NpyHeader? _header;
    private TorchStorage? _storage;
    private long _offset;
    private ReadOnlyMemory<byte> _elements;

    internal PickledArray() { }

    /// <summary>Its lengths.</summary>
    public IReadOnlyList<long> Shape { get; private set; } = [];

    /// <summary>The elements of an array of Python objects, row by row; null: it has numbers or texts.</summary>
    public IReadOnlyList<object?>? Objects { get; private set; }

    /// <summary>What its elements are.</summary>
    /// <exception cref="InvalidDataException">They are Python objects, or were never given.</exception>
    public NpyHeader Header =>
        _header ?? throw new InvalidDataException(Objects is null ? "it has an array without elements" : "its elements are Python objects");

    /// <summary>Its elements, as the header says: a part of the file's bytes.</summary>
    /// <exception cref="InvalidDataException">They are Python objects, or are not there.</exception>
    public ReadOnlyMemory<byte> Elements =>
        _storage is { } storage ? storage.Part(_offset, Header.ByteCount)
        : Header is not null ? _elements
        : default;

    /// <summary>Its elements as a file.</summary>
    /// <exception cref="InvalidDataException">They are Python objects, or are not there.</exception>
    public Stream Open() =>
        MemoryMarshal.TryGetArray(Elements, out var part)
            ? new MemoryStream(part.Array!, part.Offset, part.Count, writable: false)
            : new MemoryStream(Elements.ToArray(), writable: false);

    /// <summary>All of its elements, row by row.</summary>
    /// <exception cref="InvalidDataException">They are Python objects, or are not there.</exception>
    public NpyArray Read()
    {
        using var elements = Open();
        return Npy.Read(elements, Header);
    }

    /// <summary>Gives it its elements.</summary>
    /// <exception cref="InvalidDataException">There are not as many as its shape says.</exception>
    internal PickledArray Fill(NpyHeader header, ReadOnlyMemory<byte> elements)
    {
        if (header.ByteCount != elements.Length)
            throw new InvalidDataException($"an array in it needs {header.ByteCount} bytes for its shape, but has {elements.Length}");
        (_header, _elements, Shape, Objects) = (header, elements, header.Shape, null);
        return this;
    }

    /// <summary>Gives it elements of a storage, which may be read later.</summary>
    /// <param name="header">What they are.</param>
    /// <param name="storage">Where they lie.</param>
    /// <param name="offset">Bytes before the first.</param>
    internal PickledArray Fill(NpyHeader header, TorchStorage storage, long offset)
    {
        (_header, _storage, _offset, Shape) = (header, storage, offset, header.Shape);
        return this;
    }

    /// <summary>Gives it objects.</summary>
    /// <exception cref="InvalidDataException">There are not as many as its shape says.</exception>
    internal void Fill(IReadOnlyList<long> shape, IReadOnlyList<object?> objects)
    {
        // Lengths are a stranger's: their product may be beyond all bounds.
        var count = 1L;
        foreach (var length in shape)
            count = length < 0 || (length > 0 && count > int.MaxValue / length) ? -1 : count * length;
        if (count != objects.Count)
            throw new InvalidDataException($"an array in it has {objects.Count} objects, which is not what its shape says");
        (_header, Shape, Objects) = (null, shape, objects);
    }
}

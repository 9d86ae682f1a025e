using System.Text;
using Sat.Records.Arrays;

namespace Sat.Records.Pickles;

/// <summary>Does by hand what the known functions do when a pickle is read: puts arrays together.</summary>
/// <param name="length">Of the file: what is made of texts in it takes no more.</param>
internal sealed class PickleConstructors(long length)
{
    private long _left = length;

    public object Call(PickleGlobal function, object?[] arguments) =>
        (function.Kind, arguments) switch
        {
            (PickleGlobalKind.Reconstruct, [PickleGlobal { Kind: PickleGlobalKind.ArrayClass }, ..]) => new PickledArray(),
            (PickleGlobalKind.ElementType, [{ } type, ..]) => new PickledType(PickledText.Of(type) ?? throw PickleReader.Damaged()),
            (PickleGlobalKind.Scalar, [PickledType { IsObjects: false } type, ReadOnlyMemory<byte> bytes]) => new PickledArray().Fill(
                type.Header([], columnsFirst: false),
                bytes
            ),
            (
                PickleGlobalKind.FromBuffer,
                [ReadOnlyMemory<byte> bytes, PickledType { IsObjects: false } type, object?[] shape, { } order]
            ) => new PickledArray().Fill(type.Header(Shape(shape), PickledText.Of(order) == "F"), bytes),
            (PickleGlobalKind.Encode, [string text, { } encoding]) when PickledText.Of(encoding) is "latin1" or "latin-1" => Encode(text),
            (PickleGlobalKind.NoBytes, []) => ReadOnlyMemory<byte>.Empty,
            (PickleGlobalKind.OrderedDictionary, []) => new PickledDictionary(),
            (PickleGlobalKind.RebuildTensor, [TorchStorage storage, long offset, object?[] shape, object?[] strides, ..]) => Tensor(
                storage,
                offset,
                Shape(shape),
                Shape(strides)
            ),
            _ => throw PickleReader.Damaged(),
        };

    /// <summary>Gives a value its state.</summary>
    public static void Build(object? value, object? state)
    {
        switch (value, state)
        {
            case (PickledType type, _):
                type.Build(state);
                break;
            case (PickledArray array, object?[] and [_, object?[] shape, PickledType { IsObjects: true }, _, List<object?> objects]):
                array.Fill(Shape(shape), objects);
                break;
            case (PickledArray array, object?[] and [_, object?[] shape, PickledType type, { } columnsFirst, ReadOnlyMemory<byte> bytes]):
                array.Fill(type.Header(Shape(shape), columnsFirst is true or 1L), bytes);
                break;
            default:
                throw PickleReader.Damaged();
        }
    }

    private ReadOnlyMemory<byte> Encode(string text)
    {
        // A text that is encoded again and again would otherwise fill the memory.
        if ((_left -= text.Length) < 0)
            throw new InvalidDataException("it is a Python pickle that takes more memory than it has bytes");
        return text.AsSpan().ContainsAnyExceptInRange('\0', '\u00ff') ? throw PickleReader.Damaged() : Encoding.Latin1.GetBytes(text);
    }

    private static PickledArray Tensor(TorchStorage storage, long offset, long[] shape, long[] strides)
    {
        var header = NpyHeader.Of(storage.Type, columnsFirst: false, shape);
        var step = 1L;
        for (var d = shape.Length - 1; d >= 0; step *= shape[d--])
        {
            if (strides.Length != shape.Length || (shape[d] > 1 && strides[d] != step && header.Count > 0))
                throw new InvalidDataException("it has a tensor whose elements do not lie in order: save tensor.contiguous()");
        }
        return offset >= 0 && offset <= storage.ByteCount / header.Size
            ? new PickledArray().Fill(header, storage, offset * header.Size)
            : throw PickleReader.Damaged();
    }

    private static long[] Shape(object?[] lengths) =>
        [.. lengths.Select(l => l is >= 0L and long length ? length : throw PickleReader.Damaged())];
}

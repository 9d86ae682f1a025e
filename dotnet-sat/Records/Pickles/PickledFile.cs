using Sat.Records.Arrays;

namespace Sat.Records.Pickles;

/// <summary>Files of Python's that hold pickles: a pickle itself, <c>numpy.save</c>'s of objects, and those of PyTorch's
/// <c>torch.save</c>. They are read as data: what they name is never called.</summary>
public static class PickledFile
{
    /// <summary>True if a ZIP archive is one of <c>torch.save</c>.</summary>
    /// <param name="names">Of what it holds.</param>
    public static bool IsTorch(IEnumerable<string> names) => TorchArchive.Is(names);

    /// <summary>True for the beginning of a pickle of protocol 2 or later.</summary>
    public static bool BeginsLike(ReadOnlySpan<byte> start) => start is [(byte)PickleOpcode.Proto, <= 5, ..];

    /// <summary>What a file holds: null, <see cref="bool"/>, <see cref="long"/>, <see cref="System.Numerics.BigInteger"/>,
    /// <see cref="double"/>, <see cref="string"/>, bytes as <see cref="ReadOnlyMemory{T}"/>, a list as <see cref="List{T}"/> of objects, a
    /// tuple as an array of objects, <see cref="PickledDictionary"/> or <see cref="PickledArray"/>; a single object of an array of such
    /// stands for the array.</summary>
    /// <exception cref="InvalidDataException">It is none of these files, is damaged, or has what is not read here: whatever could run
    /// code.</exception>
    public static object? Read(byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var whole = Whole(content);
        return whole is PickledArray { Objects: [var only], Shape.Count: 0 } ? only : whole;
    }

    private static object? Whole(byte[] content)
    {
        if (content is [(byte)'P', (byte)'K', ..])
            return TorchArchive.Read(content);
        if (content is [0x93, (byte)'N', ..])
        {
            using var stream = new MemoryStream(content, writable: false);
            return Npy.HoldsObjects(stream)
                ? new PickleReader(content.AsMemory((int)stream.Position)).Read()
                : throw new InvalidDataException("it is an array of numbers or texts");
        }
        var first = new PickleReader(content).Read();
        return TorchSequence.BeginsWith(first) ? TorchSequence.Read(content) : first;
    }
}

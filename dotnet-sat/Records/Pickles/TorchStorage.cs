namespace Sat.Records.Pickles;

/// <summary>The memory that tensors of a file lie in.</summary>
/// <param name="type">NumPy's type text of its elements.</param>
/// <param name="bytes">How many bytes the file says that it has.</param>
internal sealed class TorchStorage(string type, long bytes)
{
    private ReadOnlyMemory<byte>? _content;

    public string Type => type;

    public long ByteCount => bytes;

    public void Fill(ReadOnlyMemory<byte> content) =>
        _content =
            content.Length == bytes
                ? content
                : throw new InvalidDataException($"a tensor's storage should have {bytes} bytes, but has {content.Length}");

    public ReadOnlyMemory<byte> Part(long offset, long count) =>
        _content is not { } content ? throw new InvalidDataException("a tensor's storage is missing")
        : offset < 0 || count < 0 || offset > content.Length - count
            ? throw new InvalidDataException("a tensor lies beyond the end of its storage")
        : content.Slice((int)offset, (int)count);
}

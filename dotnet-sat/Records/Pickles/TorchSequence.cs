using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Sat.Records.Arrays;

namespace Sat.Records.Pickles;

/// <summary>
/// A file of PyTorch's <c>torch.save</c> before version 1.6: pickles of a magic number, a version, the machine's sizes, the data and the
/// keys of the storages; then each storage, its number of elements before it (<c>torch/serialization.py</c>, <c>_legacy_save</c>).
/// </summary>
internal static class TorchSequence
{
    private const long Version = 1001;

    /// <summary>As <c>torch/serialization.py</c> has it (<c>MAGIC_NUMBER</c>).</summary>
    private static readonly BigInteger Magic = BigInteger.Parse(
        "01950a86a20f9469cfc6c",
        NumberStyles.AllowHexSpecifier,
        CultureInfo.InvariantCulture
    );

    /// <summary>True for what such a file begins with.</summary>
    public static bool BeginsWith(object? first) => first is BigInteger number && number == Magic;

    /// <summary>What it holds; see <see cref="PickleReader.Read"/>.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or has what is not read here.</exception>
    public static object? Read(ReadOnlyMemory<byte> content)
    {
        var storages = new Dictionary<string, (TorchStorage Storage, int Size)>(StringComparer.Ordinal);
        var reader = new PickleReader(content, (key, type, count) =>
        {
            if (!storages.TryGetValue(key, out var known))
            {
                var header = NpyHeader.Of(type, columnsFirst: false, [count]);
                storages[key] = known = (new TorchStorage(type, header.ByteCount), header.Size);
            }
            return known.Storage;
        });
        if (!BeginsWith(reader.Read()) || reader.Read() is not Version || reader.Read() is not PickledDictionary system)
            throw PickleReader.Damaged();
        if (system.TryGet("little_endian", out var little) && little is false)
            throw new InvalidDataException("it was saved on a machine of the other byte order: save it as .npy");
        var data = reader.Read();
        if (reader.Read() is not List<object?> keys)
            throw PickleReader.Damaged();
        var rest = content[reader.Position..];
        foreach (var key in keys)
        {
            if (PickledText.Of(key) is not { } name || !storages.TryGetValue(name, out var storage))
                throw PickleReader.Damaged();
            var length = storage.Storage.ByteCount;
            if (rest.Length < sizeof(long) || rest.Length - sizeof(long) < length)
                throw new InvalidDataException("it is cut off");
            if (BinaryPrimitives.ReadInt64LittleEndian(rest.Span) != length / storage.Size)
                throw PickleReader.Damaged();
            storage.Storage.Fill(rest.Slice(sizeof(long), (int)length));
            rest = rest[(sizeof(long) + (int)length)..];
        }
        return data;
    }
}

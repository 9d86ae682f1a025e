using System.Buffers.Binary;
using System.Text;

namespace Sat.Feeds;

/// <summary>Reads from the end of a zip archive, where its table stands, how large its files are: enough to know what a package takes
/// before it is downloaded.</summary>
internal static class ZipTail
{
    /// <summary>So many bytes hold the table of every package that there is.</summary>
    public const int Length = 1 << 16;

    private const int EndSize = 22,
        EntrySize = 46;

    /// <summary>The files of an archive with their bytes; null where the table does not lie within the tail.</summary>
    /// <param name="tail">The last bytes of the archive.</param>
    /// <param name="total">Bytes of the archive.</param>
    public static IReadOnlyDictionary<string, long>? Files(ReadOnlySpan<byte> tail, long total)
    {
        var end = tail.LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || tail.Length - end < EndSize)
            return null;
        var count = BinaryPrimitives.ReadUInt16LittleEndian(tail[(end + 10)..]);
        var at = BinaryPrimitives.ReadUInt32LittleEndian(tail[(end + 16)..]) - (total - tail.Length);
        var files = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            if (at < 0 || at + EntrySize > end)
                return null;
            var entry = tail[(int)at..];
            var name = BinaryPrimitives.ReadUInt16LittleEndian(entry[28..]);
            if (!entry.StartsWith("PK\u0001\u0002"u8) || entry.Length < EntrySize + name)
                return null;
            files[Uri.UnescapeDataString(Encoding.UTF8.GetString(entry.Slice(EntrySize, name)))] = BinaryPrimitives.ReadUInt32LittleEndian(
                entry[24..]
            );
            at +=
                EntrySize
                + name
                + BinaryPrimitives.ReadUInt16LittleEndian(entry[30..])
                + BinaryPrimitives.ReadUInt16LittleEndian(entry[32..]);
        }
        return files;
    }
}

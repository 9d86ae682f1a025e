using System.IO.Compression;
using System.IO.Hashing;

namespace Sat.Records.Files;

/// <summary>A zip archive of any size whose files are read one at a time, from any thread. Lengths and checksums are checked, which .NET's
/// reader leaves to its caller.</summary>
public sealed class CheckedZip : IDisposable
{
    /// <summary>Deflate shrinks nothing further than to a 1032nd.</summary>
    private const int LargestRatio = 1032;

    private readonly ZipArchive _zip;
    private readonly ILookup<string, ZipArchiveEntry> _entries;
    private readonly Lock _turn = new();

    /// <summary>Opens one.</summary>
    /// <param name="content">The file; it can be gone back in, and is disposed with this.</param>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public CheckedZip(Stream content)
    {
        ArgumentNullException.ThrowIfNull(content);
        try
        {
            _zip = new ZipArchive(content, ZipArchiveMode.Read);
            Names = [.. _zip.Entries.Select(e => e.FullName)];
            _entries = _zip.Entries.ToLookup(e => e.FullName, StringComparer.Ordinal);
        }
        catch (InvalidDataException e)
        {
            content.Position = 0;
            var mistaken = MistakenContent.Recognize(content);
            content.Dispose();
            throw new InvalidDataException(mistaken ?? e.Message.TrimEnd('.'), e);
        }
    }

    /// <summary>The names of all that it holds, in their order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Reads a file and checks it.</summary>
    /// <param name="name">Its whole name.</param>
    /// <param name="read">Reads it, to its end.</param>
    /// <returns>What <paramref name="read"/> returns; null where there is no such file.</returns>
    /// <exception cref="InvalidDataException">It is damaged, or <paramref name="read"/> refuses it.</exception>
    public T? Read<T>(string name, Func<Stream, T> read)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(read);
        ZipArchiveEntry[] entries = [.. _entries[name]];
        if (entries.Length > 1)
            throw new InvalidDataException($"it is there {entries.Length} times");
        if (entries is not [var entry])
            return null;
        if (entry.Length / LargestRatio > entry.CompressedLength)
            throw new InvalidDataException("it claims more than it can hold");
        lock (_turn)
        {
            using var content = new CheckedStream(entry.Open(), entry.Length);
            var result = read(content);
            content.ReadToEnd();
            return content.Sum == entry.Crc32 ? result : throw new InvalidDataException("its checksum is wrong");
        }
    }

    /// <summary>The bytes of a file; null where there is no such file.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or has more than fit in memory at once.</exception>
    public byte[]? ReadAllBytes(string name) => Read(name, content =>
        {
            if (content.Length > Array.MaxLength)
                throw new InvalidDataException("it has more bytes than fit in memory at once");
            var bytes = new byte[content.Length];
            content.ReadExactly(bytes);
            return bytes;
        });

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    /// <summary>What an archive states of itself need not be true: no more is unpacked than stated.</summary>
    private sealed class CheckedStream(Stream content, long length) : ForwardStream
    {
        private readonly Crc32 _sum = new();
        private long _read;

        public override long Length => length;

        public override long Position
        {
            get => _read;
            set => throw new NotSupportedException();
        }

        public uint Sum => _sum.GetCurrentHashAsUInt32();

        public override int Read(Span<byte> buffer)
        {
            var count = content.Read(buffer);
            _read += count;
            if (_read > length)
                throw new InvalidDataException("it has more than the archive states");
            if (count == 0 && buffer.Length > 0 && _read < length)
                throw new InvalidDataException("it is cut off");
            _sum.Append(buffer[..count]);
            return count;
        }

        public void ReadToEnd()
        {
            var buffer = new byte[1 << 12];
            while (Read(buffer) > 0)
            {
                // For the checksum.
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                content.Dispose();
            base.Dispose(disposing);
        }
    }
}

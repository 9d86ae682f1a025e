using System.IO.Compression;
using System.IO.Hashing;
using Sat.Records.Files;

namespace Sat.Records.Arrays;

/// <summary>An archive of arrays, as <c>numpy.savez</c> and <c>numpy.savez_compressed</c> write it, of any size.</summary>
public sealed class NpzFile : IDisposable
{
    private const string Extension = ".npy";

    /// <summary>Deflate shrinks nothing further than to a 1032nd.</summary>
    private const int LargestRatio = 1032;

    private readonly ZipArchive _zip;

    /// <summary>Opens one.</summary>
    /// <param name="content">The file; it can be gone back in, and is disposed with this.</param>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public NpzFile(Stream content)
    {
        ArgumentNullException.ThrowIfNull(content);
        try
        {
            _zip = new ZipArchive(content, ZipArchiveMode.Read);
        }
        catch (InvalidDataException e)
        {
            content.Position = 0;
            var mistaken = MistakenContent.Recognize(content);
            content.Dispose();
            throw new InvalidDataException(mistaken ?? e.Message.TrimEnd('.'), e);
        }
    }

    /// <summary>The names of its arrays, without extension, in their order.</summary>
    public IReadOnlyList<string> Names =>
        [
            .. _zip
                .Entries.Where(e => e.FullName.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
                .Select(e => e.FullName[..^Extension.Length]),
        ];

    /// <summary>All that it holds, as <c>torch.save</c>'s files hold other things.</summary>
    public IEnumerable<string> Entries => _zip.Entries.Select(e => e.FullName);

    /// <summary>Reads an array and checks length and checksum, which .NET's reader leaves to its caller.</summary>
    /// <param name="name">Its name without extension.</param>
    /// <param name="read">Reads it, to its end.</param>
    /// <returns>What <paramref name="read"/> returns; null where there is no such array.</returns>
    /// <exception cref="InvalidDataException">It is damaged, or <paramref name="read"/> refuses it.</exception>
    public T? Read<T>(string name, Func<Stream, T> read)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(read);
        var entries = _zip.Entries.Where(e => e.FullName == name + Extension).ToArray();
        if (entries.Length > 1)
            throw new InvalidDataException($"it is there {entries.Length} times");
        if (entries is not [var entry])
            return null;
        if (entry.Length / LargestRatio > entry.CompressedLength)
            throw new InvalidDataException("it claims more than it can hold");
        using var content = new CheckedStream(entry.Open(), entry.Length);
        var result = read(content);
        content.ReadToEnd();
        if (content.Sum != entry.Crc32)
            throw new InvalidDataException("its checksum is wrong");
        return result;
    }

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
            var buffer = new byte[1 << 16];
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

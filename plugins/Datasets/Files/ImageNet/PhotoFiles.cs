using System.Collections.Concurrent;
using Sat.Records;
using Sat.Records.Data;

namespace Sat.Datasets.Files.ImageNet;

/// <summary>Reads photos, from any number of threads at once. Archives stay open: one is opened once, not for each photo.</summary>
sealed class PhotoFiles(DataFiles files) : IDisposable
{
    private const long MostBytes = 256L << 20;

    private readonly ConcurrentDictionary<string, Lazy<FileStream>> _archives = new(StringComparer.Ordinal);

    public string Location => files.Location;

    /// <summary>Requires that no archive in use was written to; once for each batch.</summary>
    /// <exception cref="SatException">One was (exit code 5).</exception>
    public void RequireSame()
    {
        foreach (var archive in _archives.Keys)
            files.RequireSame(archive);
    }

    /// <exception cref="InvalidDataException">It is larger than any photo.</exception>
    /// <exception cref="SatException">It is not there, or no longer where it was (exit code 5).</exception>
    public byte[] Read(Photo photo)
    {
        if (photo.Length is { } length)
            return InArchive(photo, length);
        using var file = files.OpenRead(photo.File);
        var content = new byte[Photographic(file.Length)];
        file.ReadExactly(content);
        return content;
    }

    public void Dispose()
    {
        foreach (var archive in _archives.Values.Where(a => a.IsValueCreated))
            archive.Value.Dispose();
        _archives.Clear();
    }

    private byte[] InArchive(Photo photo, long length)
    {
        if (length == 0)
            return [];
        var archive = _archives.GetOrAdd(photo.File, name => new Lazy<FileStream>(() => (FileStream)files.OpenRead(name))).Value;
        // The header in front tells whether the photo still lies where the index says.
        var block = new byte[TarHeader.Bytes + Photographic(length)];
        var done = 0;
        while (done < block.Length)
        {
            var read = RandomAccess.Read(archive.SafeFileHandle, block.AsSpan(done), photo.Offset - TarHeader.Bytes + done);
            if (read == 0)
                throw new InvalidDataException("it is cut off");
            done += read;
        }
        if (TarHeader.IsOf(block.AsSpan(0, TarHeader.Bytes), Path.GetFileName(photo.Name), length))
            return block[TarHeader.Bytes..];
        TarIndex.Forget(files, photo.File);
        throw new SatException(
            ExitCode.Environment,
            $"dataset '{ImageNetFiles.Id}': {photo.File} in {files.Location} is no longer the archive that its index was made of: {photo.Name} does not begin at byte {photo.Offset}. The index is removed. Put the archive back, or start again with what is there now."
        );
    }

    private static long Photographic(long bytes) =>
        bytes <= MostBytes ? bytes : throw new InvalidDataException("it has more bytes than any photo");
}

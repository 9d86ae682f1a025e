using System.Formats.Tar;
using Sat.Records.Arrays;
using Sat.Records.Data;

namespace Sat.Datasets.Cifar.Corrupted;

/// <summary>NumPy's files of a folder, or of a tar archive that stays as it is.</summary>
sealed class ArrayFiles : IDisposable
{
    private readonly DataFiles _files;
    private readonly List<Stream> _open = [];

    /// <summary>Where each file of the archive lies; null: there is no archive.</summary>
    private readonly Dictionary<string, (long At, long Length)>? _places;

    /// <param name="files">The archive, or the files of the folder.</param>
    /// <param name="archive">The archive's name.</param>
    /// <exception cref="InvalidDataException">The archive is none, or is cut off.</exception>
    public ArrayFiles(DataFiles files, string archive)
    {
        _files = files;
        if (!files.Names.Contains(archive))
            return;
        _open.Add(files.OpenRead(archive));
        try
        {
            _places = Places(_open[0]);
        }
        catch (Exception e) when (e is not InvalidDataException)
        {
            Dispose();
            throw e is EndOfStreamException or FormatException or OverflowException or ArgumentException
                ? new InvalidDataException("it is cut off, or no tar archive", e)
                : new InvalidDataException(e.Message, e);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>An array.</summary>
    /// <param name="name">Its file.</param>
    /// <returns>Null where there is no such file.</returns>
    /// <exception cref="InvalidDataException">It is damaged or cut off, or its elements are not read here.</exception>
    public StoredArray? Find(string name)
    {
        var (content, end) = (_open.FirstOrDefault(), 0L);
        if (_places is not null)
        {
            if (!_places.TryGetValue(name, out var place))
                return null;
            if (place.Length == 0)
                throw new InvalidDataException("it is empty");
            content!.Position = place.At;
            end = place.At + place.Length;
        }
        else
        {
            if (!_files.Names.Contains(name))
                return null;
            content = _files.OpenRead(name);
            _open.Add(content);
            end = content.Length;
        }
        var header = Npy.ReadHeader(content!);
        return header.ByteCount <= end - content!.Position
            ? new StoredArray(name, content, content.Position, header)
            : throw new InvalidDataException("it is cut off");
    }

    public void Dispose()
    {
        foreach (var stream in _open)
            stream.Dispose();
    }

    private static Dictionary<string, (long At, long Length)> Places(Stream archive)
    {
        var places = new Dictionary<string, (long, long)>(StringComparer.Ordinal);
        using var reader = new TarReader(archive, leaveOpen: true);
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
            {
                if (entry.Length > archive.Length - entry.DataOffset)
                    throw new InvalidDataException("it is cut off");
                places[Path.GetFileName(entry.Name)] = (entry.DataOffset, entry.Length);
            }
        }
        return places.Count > 0 ? places : throw new InvalidDataException("it holds no files");
    }
}

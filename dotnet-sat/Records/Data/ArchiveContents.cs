using System.Formats.Tar;
using System.IO.Compression;
using Sat.Records.Files;

namespace Sat.Records.Data;

/// <summary>Files in a tar.gz archive.</summary>
/// <param name="archive">Its path.</param>
/// <param name="folder">The folder that the files lie in within it; empty: none.</param>
/// <param name="names">Their names.</param>
/// <param name="layout">Whose files they are, for what is said of a wrong archive.</param>
internal sealed class ArchiveContents(string archive, string folder, IReadOnlyList<string> names, DataLayout layout) : FileContents
{
    /// <summary>Larger files are read from the archive whenever they are asked for; smaller ones stay in memory.</summary>
    private const long Kept = 256L << 20;

    private Dictionary<string, byte[]?>? _unpacked;

    public override IReadOnlyList<string> Stored => [archive];

    public override Stream Open(string name) => Unpacked()[name] is { } bytes ? new MemoryStream(bytes, writable: false) : Entry(name);

    public override (long Length, DateTime Written)? Stamp(string name) => null;

    /// <summary>The folder that the first file of an archive lies in; null: none, or it cannot be read.</summary>
    public static string? FolderIn(string archive)
    {
        try
        {
            using var tar = new TarReader(Decompress(archive));
            return tar.GetNextEntry() is { } entry ? Plain(entry).Split('/')[0] : null;
        }
        catch (Exception e)
            when (e
                    is InvalidDataException
                        or FormatException
                        or OverflowException
                        or ArgumentException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            // Whoever reads it says what is wrong with it.
            return null;
        }
    }

    private Dictionary<string, byte[]?> Unpacked()
    {
        if (_unpacked is not null)
            return _unpacked;
        var found = new Dictionary<string, byte[]?>();
        // A few of the names tell which archive it is.
        var others = new List<string>();
        try
        {
            using var tar = new TarReader(Decompress(archive));
            while (tar.GetNextEntry() is { } entry)
            {
                if (entry.DataStream is not { } content || NameOf(entry) is not { } name)
                {
                    if (others.Count < 100)
                        others.Add(Plain(entry));
                    continue;
                }
                if (entry.Length > Kept)
                {
                    Skip(content, entry.Length, name);
                    found[name] = null;
                    continue;
                }
                // The stated length may be damage: memory is taken as data comes.
                using var bytes = new MemoryStream();
                content.CopyTo(bytes);
                if (bytes.Length != entry.Length)
                    throw new EndOfStreamException($"{name} is cut off.");
                found[name] = bytes.ToArray();
            }
        }
        catch (Exception e)
            when (e is InvalidDataException or EndOfStreamException or FormatException or OverflowException or ArgumentException)
        {
            throw Damaged(e);
        }
        if (names.Where(n => !found.ContainsKey(n)).ToArray() is { Length: > 0 } missing)
        {
            throw new SatException(
                ExitCode.Environment,
                OtherVersion.At(layout, archive, others) is { } other
                    ? $"{archive} is the wrong archive. {other} {layout.Obtain}"
                    : $"{archive} lacks {string.Join(", ", missing)}: it is the wrong archive, or cut off. Get it again."
            );
        }
        return _unpacked = found;
    }

    /// <summary>A file of the archive, read from it as it is asked for.</summary>
    private Stream Entry(string name)
    {
        var tar = new TarReader(Decompress(archive));
        try
        {
            while (tar.GetNextEntry() is { } entry)
            {
                if (NameOf(entry) == name)
                    return new ArchiveStream(tar, entry.DataStream!);
            }
            throw new EndOfStreamException($"{name} is no longer in it.");
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            tar.Dispose();
            throw Damaged(e);
        }
    }

    private static GZipStream Decompress(string path) => new(RegularFile.OpenRead(path), CompressionMode.Decompress);

    private string? NameOf(TarEntry entry)
    {
        var name = Plain(entry);
        if (folder.Length > 0 && name.StartsWith(folder + "/", StringComparison.Ordinal))
            name = name[(folder.Length + 1)..];
        return names.Contains(name) ? name : null;
    }

    private static string Plain(TarEntry entry) => entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;

    private static void Skip(Stream content, long length, string name)
    {
        var buffer = new byte[1 << 16];
        int read;
        while ((read = content.Read(buffer)) > 0)
            length -= read;
        if (length != 0)
            throw new EndOfStreamException($"{name} is cut off.");
    }

    private SatException Damaged(Exception e) =>
        new(
            ExitCode.Environment,
            MistakenContent.At(archive) is { } mistaken
                ? $"{archive} is not a tar.gz archive: {mistaken}. Get it again."
                : $"{archive} is damaged or not a tar.gz archive: {e.Message} Get it again.",
            inner: e
        );
}

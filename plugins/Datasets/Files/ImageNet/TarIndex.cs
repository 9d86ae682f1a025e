using System.Formats.Tar;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sat.Records;
using Sat.Records.Data;
using Sat.Records.Files;
using Sat.Records.Runs;

namespace Sat.Datasets.Files.ImageNet;

/// <summary>
/// Where the files of an archive lie, so that each can be read on its own. It is made by one walk through the archive's headers, and kept
/// in a hidden file beside it. One that was made of another archive (<see cref="FileStamp"/>), or is cut off, is made again. Who reads a
/// file by it looks at the file's header too (<see cref="TarHeader"/>), and lets go of an index that is wrong.
/// </summary>
static class TarIndex
{
    private const string Inner = ".tar";
    private const string Last = "end ";

    /// <summary>The places of an archive's files, in its order.</summary>
    /// <param name="files">Where it is.</param>
    /// <param name="archive">Its name.</param>
    /// <exception cref="SatException">It is damaged, or cannot be read (exit code 5).</exception>
    public static IReadOnlyList<TarPlace> Of(DataFiles files, string archive)
    {
        var path = Path.Combine(files.Location, archive);
        var kept = Kept(files, archive);
        using var content = files.OpenRead(archive);
        var stamp = $"index 3 of {FileStamp.Of((FileStream)content)}";
        if (Read(kept, stamp, content.Length) is { } known)
            return known;
        List<TarPlace> places;
        try
        {
            places = [];
            foreach (var place in Walk(content, 0, ""))
            {
                places.Add(place);
                files.Watcher?.Invoke(new DataProgress(DataStage.Indexing, archive, place.Offset + place.Length, content.Length));
            }
        }
        catch (Exception e)
            when (e is InvalidDataException or EndOfStreamException or FormatException or OverflowException or ArgumentException)
        {
            throw new SatException(
                ExitCode.Environment,
                MistakenContent.At(path) is { } mistaken
                    ? $"{path} is no tar archive: {mistaken}. Get it again."
                    : $"{path} is damaged or cut off, or no tar archive: {e.Message.TrimEnd('.')}. Get it again.",
                inner: e
            );
        }
        try
        {
            string[] lines = [stamp, .. places.Select(Line)];
            AtomicFile.WriteText(kept, string.Join('\n', [.. lines, Sum(lines), ""]));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SatException)
        {
            // The folder may be for reading alone: then the next run walks through the archive again.
        }
        return places;
    }

    /// <summary>Lets go of what is kept of an archive: its files do not lie where they lay.</summary>
    public static void Forget(DataFiles files, string archive)
    {
        files.Forget(archive);
        try
        {
            File.Delete(Kept(files, archive));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be removed was not written by this user.
        }
    }

    private static string Kept(DataFiles files, string archive) => Path.Combine(files.Location, $".{archive}.sat-index");

    private static IEnumerable<TarPlace> Walk(Stream archive, long start, string folder)
    {
        using var reader = new TarReader(archive, leaveOpen: true);
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile))
                continue;
            var file = Path.GetFileName(entry.Name);
            if (StrayFiles.Is(file))
                continue;
            if (file.AsSpan().ContainsAny('\n', '\r'))
                throw new InvalidDataException("a name in it has a line break.");
            var name = folder + file;
            if (entry.DataStream is not { } content)
            {
                // An empty file: whoever decodes it says so.
                yield return new TarPlace(name, start, 0);
                continue;
            }
            if (folder.Length > 0 || !name.EndsWith(Inner, StringComparison.Ordinal))
            {
                if (start + entry.DataOffset + entry.Length > start + archive.Length)
                    throw new EndOfStreamException($"{name} is cut off.");
                yield return new TarPlace(name, start + entry.DataOffset, entry.Length);
                continue;
            }
            foreach (var place in Walk(content, start + entry.DataOffset, name[..^Inner.Length] + '/'))
                yield return place;
        }
    }

    private static string Line(TarPlace place) =>
        string.Create(CultureInfo.InvariantCulture, $"{place.Offset} {place.Length} {place.Name}");

    /// <summary>The last line: a checksum of the others.</summary>
    private static string Sum(IEnumerable<string> lines) =>
        Last + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));

    /// <summary>The places as they were kept; null: they were not, or not of this archive, or are no longer what was kept.</summary>
    private static List<TarPlace>? Read(string kept, string stamp, long length)
    {
        string[] lines;
        try
        {
            if (!File.Exists(kept))
                return null;
            using var reader = new StreamReader(RegularFile.OpenRead(kept));
            // Of another archive's index the first line is enough.
            if (reader.ReadLine() != stamp)
                return null;
            lines = [stamp, .. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SatException)
        {
            return null;
        }
        if (lines.Length < 2 || lines[^1] != Sum(lines[..^1]))
            return null;
        var places = new List<TarPlace>();
        foreach (var line in lines[1..^1])
        {
            if (
                line.Split(' ', 3) is not [var at, var bytes, var name]
                || !long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
                || !long.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
                || offset > length
                || size > length - offset
            )
                return null;
            places.Add(new TarPlace(name, offset, size));
        }
        return places;
    }
}

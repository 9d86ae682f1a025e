using System.Formats.Tar;
using System.Globalization;
using System.Security.Cryptography;
using Sat.Records;
using Sat.Records.Data;
using Sat.Records.Files;
using Sat.Records.Runs;

namespace Sat.Datasets.ImageNet;

/// <summary>
/// Where the files of an archive lie, so that each can be read on its own. It is made by one walk through the archive's headers, and kept
/// in a hidden file beside it. One that was made of another archive, or is cut off, is made again.
/// </summary>
static class TarIndex
{
    private const string Inner = ".tar";
    private const string Last = "end";

    /// <summary>Bytes at each end of an archive that tell it from others.</summary>
    private const int Ends = 1 << 16;

    /// <summary>The places of an archive's files, in its order.</summary>
    /// <param name="files">Where it is.</param>
    /// <param name="archive">Its name.</param>
    /// <exception cref="SatException">It is damaged, or cannot be read (exit code 5).</exception>
    public static IReadOnlyList<TarPlace> Of(DataFiles files, string archive)
    {
        var path = Path.Combine(files.Location, archive);
        var kept = Path.Combine(files.Location, $".{archive}.sat-index");
        using var content = files.OpenRead(archive);
        var stamp = Stamp(content, path);
        if (Read(kept, stamp) is { } known)
            return known;
        List<TarPlace> places;
        try
        {
            places = [.. Walk(content, 0, "")];
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException)
        {
            throw new SatException(
                ExitCode.Environment,
                $"{path} is damaged or cut off, or no tar archive: {e.Message} Get it again.",
                inner: e
            );
        }
        try
        {
            AtomicFile.WriteText(kept, string.Join('\n', [stamp, .. places.Select(Line), Last, ""]));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder may be for reading alone: then the next run walks through the archive again.
        }
        return places;
    }

    private static IEnumerable<TarPlace> Walk(Stream archive, long start, string folder)
    {
        using var reader = new TarReader(archive, leaveOpen: true);
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is not { } content)
                continue;
            var name = folder + Path.GetFileName(entry.Name);
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

    /// <summary>What an archive is known by: its length, when it was written, and a checksum of its ends.</summary>
    private static string Stamp(Stream archive, string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var end = new byte[Math.Min(Ends, archive.Length)];
        foreach (var from in new[] { 0, archive.Length - end.Length })
        {
            archive.Position = from;
            archive.ReadExactly(end);
            hash.AppendData(end);
        }
        archive.Position = 0;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"index 1 of {archive.Length} bytes, {File.GetLastWriteTimeUtc(path).Ticks}, {Convert.ToHexStringLower(hash.GetHashAndReset())}"
        );
    }

    private static string Line(TarPlace place) =>
        string.Create(CultureInfo.InvariantCulture, $"{place.Offset} {place.Length} {place.Name}");

    /// <summary>The places as they were kept; null: they were not, or not of this archive.</summary>
    private static List<TarPlace>? Read(string kept, string stamp)
    {
        if (!File.Exists(kept))
            return null;
        var places = new List<TarPlace>();
        var (isOfThis, isWhole) = (false, false);
        using var reader = new StreamReader(RegularFile.OpenRead(kept));
        while (reader.ReadLine() is { } line)
        {
            if (!isOfThis)
            {
                if (line != stamp)
                    return null;
                isOfThis = true;
            }
            else if (line == Last)
                isWhole = true;
            else
            {
                var parts = line.Split(' ', 3);
                if (
                    parts.Length < 3
                    || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
                    || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                )
                    return null;
                places.Add(new TarPlace(parts[2], offset, length));
            }
        }
        return isWhole ? places : null;
    }
}

using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sat.Datasets.Files.Loading;
using Sat.Records;
using Sat.Records.Data;
using Sat.Records.Files;
using Sat.Records.Runs;
using Sat.Sdk;

namespace Sat.Datasets.Files.ImageNet;

/// <summary>
/// Which photos cannot be decoded. All of them are decoded once, which takes as long as an epoch of training reads; what comes of it is
/// kept in a hidden file beside the photos, under a key of their names, lengths and times. Files that cannot be read just now end the
/// check: nothing is known of them.
/// </summary>
/// <param name="files">Where the photos are.</param>
/// <param name="photos">Reads them.</param>
/// <param name="threads">Threads that decode.</param>
sealed class PhotoCheck(DataFiles files, PhotoFiles photos, int threads)
{
    /// <summary>Of the smallest pictures that photos become: what is read of their files is the same for all.</summary>
    private const int Side = 32;

    private const string First = "photos 1 of ";

    /// <summary>The names of those that cannot be decoded, in byte order.</summary>
    /// <exception cref="SatException">One cannot be read (exit code 5).</exception>
    public IReadOnlyList<string> Bad(IReadOnlyList<Photo> all)
    {
        var key = Key(all);
        var kept = Path.Combine(files.Location, $".{key[..16]}.sat-photos");
        if (Read(kept, First + key) is { } known)
            return known;
        string[] bad = [.. Decode(all).Order(StringComparer.Ordinal)];
        try
        {
            string[] lines = [First + key, .. bad];
            AtomicFile.WriteText(kept, string.Join('\n', [.. lines, Sum(lines), ""]));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SatException)
        {
            // The folder may be for reading alone: then the next run decodes them again.
        }
        return bad;
    }

    private ConcurrentBag<string> Decode(IReadOnlyList<Photo> all)
    {
        var bad = new ConcurrentBag<string>();
        var (done, total, gate) = (0L, all.Sum(p => p.Length ?? OnDisk(p).Length), new Lock());
        OnThreads.For(all.Count, threads, i =>
        {
            var picture = ArrayPool<byte>.Shared.Rent(3 * Side * Side);
            byte[] content = [];
            try
            {
                content = photos.Read(all[i]);
                PhotoDecoder.Decode(
                    content,
                    (height, width) => Frame.Of(new Region(0, 0, height, width, false)),
                    Side,
                    picture.AsSpan(0, 3 * Side * Side)
                );
            }
            catch (InvalidDataException)
            {
                bad.Add(all[i].Name);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(picture);
            }
            lock (gate)
                files.Watcher?.Invoke(new DataProgress(DataStage.Checking, "photos", done += content.Length, total));
        });
        return bad;
    }

    private string Key(IReadOnlyList<Photo> all)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var archive in all.Where(p => p.Length is not null).Select(p => p.File).Distinct(StringComparer.Ordinal))
        {
            using var content = files.OpenRead(archive);
            Add($"{archive}: {FileStamp.Of((FileStream)content)}");
        }
        foreach (var photo in all)
        {
            Add(photo.Name);
            if (photo.Length is not null)
                continue;
            var file = OnDisk(photo);
            Add(string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc.Ticks}"));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Add(string line) => hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
    }

    private FileInfo OnDisk(Photo photo)
    {
        var file = new FileInfo(Path.Combine(files.Location, photo.File));
        return file.Exists
            ? file
            : throw new SatException(
                ExitCode.Environment,
                $"dataset '{ImageNetFiles.Id}': {photo.Name} in {files.Location} is no longer there."
            );
    }

    private static string Sum(IEnumerable<string> lines) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));

    /// <summary>What was kept; null: nothing, or of other photos, or it is no longer what it was.</summary>
    private static string[]? Read(string kept, string first)
    {
        try
        {
            if (!File.Exists(kept))
                return null;
            using var reader = new StreamReader(RegularFile.OpenRead(kept));
            string[] lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return lines.Length > 1 && lines[0] == first && lines[^1] == Sum(lines[..^1]) ? lines[1..^1] : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SatException)
        {
            return null;
        }
    }
}

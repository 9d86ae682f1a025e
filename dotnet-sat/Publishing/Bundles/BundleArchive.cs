using System.IO.Compression;
using Sat.Records;
using Sat.Records.Files;
using Sat.Records.Runs;

namespace Sat.Publishing.Bundles;

/// <summary>The zip archive of a bundle.</summary>
internal static class BundleArchive
{
    private const int MostFiles = 1_000_000;

    /// <summary>A regular file that its owner may write, and others read: <c>-rw-r--r--</c>.</summary>
    private const int RegularFileMode = 0x81A4;

    /// <summary>The first time that a zip archive can hold: equal files give equal archives.</summary>
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Packs every file of a folder, in the order of their names.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="path">The archive; written over if it is there, and never left half written.</param>
    public static void Pack(string folder, string path) => AtomicFile.Write(path, stream =>
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            foreach (var name in FolderTree.Files(folder).Select(f => f.Name).Order(StringComparer.Ordinal))
            {
                var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = Epoch;
                entry.ExternalAttributes = RegularFileMode << 16;
                using var from = RegularFile.OpenRead(Path.Combine(folder, name), FileShare.Read);
                using var to = entry.Open();
                from.CopyTo(to);
            }
        });

    /// <summary>Unpacks an archive that may be hostile.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="folder">An empty folder.</param>
    /// <param name="mostBytes">The most bytes that all files may have together.</param>
    /// <exception cref="SatException">It is no archive, is damaged, or holds what no bundle holds (exit code 5).</exception>
    public static void Unpack(string path, string folder, long mostBytes)
    {
        var at = "";
        try
        {
            using var zip = new CheckedZip(RegularFile.OpenRead(path, FileShare.Read));
            if (zip.Names.Count > MostFiles)
                throw new InvalidDataException($"it has more than {Count.Of(MostFiles, "file")}");
            var left = mostBytes;
            foreach (var name in zip.Names)
            {
                if (!BundleNames.IsSafe(name))
                    throw new InvalidDataException($"the name '{name}' leads out of the bundle or is none");
                at = $"{name}: ";
                left = zip.Read(name, content => new Left(Write(content, Path.Combine(folder, name), left)))!.Bytes;
                at = "";
            }
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SatException(ExitCode.Environment, $"{path} cannot be checked: {at}{e.Message.TrimEnd('.')}; get it again", inner: e);
        }
    }

    private static long Write(Stream content, string path, long left)
    {
        if (content.Length > left)
            throw new InvalidDataException("the bundle's files are larger than a bundle may be");
        using var file = Create(path);
        content.CopyTo(file);
        return left - content.Length;
    }

    private static FileStream Create(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new FileStream(path, FileMode.CreateNew);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && Path.Exists(path))
        {
            throw new InvalidDataException("another of its files has this name, or this name is a folder of another", e);
        }
        catch (IOException e) when (File.Exists(Path.GetDirectoryName(path)))
        {
            throw new InvalidDataException("another of its files has the name of its folder", e);
        }
    }

    private sealed record Left(long Bytes);
}

using System.Collections.Concurrent;
using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using Sat.Records.Files;

namespace Sat.Records.Data;

/// <summary>Files found on disk, in a folder or in a tar.gz archive, by the names that a component knows them by.</summary>
public sealed class DataFiles
{
    /// <summary>The name of a variant whose checksums nobody has recorded.</summary>
    public const string UnknownVariant = "unknown";

    /// <summary>Larger files of an archive are read from it whenever they are asked for; smaller ones stay in memory.</summary>
    private const long Kept = 256L << 20;

    private readonly IReadOnlyDictionary<string, string> _paths;
    private readonly string? _archive;
    private readonly string _folder;
    private DataLayout? _layout;
    private Dictionary<string, byte[]?>? _unpacked;
    private IReadOnlyDictionary<string, string>? _checksums;
    private readonly Dictionary<string, string> _md5 = [];
    private readonly ConcurrentDictionary<string, (long Length, DateTime Written)> _hashed = new(StringComparer.Ordinal);

    private DataFiles(string location, IReadOnlyDictionary<string, string> paths, string? archive, string folder, IEnumerable<string> names)
    {
        Location = location;
        _paths = paths;
        _archive = archive;
        _folder = folder;
        Names = [.. names.Order(StringComparer.Ordinal)];
    }

    /// <summary>No files.</summary>
    public static DataFiles None { get; } = new("", new Dictionary<string, string>(), null, "", []);

    /// <summary>Where they were found: a folder, a file or an archive.</summary>
    public string Location { get; }

    /// <summary>Relative names with <c>/</c>, in ordinal order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Files of the folder that lie among them and are not read; see <see cref="FoundFiles"/>.</summary>
    public IReadOnlyList<string> Beside { get; private init; } = [];

    /// <summary>What is to be said of their choice, a sentence each; see <see cref="FileSelection.Remarks"/>.</summary>
    public IReadOnlyList<string> Remarks { get; private init; } = [];

    /// <summary>Finds the files of a layout at <paramref name="location"/>: in it, in its <see cref="DataLayout.Folder"/>, or in the
    /// archive in or at it; or what they unpack to (<see cref="DataLayout.Unpacked"/>). The only file of a layout may be it.</summary>
    /// <exception cref="SatException">They are not there (exit code 5).</exception>
    public static DataFiles Find(string owner, DataLayout layout, string location)
    {
        foreach (var folder in new[] { location, Path.Combine(location, layout.Folder) })
        {
            if (layout.Files.All(f => File.Exists(Path.Combine(folder, f))))
                return new DataFiles(folder, layout.Files.ToDictionary(f => f, f => Path.Combine(folder, f)), null, "", layout.Files);
        }
        if (layout.Files is [var sole] && layout.Sources.All(s => s.Format == DataFormat.File) && File.Exists(location))
            return new DataFiles(location, new Dictionary<string, string> { [sole] = location }, null, "", layout.Files);
        if (layout.Sources is [{ Format: DataFormat.TarGz } only])
        {
            foreach (var archive in new[] { location, Path.Combine(location, only.Name) })
            {
                if (File.Exists(archive))
                    return new DataFiles(archive, new Dictionary<string, string>(), archive, layout.Folder, layout.Files)
                    {
                        _layout = layout,
                    };
            }
        }
        var unpacked = layout.Unpacked?.At(location);
        if (unpacked is { Found.Missing: null } whole)
            return new DataFiles(whole.Folder, whole.Found.Read, null, "", whole.Found.Read.Keys)
            {
                Beside = whole.Found.Beside,
                Remarks = whole.Found.Remarks,
            };
        var missing = unpacked is { Found.Missing: { } lacks }
            ? $"{char.ToUpperInvariant(lacks[0])}{lacks[1..]} "
            : Missing(layout, location);
        throw new SatException(ExitCode.Environment, $"the files of {owner} are not at {location}. {missing}{layout.Obtain}");
    }

    /// <summary>What of a layout is at a place in part, or in its stead, sentences with a blank behind them; empty: nothing.</summary>
    private static string Missing(DataLayout layout, string location)
    {
        if (OtherVersion.At(layout, location) is { } other)
            return other + " ";
        return new[] { location, Path.Combine(location, layout.Folder) }
            .Where(Directory.Exists)
            .Select(folder => (Folder: folder, Missing: layout.Files.Where(f => !File.Exists(Path.Combine(folder, f))).ToArray()))
            .Where(f => f.Missing.Length < layout.Files.Count)
            .Select(f => $"{f.Folder} lacks {string.Join(", ", f.Missing)}. ")
            .FirstOrDefault()
            ?? "";
    }

    /// <summary>True if nothing at <paramref name="location"/> is meant to be a layout's files: none of them, no archive, no other
    /// version.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="location">A folder, which need not exist.</param>
    public static bool AreAbsent(DataLayout layout, string location)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return !File.Exists(location)
            && !layout
                .Files.Concat(layout.Files.Select(f => Path.Combine(layout.Folder, f)))
                .Concat(layout.Sources.Select(s => s.Name))
                .Any(f => File.Exists(Path.Combine(location, f)))
            && layout.Unpacked?.At(location) is null
            && OtherVersion.At(layout, location) is null;
    }

    /// <summary>A file, whatever it is called, or the files of a folder that its component reads.</summary>
    /// <param name="owner">Who reads them, for messages.</param>
    /// <param name="path">A file or a folder.</param>
    /// <param name="selection">Which files of a folder; null: <see cref="FileSelection.All"/>.</param>
    /// <exception cref="SatException">Nothing is there, a file is where a folder is read or the reverse, or the folder lacks what its
    /// component needs (exit code 5).</exception>
    public static DataFiles At(string owner, string path, FileSelection? selection = null)
    {
        if (File.Exists(path) && selection is { Needs.Count: > 0 })
            throw new SatException(
                ExitCode.Environment,
                $"{owner}: {path} is a file, and a folder is read. Give the folder; an archive must be unpacked first."
            );
        if (File.Exists(path))
            return new DataFiles(
                path,
                new Dictionary<string, string> { [Path.GetFileName(path)] = path },
                null,
                "",
                [Path.GetFileName(path)]
            );
        if (!Directory.Exists(path))
            throw new SatException(
                ExitCode.Environment,
                $"{owner}: there is no file or folder {path}. Correct the path, or put the files there."
            );
        if (selection is { OneFile: true })
            throw new SatException(ExitCode.Environment, $"{owner}: {path} is a folder. Give the file itself.");
        var found = (selection ?? FileSelection.All).In(path);
        if (found.Missing is { } missing)
            throw new SatException(ExitCode.Environment, $"{owner} at {path}: {missing}");
        return new DataFiles(path, found.Read, null, "", found.Read.Keys) { Beside = found.Beside, Remarks = found.Remarks };
    }

    /// <summary>The content of a file; its length is known, but it cannot always be gone back in.</summary>
    /// <exception cref="SatException">It cannot be read, or is not what <see cref="Checksums"/> saw (exit code 5).</exception>
    public Stream OpenRead(string name)
    {
        try
        {
            if (_archive is null)
            {
                var stream = RegularFile.OpenRead(_paths[name]);
                if (!_hashed.TryGetValue(name, out var then) || then == Stamp(_paths[name]))
                    return stream;
                stream.Dispose();
                throw new SatException(
                    ExitCode.Environment,
                    $"{name} in {Location} changed while it was in use. Put back what was there, or start again with what is there now."
                );
            }
            return Unpacked()[name] is { } bytes ? new MemoryStream(bytes, writable: false) : Entry(name);
        }
        catch (FileNotFoundException e) when (_paths.TryGetValue(name, out var path) && LinkedFiles.Target(path) is { } target)
        {
            throw new SatException(
                ExitCode.Environment,
                $"{name} in {Location} is a link to {target}, and nothing is there. Remove the link, or put the file there.",
                inner: e
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SatException(ExitCode.Environment, $"{name} in {Location} cannot be read: {e.Message}", inner: e);
        }
    }

    /// <summary>What a file is instead of data, by its first bytes (<see cref="MistakenContent"/>); null: nothing that is known.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">True if it should be a text, so that one is no mistake.</param>
    /// <exception cref="SatException">It cannot be read (exit code 5).</exception>
    public string? Mistaken(string name, bool text = false)
    {
        using var content = OpenRead(name);
        return MistakenContent.Recognize(content) is { } mistaken && !(text && mistaken.StartsWith("it is text", StringComparison.Ordinal))
            ? mistaken
            : null;
    }

    /// <summary>The whole content of a file; see <see cref="OpenRead"/>.</summary>
    /// <exception cref="SatException">It cannot be read, or holds more than fits into memory at once (exit code 5).</exception>
    public byte[] ReadAllBytes(string name)
    {
        using var stream = OpenRead(name);
        if (stream.Length > Array.MaxLength)
            throw new SatException(
                ExitCode.Environment,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name} in {Location} has {stream.Length} bytes, more than fit in memory at once: it is the wrong file. Get it again."
                )
            );
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Name to SHA-256 in lower-case hexadecimal digits; computed once.</summary>
    public IReadOnlyDictionary<string, string> Checksums() =>
        _checksums ??= new SortedDictionary<string, string>(Names.ToDictionary(n => n, Checksum), StringComparer.Ordinal);

    /// <summary>The variant whose checksums these files have, or <see cref="UnknownVariant"/>.</summary>
    public string VariantOf(DataLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return layout.Variants.FirstOrDefault(v => v.Files.Count + (v.Md5?.Count ?? 0) > 0 && !Differing(v).Any())?.Name ?? UnknownVariant;
    }

    /// <summary>The files whose content is another than a variant's, of those whose checksums it names.</summary>
    public IEnumerable<string> Differing(DataVariant variant)
    {
        ArgumentNullException.ThrowIfNull(variant);
        return variant
            .Files.Where(f => Checksums().GetValueOrDefault(f.Key) != f.Value)
            .Concat((variant.Md5 ?? new Dictionary<string, string>()).Where(f => Md5(f.Key) != f.Value))
            .Select(f => f.Key);
    }

    private string Checksum(string name)
    {
        // Before it is read: what changes meanwhile is noticed when it is read again.
        (long, DateTime)? stamp = _archive is null && File.Exists(_paths[name]) ? Stamp(_paths[name]) : null;
        using var stream = OpenRead(name);
        var sum = Convert.ToHexStringLower(SHA256.HashData(stream));
        if (stamp is { } seen)
            _hashed[name] = seen;
        return sum;
    }

    private static (long, DateTime) Stamp(string path)
    {
        var file = new FileInfo(path);
        return (file.Length, file.LastWriteTimeUtc);
    }

    private string? Md5(string name)
    {
        if (!Names.Contains(name))
            return null;
        if (!_md5.TryGetValue(name, out var sum))
        {
            using var stream = OpenRead(name);
#pragma warning disable CA5351 // Some authors publish nothing else; it tells damage, not attack.
            _md5[name] = sum = Convert.ToHexStringLower(MD5.HashData(stream));
#pragma warning restore CA5351
        }
        return sum;
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
            using var tar = new TarReader(OpenArchive());
            while (tar.GetNextEntry() is { } entry)
            {
                if (entry.DataStream is not { } content || NameOf(entry) is not { } name)
                {
                    if (others.Count < 100)
                        others.Add(entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name);
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
        if (Names.Where(n => !found.ContainsKey(n)).ToArray() is { Length: > 0 } missing)
        {
            throw new SatException(
                ExitCode.Environment,
                OtherVersion.At(_layout!, _archive!, others) is { } other
                    ? $"{_archive} is the wrong archive. {other} {_layout!.Obtain}"
                    : $"{_archive} lacks {string.Join(", ", missing)}: it is the wrong archive, or cut off. Get it again."
            );
        }
        return _unpacked = found;
    }

    /// <summary>A file of the archive, read from it as it is asked for.</summary>
    private Stream Entry(string name)
    {
        var tar = new TarReader(OpenArchive());
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

    private GZipStream OpenArchive() => new(RegularFile.OpenRead(_archive!), CompressionMode.Decompress);

    private string? NameOf(TarEntry entry)
    {
        var name = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
        if (_folder.Length > 0 && name.StartsWith(_folder + "/", StringComparison.Ordinal))
            name = name[(_folder.Length + 1)..];
        return Names.Contains(name) ? name : null;
    }

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
            MistakenContent.At(_archive!) is { } mistaken
                ? $"{_archive} is not a tar.gz archive: {mistaken}. Get it again."
                : $"{_archive} is damaged or not a tar.gz archive: {e.Message} Get it again.",
            inner: e
        );
}

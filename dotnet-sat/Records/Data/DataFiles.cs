using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Sat.Records.Files;

namespace Sat.Records.Data;

/// <summary>Files found on disk, in a folder or in a tar.gz archive, by the names that a component knows them by.</summary>
public sealed class DataFiles
{
    /// <summary>The name of a variant whose checksums nobody has recorded.</summary>
    public const string UnknownVariant = "unknown";

    private readonly FileContents _contents;
    private IReadOnlyDictionary<string, string>? _checksums;
    private readonly Dictionary<string, string> _md5 = [];
    private readonly ConcurrentDictionary<string, (long Length, DateTime Written)> _hashed = new(StringComparer.Ordinal);

    /// <param name="location">Where they are.</param>
    /// <param name="contents">What is in them.</param>
    /// <param name="names">Their names, in ordinal order.</param>
    private DataFiles(string location, FileContents contents, IReadOnlyList<string> names)
    {
        Location = location;
        _contents = contents;
        Names = names;
    }

    /// <summary>No files.</summary>
    public static DataFiles None { get; } = new("", new FolderContents("", [], name => name), []);

    /// <summary>Where they were found: a folder, a file or an archive.</summary>
    public string Location { get; }

    /// <summary>Relative names with <c>/</c>, in ordinal order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Files of the folder that lie among them and are not read; see <see cref="FoundFiles"/>.</summary>
    public IReadOnlyList<string> Beside { get; private init; } = [];

    /// <summary>What is to be said of their choice, a sentence each; see <see cref="FileSelection.Remarks"/>.</summary>
    public IReadOnlyList<string> Remarks { get; private init; } = [];

    /// <summary>The version of the dataset that these files are made of; null: they are as they lie there.</summary>
    public OtherVersion? MadeOf { get; private init; }

    /// <summary>Paths of the files or of the archive on this machine that the content comes from.</summary>
    public IReadOnlyList<string> Stored => _contents.Stored;

    /// <summary>Hears how far it is with what takes long: a checksum of a large file, an index.</summary>
    public Action<DataProgress>? Watcher { get; set; }

    /// <summary>True to compute every checksum, though one of a large file may have been kept since it was read last.</summary>
    public bool ReadsAllAfresh { get; set; }

    /// <summary>Finds the files of a layout at <paramref name="location"/>: in it, in its <see cref="DataLayout.Folder"/>, or in the
    /// archive in or at it; else another version there that they can be made of, or what they unpack to
    /// (<see cref="DataLayout.Unpacked"/>). The only file of a layout may be at it itself.</summary>
    /// <exception cref="SatException">They are not there (exit code 5).</exception>
    public static DataFiles Find(string owner, DataLayout layout, string location)
    {
        ArgumentNullException.ThrowIfNull(layout);
        if (File.Exists(location) && FormOf(layout, location) is { } inside)
            return Archive(layout, inside, location);
        foreach (var form in layout.Forms)
        {
            if (form.Nearest(location) is { Missing.Length: 0 } whole)
                return Made(whole.Folder, InFolder(whole.Folder, form.Files), layout, form);
            if (form.ArchiveIn(location) is { } archive)
                return Archive(layout, form, archive);
        }
        if (layout.Files is [var sole] && layout.Sources.All(s => s.Format == DataFormat.File) && File.Exists(location))
            return Single(location, sole);
        var unpacked = layout.Unpacked?.At(location);
        if (unpacked is { Found.Missing: null } all)
            return new(all.Folder, InFolder(all.Folder, all.Found.Read), all.Found.Read)
            {
                Beside = all.Found.Beside,
                Remarks = all.Found.Remarks,
            };
        var (folder, missing, anyThere) = layout.MissingAt(location);
        var what =
            unpacked is { Found.Missing: { } lacks } ? $"{char.ToUpperInvariant(lacks[0])}{lacks[1..]} "
            : OtherVersion.At(layout, location) is { } other ? other + " "
            : anyThere ? $"{folder} lacks {string.Join(", ", missing)}. "
            : "";
        throw new SatException(ExitCode.Environment, $"the files of {owner} are not at {location}. {what}{layout.Obtain}");
    }

    /// <summary>True if nothing at <paramref name="location"/> is meant to be a layout's files: none of them, no archive, no other
    /// version.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="location">A folder, which need not exist.</param>
    public static bool AreAbsent(DataLayout layout, string location)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return !File.Exists(location)
            && !layout.MissingAt(location).AnyThere
            && !layout.Sources.Any(s => File.Exists(Path.Combine(location, s.Name)))
            && layout.Forms.All(form => form.ArchiveIn(location) is null)
            && layout.Unpacked?.At(location) is null
            && OtherVersion.At(layout, location) is null;
    }

    /// <summary>The form whose archive a file is: by the folder in it, or else by its name; any other is taken for the layout's
    /// own.</summary>
    private static DataForm? FormOf(DataLayout layout, string archive)
    {
        DataForm[] forms = [.. layout.Forms.Where(f => f.Archive is not null)];
        // Where there is no choice, nothing needs to be known of the file.
        if (forms is [] or [{ Version: null }])
            return forms.FirstOrDefault();
        var folder = ArchiveContents.FolderIn(archive);
        return Array.Find(forms, f => f.Folder == folder)
            ?? Array.Find(forms, f => f.Archive == Path.GetFileName(archive))
            ?? Array.Find(forms, f => f.Version is null);
    }

    private static DataFiles Archive(DataLayout layout, DataForm form, string archive) =>
        Made(archive, new ArchiveContents(archive, form.Folder, form.Files, layout), layout, form);

    private static DataFiles Made(string location, FileContents contents, DataLayout layout, DataForm form) =>
        new(
            location,
            form.Version is { } version ? new MadeContents(location, version, contents) : contents,
            [.. layout.Files.Order(StringComparer.Ordinal)]
        )
        {
            MadeOf = form.Version,
        };

    /// <summary>A file on this machine, by the name that its component knows it by.</summary>
    private static DataFiles Single(string path, string name) => new(path, new FolderContents(path, [name], _ => path), [name]);

    private static FolderContents InFolder(string folder, IReadOnlyList<string> names) =>
        new(folder, names, name => Path.Combine(folder, name));

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
            return Single(path, Path.GetFileName(path));
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
        return new DataFiles(path, InFolder(path, found.Read), found.Read) { Beside = found.Beside, Remarks = found.Remarks };
    }

    /// <summary>The content of a file; its length is known, but it cannot always be gone back in.</summary>
    /// <exception cref="SatException">It cannot be read, or is not what <see cref="Checksums"/> saw (exit code 5).</exception>
    public Stream OpenRead(string name)
    {
        try
        {
            var stream = _contents.Open(name);
            try
            {
                RequireSame(name);
                return stream;
            }
            catch
            {
                stream.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SatException(ExitCode.Environment, $"{name} in {Location} cannot be read: {e.Message}", inner: e);
        }
    }

    /// <summary>Requires of a file that stays open what <see cref="OpenRead"/> requires of one that is opened.</summary>
    /// <exception cref="SatException">It is not what <see cref="Checksums"/> saw (exit code 5).</exception>
    public void RequireSame(string name)
    {
        if (_hashed.TryGetValue(name, out var then) && then != _contents.Stamp(name))
            throw new SatException(
                ExitCode.Environment,
                $"{name} in {Location} changed while it was in use. Put back what was there, or start again with what is there now."
            );
    }

    /// <summary>Lets go of the checksum that was kept of a large file: it is damaged where nothing shows it.</summary>
    public void Forget(string name)
    {
        foreach (var path in _contents.Stored.Where(p => Path.GetFileName(p) == Path.GetFileName(name)))
            KeptChecksum.Forget(path);
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
        var stamp = _contents.Stamp(name);
        using var stream = OpenRead(name);
        var sum = stream is FileStream { Length: >= KeptChecksum.Least } large
            ? KeptChecksum.Of(large, ReadsAllAfresh, bytes =>
                Watcher?.Invoke(new DataProgress(DataStage.Checking, name, bytes, large.Length))
            )
            : Convert.ToHexStringLower(SHA256.HashData(stream));
        if (stamp is { } seen)
            _hashed[name] = seen;
        return sum;
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
}

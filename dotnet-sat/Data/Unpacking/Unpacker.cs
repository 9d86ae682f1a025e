using System.Formats.Tar;
using System.IO.Compression;
using Sat.Data.Downloads;
using Sat.Data.Progress;
using Sat.Records;
using Sat.Records.Data;
using Sat.Records.Files;

namespace Sat.Data.Unpacking;

/// <summary>
/// Takes a layout's files out of an archive. Names come from the layout and never from the archive: whatever an archive holds
/// beside them, be it <c>../x</c>, <c>/etc/x</c>, a link or a device, is passed over, so nothing can land outside the folder.
/// </summary>
internal static class Unpacker
{
    /// <summary>Where nothing is known of the unpacked length: so many times the archive's own. Images and labels shrink far
    /// less.</summary>
    private const int MostExpansion = 100;

    private const int UnixTypeMask = 0xF000;
    private const int UnixRegularFile = 0x8000;

    /// <summary>Unpacks one source.</summary>
    /// <param name="source">What the archive is.</param>
    /// <param name="archive">Its path.</param>
    /// <param name="layout">Its files.</param>
    /// <param name="folder">Where they go, beneath the layout's folder; made where missing.</param>
    /// <param name="listener">Hears of progress.</param>
    /// <param name="stop">Asks it to stop.</param>
    /// <exception cref="SatException">The archive is damaged, lacks a file, or holds more than it should (exit code 5).</exception>
    public static void Unpack(
        DataSource source,
        string archive,
        DataLayout layout,
        string folder,
        IDataListener listener,
        CancellationToken stop
    )
    {
        var job = new Job(source, archive, layout, folder, listener, stop);
        try
        {
            using var file = RegularFile.OpenRead(archive);
            switch (source.Format)
            {
                case DataFormat.TarGz:
                    using (var gzip = new GZipStream(file, CompressionMode.Decompress))
                        job.Tar(gzip, () => file.Position);
                    break;
                case DataFormat.Tar:
                    job.Tar(file, () => file.Position);
                    break;
                case DataFormat.Zip:
                    job.Zip(file);
                    break;
                default:
                    job.Save(source.Name, file, file.Length, () => file.Position);
                    break;
            }
        }
        catch (Exception e)
            when (e
                    is InvalidDataException
                        or EndOfStreamException
                        or FormatException
                        or OverflowException
                        or ArgumentException
                        or NotSupportedException
            )
        {
            throw new SatException(
                ExitCode.Environment,
                MistakenContent.At(archive) is { } mistaken
                    ? $"{archive} is not a {NameOf(source.Format)} archive: {mistaken}."
                    : $"{archive} is damaged or not a {NameOf(source.Format)} archive: {e.Message}",
                inner: e
            );
        }
        job.RequireAll();
    }

    private static string NameOf(DataFormat format) => format == DataFormat.TarGz ? "tar.gz" : format.ToString().ToLowerInvariant();

    private sealed class Job(
        DataSource source,
        string archive,
        DataLayout layout,
        string folder,
        IDataListener listener,
        CancellationToken stop
    )
    {
        private readonly HashSet<string> _missing = [.. LayoutRules.FilesOf(source, layout)];
        private readonly HashSet<string> _wanted = [.. LayoutRules.FilesOf(source, layout)];
        private readonly byte[] _buffer = new byte[1 << 16];
        private readonly long _length = new FileInfo(archive).Length;
        private long _left = source.UnpackedBytes ?? MostExpansion * new FileInfo(archive).Length;

        public void Tar(Stream stream, Func<long> position)
        {
            using var tar = new TarReader(stream);
            while (tar.GetNextEntry() is { } entry)
            {
                stop.ThrowIfCancellationRequested();
                if (Wanted(entry.Name) is not { } name)
                    continue;
                if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile))
                    throw Refuse($"contains {name} as a {entry.EntryType}, but it should be a file");
                Save(name, entry.DataStream ?? Stream.Null, entry.Length, position);
            }
        }

        public void Zip(FileStream file)
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read);
            foreach (var entry in zip.Entries)
            {
                if (Wanted(entry.FullName) is not { } name)
                    continue;
                var type = (entry.ExternalAttributes >> 16) & UnixTypeMask;
                if (type is not (0 or UnixRegularFile))
                    throw Refuse($"contains {name} as something other than a file");
                using var content = entry.Open();
                Save(name, content, entry.Length, () => file.Position);
            }
        }

        /// <summary>Writes a file of the layout, flushed to the disk.</summary>
        /// <param name="name">Its name in the layout.</param>
        /// <param name="content">What it holds.</param>
        /// <param name="length">How much that should be.</param>
        /// <param name="position">How much of the archive was read.</param>
        public void Save(string name, Stream content, long length, Func<long> position)
        {
            if (!_missing.Remove(name))
                throw Refuse($"contains {name} twice");
            if (length > _left)
                throw Refuse($"would unpack to more than the {SourceCheck.Count(_left)} bytes that it has left: it was not unpacked");
            var path = Path.Combine(folder, layout.Folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            var written = 0L;
            int read;
            while ((read = content.Read(_buffer)) > 0)
            {
                stop.ThrowIfCancellationRequested();
                written += read;
                // What an archive states of itself need not be true.
                if (written > length)
                    throw Refuse($"contains more of {name} than it states");
                file.Write(_buffer.AsSpan(0, read));
                listener.Progressed(new DataProgress(DataStage.Unpacking, source.Name, position(), _length));
            }
            if (written < length)
                throw new EndOfStreamException($"{name} is cut off.");
            _left -= written;
            file.Flush(flushToDisk: true);
        }

        public void RequireAll()
        {
            if (_missing.Count > 0)
                throw Refuse($"lacks {string.Join(", ", _missing.Order(StringComparer.Ordinal))}");
        }

        /// <summary>The layout's name of an entry; null: it is none of its files.</summary>
        private string? Wanted(string entry)
        {
            var name = entry.StartsWith("./", StringComparison.Ordinal) ? entry[2..] : entry;
            if (layout.Folder.Length > 0 && name.StartsWith(layout.Folder + "/", StringComparison.Ordinal))
                name = name[(layout.Folder.Length + 1)..];
            return _wanted.Contains(name) ? name : null;
        }

        private SatException Refuse(string what) => new(ExitCode.Environment, $"{archive} {what}");
    }
}

using Sat.Data.Downloads;
using Sat.Data.Progress;
using Sat.Data.Unpacking;
using Sat.Records;
using Sat.Records.Components;
using Sat.Records.Data;
using Sat.Records.Files;
using Sat.Records.Json;
using Sat.Records.Runs;

namespace Sat.Data;

/// <summary>
/// A folder of datasets. What is under way lies in <see cref="Workplace"/> beside them; a dataset appears in its own folder whole,
/// by one rename, after all of it was checked. A crash leaves what was there before.
/// </summary>
/// <param name="root">The folder: a folder a dataset id.</param>
/// <param name="listener">Hears how it goes.</param>
public sealed class DataStore(string root, IDataListener listener)
{
    /// <summary>Name of the folder of what is under way.</summary>
    public const string Workplace = ".partial";

    /// <summary>What to do where nobody may write.</summary>
    internal const string OtherFolder = "Choose another folder with --data or SAT_DATA";

    private readonly DataInspector _inspector = new(root, listener.Progressed);

    /// <summary>Downloads a dataset, unless it is here.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="mirror">Where to download from instead of the official address: a folder of archives, or the archive. Null: the
    /// official one.</param>
    /// <param name="downloader">Downloads.</param>
    /// <param name="stop">Asks it to stop; what has come is kept.</param>
    /// <exception cref="SatException">It must be got otherwise, cannot be had, or is not what it should be (exit code 5).</exception>
    public async Task<DataState> Get(ComponentSchema dataset, Uri? mirror, Downloader downloader, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(downloader);
        var before = _inspector.Verify(dataset);
        if (!IsToCome(before))
            return before;
        var downloads = Downloads(dataset, dataset.Data!, mirror);
        return await Alone(
            dataset,
            async work =>
            {
                // Whoever was at work before may have done it all.
                var now = _inspector.Verify(dataset);
                if (!IsToCome(now))
                    return now;
                RequireOurs(dataset);
                var archives = new List<(DataSource, string)>();
                foreach (var download in downloads)
                    archives.Add((download.Source, await downloader.Fetch(download with { Folder = work }, stop)));
                return Unpack(dataset, work, archives, [.. downloads.Select(d => d.Address.AbsoluteUri)], stop);
            },
            stop
        );
    }

    /// <summary>Takes a dataset from this machine: its official archives, or its files in a folder.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="path">An archive, or a folder with the archives or with the files. It stays as it is.</param>
    /// <param name="stop">Asks it to stop.</param>
    /// <exception cref="SatException">It is not what it should be, or another version is here (exit code 5).</exception>
    public async Task<DataState> Import(ComponentSchema dataset, string path, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (dataset.Data is not { } layout)
            throw new SatException(ExitCode.Planning, $"dataset '{dataset.Id}' has no files to import. {_inspector.Look(dataset).Note}");
        var from = Path.GetFullPath(path);
        if (!Path.Exists(from))
            throw new SatException(ExitCode.Environment, $"there is no file or folder {from}");
        return await Alone(dataset, work => Task.FromResult(Import(dataset, layout, from, work, stop)), stop);
    }

    private static bool IsToCome(DataState state) => state.Status is DataStatus.Missing or DataStatus.Damaged;

    private DataState Import(ComponentSchema dataset, DataLayout layout, string from, string work, CancellationToken stop)
    {
        if (IsToCome(_inspector.Look(dataset)))
            RequireOurs(dataset);
        if (FilesAt(from, layout) is { } files)
        {
            foreach (var file in files.Stored.Where(file => file != from))
                RequireWithin(from, file);
            return Install(dataset, work, [from], staging =>
            {
                var lengths = files.Names.ToDictionary(n => n, n => LengthOf(files, n), StringComparer.Ordinal);
                // What a layout does not name are thousands of files: they are told of as one.
                var together = files.Names.All(layout.Files.Contains) ? null : new CopyProgress(dataset.Id, lengths.Values.Sum(), listener);
                foreach (var name in files.Names)
                    Copy(files, layout, name, staging, together ?? new CopyProgress(name, lengths[name], listener), stop);
            });
        }
        var archives = ArchivesAt(dataset, layout, from).ToArray();
        foreach (var (source, archive) in archives)
        {
            if (SourceCheck.Problem(source, archive, listener, stop) is { } problem)
            {
                if (OtherVersion.At(layout, archive) is { } other)
                    throw new SatException(ExitCode.Environment, $"{archive} is not {source.Name}. {other} {layout.Obtain}");
                // What is no archive at all unpacks to nothing.
                var remedy =
                    source.Format == DataFormat.File || MistakenContent.At(archive) is not null
                        ? layout.Obtain
                        : "If you trust it, unpack it and import the folder that it unpacks to.";
                throw new SatException(ExitCode.Environment, $"{archive} is not the published {source.Name}: it {problem}. {remedy}");
            }
        }
        return Unpack(dataset, work, archives, [.. archives.Select(a => a.Archive)], stop);
    }

    /// <summary>The files themselves, or those that can be made of another version there, also of its archive; null: there are none, or it
    /// is a published file, which must be identical.</summary>
    private static DataFiles? FilesAt(string path, DataLayout layout)
    {
        if (File.Exists(path) && layout.Sources.Any(s => s.Format == DataFormat.File))
            return null;
        try
        {
            return DataFiles.Find("", layout with { Sources = [] }, path);
        }
        catch (SatException)
        {
            return null;
        }
    }

    private static IEnumerable<(DataSource Source, string Archive)> ArchivesAt(ComponentSchema dataset, DataLayout layout, string from)
    {
        if (File.Exists(from))
        {
            if (layout.Sources is [var only])
                return [(only, from)];
            throw new SatException(
                ExitCode.Environment,
                layout.Sources.Count == 0
                    ? $"dataset '{dataset.Id}' is not an archive, and {from} is not a folder: give the folder with {string.Join(", ", layout.Files)}."
                    : $"dataset '{dataset.Id}' comes in several files: give the folder with {string.Join(", ", layout.Sources.Select(s => s.Name))}."
            );
        }
        var missing = layout.Sources.Where(s => !File.Exists(Path.Combine(from, s.Name))).Select(s => s.Name).ToArray();
        foreach (var name in layout.Sources.Select(s => s.Name).Except(missing))
            RequireWithin(from, Path.Combine(from, name));
        if (layout.Sources.Count > 0 && missing.Length == 0)
            return layout.Sources.Select(s => (s, Path.Combine(from, s.Name)));
        // What is read as it is published is a file and an archive in one.
        var lacking = layout.MissingAt(from).Missing;
        missing = [.. missing.Except(lacking, StringComparer.Ordinal)];
        throw new SatException(
            ExitCode.Environment,
            $"{from} does not hold dataset '{dataset.Id}': it lacks {string.Join(", ", lacking)}{(missing.Length > 0 ? $", and the archive {string.Join(", ", missing)}" : "")}. {layout.Obtain}"
        );
    }

    /// <summary>What is imported lies in the folder that was named: a link of a stranger's folder must not fetch this machine's own
    /// files.</summary>
    private static void RequireWithin(string from, string file)
    {
        if (!FolderTree.Holds(from, file))
            throw new SatException(
                ExitCode.Environment,
                $"{file} is a link that leads out of {from}: put the file itself there, or import the folder that it is in."
            );
    }

    private Download[] Downloads(ComponentSchema dataset, DataLayout layout, Uri? mirror)
    {
        if (layout.Sources.Count == 0 || (mirror is null && layout.Sources.Any(s => s.Address is null)))
        {
            throw new SatException(
                ExitCode.Environment,
                $"dataset '{dataset.Id}' cannot be downloaded by the tool. {layout.Obtain} "
                    + $"Then 'dotnet sat data import {dataset.Id} PATH' checks it and copies it to {_inspector.FolderOf(dataset.Id)}, or put the files there yourself."
            );
        }
        var remedy =
            $"Try again later, name another server with --mirror URL, or get {Count.Word(layout.Sources.Count, "it", "them")} "
            + $"some other way and use 'dotnet sat data import {dataset.Id} PATH'.";
        return
        [
            .. layout.Sources.Select(source => new Download(source, AddressOf(source, mirror), "", remedy)
            {
                Credentials = mirror?.UserInfo is { Length: > 0 } user ? Uri.UnescapeDataString(user) : null,
            }),
        ];
    }

    /// <summary>A mirror is the archive itself when it ends in its name, and else a folder of archives.</summary>
    private static Uri AddressOf(DataSource source, Uri? mirror)
    {
        if (mirror is null)
            return new Uri(source.Address!);
        // Whatever is told or kept of an address is told of this one: only the request itself needs the password.
        mirror = Secrets.Hide(mirror);
        if (Uri.UnescapeDataString(mirror.Segments[^1]) == source.Name)
            return mirror;
        var folder = new UriBuilder(mirror);
        folder.Path = folder.Path.TrimEnd('/') + "/" + source.Name;
        return folder.Uri;
    }

    private async Task<DataState> Alone(ComponentSchema dataset, Func<string, Task<DataState>> act, CancellationToken stop)
    {
        var work = Path.Combine(root, Workplace, dataset.Id);
        try
        {
            using var turn = await DataLock.Take(
                work + ".lock",
                () => listener.Noted($"Another process is working on dataset '{dataset.Id}' in {root}: waiting for it."),
                stop
            );
            return await act(work);
        }
        catch (Exception e) when (WriteError.Is(e))
        {
            throw WriteError.Explain(root, e, $"put dataset '{dataset.Id}' into", OtherFolder);
        }
    }

    /// <summary>Refuses to take the place of files that the tool did not put there.</summary>
    private void RequireOurs(ComponentSchema dataset)
    {
        var folder = new DirectoryInfo(_inspector.FolderOf(dataset.Id));
        if (!folder.Exists)
            return;
        if (folder.LinkTarget is not null)
            throw new SatException(
                ExitCode.Environment,
                $"{folder} is a link, which is not replaced: remove the link, or keep all data elsewhere with SAT_DATA or --data."
            );
        if (folder.EnumerateFileSystemInfos().Any() && DataReceipt.Read(folder.FullName) is null)
            throw new SatException(
                ExitCode.Environment,
                $"{folder} holds files that the tool did not put there, and they are not all of dataset '{dataset.Id}': move them away first."
            );
    }

    private DataState Unpack(
        ComponentSchema dataset,
        string work,
        IEnumerable<(DataSource Source, string Archive)> archives,
        string[] from,
        CancellationToken stop
    ) =>
        Install(
            dataset,
            work,
            from,
            staging =>
            {
                foreach (var (source, archive) in archives)
                    Unpacker.Unpack(source, archive, dataset.Data!, staging, listener, stop);
            },
            official: true
        );

    /// <summary>Fills a folder beside, checks it, and puts it in its place.</summary>
    private DataState Install(ComponentSchema dataset, string work, string[] from, Action<string> fill, bool official = false)
    {
        var layout = dataset.Data!;
        var staging = Path.Combine(work, "unpacked");
        // Only a process that died leaves it.
        Remove(staging);
        try
        {
            Directory.CreateDirectory(staging);
            fill(staging);
            var files = DataFiles.Find($"dataset '{dataset.Id}'", layout with { Sources = [] }, staging);
            var variant = files.VariantOf(layout);
            if (variant == DataFiles.UnknownVariant && layout.Variants.Count > 0)
                AcceptUnknown(dataset, layout, files, official);
            if (Present(dataset, files) is { } present)
            {
                TryRemove(work);
                return present;
            }
            var receipt = new DataReceipt
            {
                Dataset = dataset.Id,
                Variant = variant,
                From = from,
                Received = DateTimeOffset.UtcNow,
                Files = files
                    .Checksums()
                    .ToDictionary(f => f.Key, f => new ReceivedFile(new FileInfo(Path.Combine(files.Location, f.Key)).Length, f.Value)),
            };
            AtomicFile.WriteText(Path.Combine(staging, DataReceipt.FileName), SatJson.WriteIndented(receipt));
            Place(staging, dataset.Id, work);
        }
        catch
        {
            Remove(staging);
            throw;
        }
        TryRemove(work);
        return _inspector.Look(dataset);
    }

    /// <summary>What is here already; null: nothing that can be used.</summary>
    /// <exception cref="SatException">It is another version.</exception>
    private DataState? Present(ComponentSchema dataset, DataFiles files)
    {
        var state = _inspector.Verify(dataset);
        if (IsToCome(state))
            return null;
        var folder = _inspector.FolderOf(dataset.Id);
        return files.Checksums().SequenceEqual(DataFiles.Find("", dataset.Data!, folder).Checksums())
            ? state
            : throw new SatException(
                ExitCode.Environment,
                $"{folder} holds another version of dataset '{dataset.Id}' ({state.Variant}): remove that folder first to put this one there."
            );
    }

    private void AcceptUnknown(ComponentSchema dataset, DataLayout layout, DataFiles files, bool official)
    {
        if (!files.Names.Intersect(layout.Files).Any())
        {
            listener.Noted(
                $"Nobody has published checksums of the unpacked files of dataset '{dataset.Id}'. They are used as they are; 'data verify' will say whether they have changed."
            );
            return;
        }
        var nearest = layout.Variants.Select(v => (v.Name, Differing: files.Differing(v).ToArray())).MinBy(v => v.Differing.Length);
        var differing =
            $"{string.Join(", ", nearest.Differing)} {Count.Word(nearest.Differing.Length, "differs", "differ")} from version '{nearest.Name}'";
        if (official)
        {
            throw new SatException(
                ExitCode.Environment,
                $"the archive of dataset '{dataset.Id}' unpacked to no known version: {differing}. The archive is the published one, "
                    + "so either the disk damaged it or the plugin's list is wrong: try again, and then ask the plugin's author."
            );
        }
        listener.Noted(
            $"warning: this is no known version of dataset '{dataset.Id}': {differing}. It is used as it is, and reports will say so."
        );
    }

    private void Place(string staging, string id, string work)
    {
        foreach (var folder in Directory.EnumerateDirectories(staging, "*", SearchOption.AllDirectories).Append(staging))
            AtomicFile.FlushFolder(folder);
        var target = _inspector.FolderOf(id);
        var old = Path.Combine(work, "old");
        Remove(old);
        if (Directory.Exists(target))
            Directory.Move(target, old);
        try
        {
            Directory.Move(staging, target);
        }
        catch when (Directory.Exists(old))
        {
            Directory.Move(old, target);
            throw;
        }
        AtomicFile.FlushFolder(root);
    }

    private static long LengthOf(DataFiles files, string name)
    {
        using var content = files.OpenRead(name);
        return content.Length;
    }

    private static void Copy(DataFiles files, DataLayout layout, string name, string staging, CopyProgress progress, CancellationToken stop)
    {
        var target = Path.Combine(staging, layout.Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        using var source = files.OpenRead(name);
        using var copy = new FileStream(target, FileMode.CreateNew, FileAccess.Write);
        var buffer = new byte[1 << 16];
        int read;
        while ((read = source.Read(buffer)) > 0)
        {
            stop.ThrowIfCancellationRequested();
            copy.Write(buffer.AsSpan(0, read));
            progress.Add(read);
        }
        copy.Flush(flushToDisk: true);
    }

    private static void TryRemove(string folder)
    {
        try
        {
            Remove(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is no dataset's; the next call removes it.
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}

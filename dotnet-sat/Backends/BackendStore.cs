using System.IO.Compression;
using System.Text.RegularExpressions;
using Sat.Data.Progress;
using Sat.Feeds;
using Sat.Records;
using Sat.Records.Backends;
using Sat.Records.Data;
using Sat.Records.Json;
using Sat.Records.Runs;

namespace Sat.Backends;

/// <summary>
/// The folder of installed back ends. What is installed is gathered in a workplace beside, and renamed when it is whole: there is never
/// half a back end, and an install that was stopped or killed goes on where it was, a package at a time.
/// </summary>
/// <param name="home">Where they are.</param>
/// <param name="listener">Hears how an install goes.</param>
public sealed partial class BackendStore(SatHome home, IDataListener listener)
{
    private const string OtherFolder = "Set SAT_HOME to a folder of your own";

    private string Folder => BackendReceipt.FolderOf(home);

    /// <summary>Where an install gathers what it needs.</summary>
    private string Workplace => Path.Combine(home.Backends, ".cuda");

    /// <summary>Bytes that an install which was stopped has left for the next.</summary>
    public long Left =>
        Directory.Exists(Workplace) ? new DirectoryInfo(Workplace).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length) : 0;

    /// <summary>Installs libtorch for CUDA.</summary>
    /// <param name="package">The package that depends on all others.</param>
    /// <param name="torchSharp">Version of TorchSharp, and so of the package.</param>
    /// <param name="feeds">Who has it.</param>
    /// <param name="stop">Asks it to stop.</param>
    /// <exception cref="SatException">It cannot be had, or not be put there (exit code 5).</exception>
    public async Task<BackendReceipt> Install(CudaPackage package, string torchSharp, PackageFeeds feeds, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(feeds);
        try
        {
            using var turn = Alone();
            // TorchSharp itself the tool has; the packages of libtorch are all that it lacks.
            var packages = await feeds.Closure(
                package.Id,
                torchSharp,
                id => id.StartsWith("libtorch-", StringComparison.OrdinalIgnoreCase),
                stop
            );
            var main = packages.Select(p => (p.Version, Cuda: CudaVersion().Match(p.Id))).FirstOrDefault(p => p.Cuda.Success);
            if (main.Cuda is null)
                throw new SatException(
                    ExitCode.Environment,
                    $"{package.Id} {torchSharp} does not depend on a package of libtorch for CUDA: it is not TorchSharp's."
                );
            var unpacked = Path.Combine(Workplace, "packages");
            Forget(unpacked, packages);
            RequireSpace(package, packages, unpacked);
            Directory.CreateDirectory(unpacked);
            foreach (var one in packages.Where(p => !Directory.Exists(Path.Combine(unpacked, p.FullName))))
                Unpack(one, await feeds.Fetch(one, Workplace, stop), unpacked, package.Rid, stop);
            var native = PutTogether(packages, unpacked, package.Rid, stop);
            var receipt = new BackendReceipt
            {
                TorchSharp = torchSharp,
                LibTorch = main.Version,
                Cuda = main.Cuda.Groups["version"].Value,
                Bytes = new DirectoryInfo(native).EnumerateFiles().Sum(f => f.Length),
                Packages = packages.ToDictionary(p => p.Id, p => p.Version),
                Installed = DateTimeOffset.UtcNow,
            };
            AtomicFile.WriteText(Path.Combine(native, BackendReceipt.FileName), SatJson.WriteIndented(receipt));
            Delete(Folder);
            Directory.Move(native, Folder);
            AtomicFile.FlushFolder(home.Backends);
            Delete(Workplace);
            return receipt;
        }
        catch (Exception e) when (WriteError.Is(e))
        {
            throw WriteError.Explain(home.Backends, e, "install a back end in", OtherFolder);
        }
    }

    /// <summary>Removes the installed back end, and what an install has left.</summary>
    /// <returns>False: there was none.</returns>
    /// <exception cref="SatException">It cannot be removed (exit code 5).</exception>
    public bool Remove()
    {
        if (!Directory.Exists(Folder) && !Directory.Exists(Workplace))
            return false;
        try
        {
            using var turn = Alone();
            Delete(Folder);
            Delete(Workplace);
            return true;
        }
        catch (Exception e) when (WriteError.Is(e))
        {
            throw WriteError.Explain(Folder, e, "remove", "Runs that compute with it must end first, and you need to own the folder");
        }
    }

    /// <summary>The files of a package that a platform needs.</summary>
    private static IEnumerable<KeyValuePair<string, long>> Needed(FeedPackage package, string rid) =>
        package.Files.Where(f => SplitLibrary.IsNeeded(f.Key, rid));

    /// <summary>One at a time; the system gives the turn back, however its holder ends.</summary>
    private FileStream Alone()
    {
        Directory.CreateDirectory(home.Backends);
        var path = Path.Combine(home.Backends, ".lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e.HResult is 11 or 35 or unchecked((int)0x80070020))
        {
            throw new SatException(
                ExitCode.Environment,
                $"another process is installing or removing a back end in {home.Backends}: wait for it, and try again.",
                inner: e
            );
        }
    }

    /// <summary>What was left by an install of another version is worth nothing, and neither is what was half unpacked.</summary>
    private static void Forget(string unpacked, IReadOnlyList<FeedPackage> packages)
    {
        if (!Directory.Exists(unpacked))
            return;
        var left = Directory.GetDirectories(unpacked);
        var wanted = packages.Select(p => p.FullName).ToHashSet(StringComparer.Ordinal);
        if (left.All(l => wanted.Contains(Path.GetFileName(l)) || l.EndsWith(".part", StringComparison.Ordinal)))
        {
            foreach (var half in left.Where(l => l.EndsWith(".part", StringComparison.Ordinal)))
                Delete(half);
            return;
        }
        Delete(Path.GetDirectoryName(unpacked)!);
    }

    /// <summary>Tells what comes, and refuses where it does not fit.</summary>
    private void RequireSpace(CudaPackage package, IReadOnlyList<FeedPackage> packages, string unpacked)
    {
        FeedPackage[] toCome = [.. packages.Where(p => !Directory.Exists(Path.Combine(unpacked, p.FullName)))];
        var files = packages.SelectMany(p => Needed(p, package.Rid)).ToArray();
        var whole = files.Sum(f => f.Value);
        listener.Noted(
            $"{packages[0].Id} {packages[0].Version}: {Count.Of(packages.Count, "package")} from {string.Join(", ", packages.Select(p => p.Feed.PackageSource.Name).Distinct())}, "
                + $"{ByteSize.Text(packages.Sum(p => p.Download))} to download{(toCome.Length < packages.Count ? $" ({ByteSize.Text(toCome.Sum(p => p.Download))} of it left)" : "")}, {ByteSize.Text(whole)} on the disk."
        );
        // The largest split library is there twice while it is put together, and a package beside what comes out of it.
        var twice = files
            .GroupBy(
                f => Path.GetFileNameWithoutExtension(f.Key + (f.Key.Contains(".fragment", StringComparison.Ordinal) ? "" : ".whole")),
                StringComparer.Ordinal
            )
            .Where(g => g.Count() > 1)
            .Select(g => g.Sum(f => f.Value))
            .DefaultIfEmpty()
            .Max();
        var need =
            toCome.Sum(p => Needed(p, package.Rid).Sum(f => f.Value)) + twice + toCome.Select(p => p.Download).DefaultIfEmpty().Max();
        var free = new DriveInfo(home.Backends).AvailableFreeSpace;
        if (free < need)
        {
            throw new SatException(
                ExitCode.Environment,
                $"cannot install a back end in {home.Backends}: it needs {ByteSize.Text(need)} while it is assembled, and {ByteSize.Text(free)} are free. Make room, or set SAT_HOME to a folder on another disk."
            );
        }
    }

    private void Unpack(FeedPackage package, string file, string unpacked, string rid, CancellationToken stop)
    {
        var target = Path.Combine(unpacked, package.FullName);
        var part = target + ".part";
        try
        {
            using (var archive = ZipFile.OpenRead(file))
            {
                Directory.CreateDirectory(part);
                ZipArchiveEntry[] entries = [.. archive.Entries.Where(e => SplitLibrary.IsNeeded(Uri.UnescapeDataString(e.FullName), rid))];
                var (done, total, buffer) = (0L, entries.Sum(e => e.Length), new byte[1 << 20]);
                foreach (var entry in entries)
                {
                    var to = Path.Combine(part, Uri.UnescapeDataString(entry.FullName));
                    Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                    using var content = entry.Open();
                    using var unpackedFile = new FileStream(to, FileMode.CreateNew, FileAccess.Write);
                    int read;
                    while ((read = content.Read(buffer)) > 0)
                    {
                        stop.ThrowIfCancellationRequested();
                        unpackedFile.Write(buffer.AsSpan(0, read));
                        listener.Progressed(new DataProgress(DataStage.Unpacking, package.Id, done += read, total));
                    }
                }
            }
            Directory.Move(part, target);
        }
        catch (InvalidDataException e)
        {
            throw new SatException(
                ExitCode.Environment,
                $"{package.Address} is damaged: {e.Message.TrimEnd('.')}. What was downloaded of it was discarded; try again.",
                inner: e
            );
        }
        finally
        {
            Delete(part);
            if (!package.Address.IsFile)
                File.Delete(file);
        }
    }

    /// <returns>The folder of whole libraries.</returns>
    private string PutTogether(IReadOnlyList<FeedPackage> packages, string unpacked, string rid, CancellationToken stop)
    {
        var native = Directory.CreateDirectory(Path.Combine(Workplace, "native")).FullName;
        string[] folders = [.. packages.Select(p => Path.Combine(unpacked, p.FullName))];
        string[] suspects = folders;
        try
        {
            foreach (var library in SplitLibrary.In(folders, rid))
            {
                suspects =
                [
                    .. library.Parts.Select(p =>
                        folders.Single(f => p.StartsWith(f + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                    ),
                ];
                var target = Path.Combine(native, library.Name);
                if (!File.Exists(target) && library is { Parts.Count: 1, Sha256: null })
                {
                    File.Move(library.Parts[0], target);
                }
                else if (!File.Exists(target))
                {
                    var (beside, total) = (target + ".part", library.Bytes);
                    File.Delete(beside);
                    library.PutTogether(
                        beside,
                        done => listener.Progressed(new DataProgress(DataStage.Joining, library.Name, done, total)),
                        stop
                    );
                    File.Move(beside, target);
                }
                // The first part last: with it alone, nothing is missing.
                foreach (var part in library.Parts.Reverse())
                    File.Delete(part);
            }
        }
        catch (InvalidDataException e)
        {
            foreach (var folder in suspects)
                Delete(folder);
            throw new SatException(
                ExitCode.Environment,
                $"{e.Message}: {string.Join(", ", suspects.Select(Path.GetFileName))} {Count.Word(suspects.Length, "is", "are")} damaged or do not belong together. What was downloaded was discarded; the same command downloads {Count.Word(suspects.Length, "it", "them")} again.",
                inner: e
            );
        }
        if (CudaLibraries.Missing(rid, Directory.EnumerateFiles(native)) is { Count: > 0 } missing)
        {
            Delete(Workplace);
            throw new SatException(
                ExitCode.Environment,
                $"the packages of {packages[0].Id} {packages[0].Version} do not contain {string.Join(", ", missing)}: they are not TorchSharp's, or incomplete."
            );
        }
        return native;
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    [GeneratedRegex(@"^libtorch-cuda-(?<version>\d+\.\d+)-", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CudaVersion();
}

using Sat.Records;
using Sat.Records.Files;
using Sat.Records.Plans;
using Sat.Records.Runs;

namespace Sat.Sweeps.Store;

/// <summary>What may go. Finished records and metrics never do, unless their run is in no plan and that is asked for.</summary>
public sealed record Retention
{
    /// <summary>Checkpoints to keep of a run that is not done; those of a done run always go.</summary>
    public int KeepCheckpoints { get; init; } = 2;

    /// <summary>True to remove the final weights too.</summary>
    public bool Weights { get; init; }

    /// <summary>True to remove whole runs that the folder's plan does not name.</summary>
    public bool Unplanned { get; init; }

    /// <summary>What would go from a store: files and folders with their bytes. Runs that a worker holds are left out.</summary>
    public IEnumerable<Removal> In(RunStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        var planned = store.Outputs.ToDictionary(o => o, o => Plan.Read(o)?.Runs.Select(r => r.Id[..RunFolder.NameLength]).ToHashSet());
        foreach (var folder in store.Folders())
        {
            if (RunLease.IsHeld(folder))
                continue;
            if (Unplanned && planned[Path.GetDirectoryName(folder.Path)!] is { } ids && !ids.Contains(folder.Name))
            {
                yield return Removal.From(folder, folder.Path, "the plan does not contain this run");
                continue;
            }
            var done = StoredRun.Read(folder)?.Status == "done";
            foreach (var checkpoint in new CheckpointFolder(folder).All().Skip(done ? 0 : KeepCheckpoints))
                yield return Removal.From(folder, checkpoint.Path, done ? "a checkpoint of a run that is done" : "an older checkpoint");
            foreach (var litter in FolderTree.OwnFiles(folder.Path).Where(f => f.EndsWith(".tmp", StringComparison.Ordinal)))
                yield return Removal.From(folder, litter, "left behind by a writer that was killed");
            foreach (var earlier in SetAside.In(folder))
                yield return Removal.From(folder, earlier, "an earlier outcome that was damaged or stale");
            if (Weights && done && File.Exists(folder.WeightsFile))
                yield return Removal.From(folder, folder.WeightsFile, "weights");
        }
    }
}

/// <summary>Something to remove.</summary>
/// <param name="Run">The run it belongs to.</param>
/// <param name="Path">The file or folder.</param>
/// <param name="Why">Why it may go.</param>
/// <param name="Bytes">What it takes.</param>
public sealed record Removal(RunFolder Run, string Path, string Why, long Bytes)
{
    internal static Removal From(RunFolder run, string path, string why) =>
        new(
            run,
            path,
            why,
            Directory.Exists(path) ? FolderTree.OwnFiles(path).Sum(f => new FileInfo(f).Length) : new FileInfo(path).Length
        );

    /// <summary>Says in the record that a file of the outcome was removed, before it is: without it the run would be damaged.</summary>
    private void Note(RunLease lease)
    {
        var name = System.IO.Path.GetFileName(Path);
        if (Run.File(name) == Path && Run.ReadRecord() is { } record && record.Outputs.ContainsKey(name) && !record.Pruned.Contains(name))
            lease.WriteRecord(record with { Pruned = [.. record.Pruned, name] });
    }

    /// <summary>Removes it, unless a worker has taken the run in the meantime.</summary>
    /// <returns>False if one has.</returns>
    /// <exception cref="SatException">It cannot be removed (exit code 5).</exception>
    public bool Apply()
    {
        try
        {
            using (var lease = RunLease.TryTake(Run))
            {
                if (lease is null)
                    return false;
                if (File.Exists(Path))
                {
                    Note(lease);
                    File.Delete(Path);
                }
            }
            if (Directory.Exists(Path))
                Directory.Delete(Path, recursive: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SatException(ExitCode.Environment, $"cannot remove {Path}: {e.Message}", inner: e);
        }
    }
}

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

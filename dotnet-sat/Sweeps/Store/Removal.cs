using Sat.Records;
using Sat.Records.Files;
using Sat.Records.Runs;

namespace Sat.Sweeps.Store;

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

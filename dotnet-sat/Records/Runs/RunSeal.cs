using Sat.Records.Files;

namespace Sat.Records.Runs;

/// <summary>
/// The file <c>SHA256SUMS</c> of a run: the checksums of all files of its folder beside the record, which carries its own. It is
/// written when its worker has ended, and removed when another begins.
/// </summary>
public static class RunSeal
{
    /// <summary>Seals a run's folder, unless a worker has it. Where it cannot be written, the run is not sealed, and that is all.</summary>
    /// <param name="folder">The folder.</param>
    public static void Write(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        try
        {
            using var lease = RunLease.TryTake(folder);
            if (lease is null || folder.ReadRecord() is not { } record)
                return;
            lease.WriteText(
                folder.ChecksumFile,
                ChecksumList.Text(
                    Files(folder)
                        .ToDictionary(
                            name => name,
                            // What the worker read back is what it left; the others are taken as they are.
                            name => record.Outputs.GetValueOrDefault(name) ?? ChecksumList.PathFor(folder.File(name))
                        )
                )
            );
        }
        catch (Exception e) when (e is SatException or LeaseLostException or IOException or UnauthorizedAccessException)
        {
            // A full disk, a medium that cannot be written, a damaged record: 'runs verify' says that the folder is not sealed.
        }
    }

    /// <summary>What is wrong with the files that the seal alone vouches for, or with the seal; empty where there is none.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="record">Its record; files that it says were removed to make room may be missing.</param>
    public static IReadOnlyList<FileDamage> Check(RunFolder folder, RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(record);
        if (ChecksumList.Read(folder.Path, out var isWhole) is not { } sums)
            return [];
        var damages = new List<FileDamage>();
        foreach (var (name, sum) in sums.Where(s => !record.Pruned.Contains(s.Key)))
        {
            // The record vouches for its outputs; the list must agree with it.
            if (record.Outputs.TryGetValue(name, out var recorded))
                isWhole &= recorded == sum;
            else if (ChecksumList.Check(folder.Path, name, sum) is { } damage)
                damages.Add(damage);
        }
        isWhole &= record.Outputs.Keys.All(o => sums.ContainsKey(o) || record.Pruned.Contains(o));
        foreach (var name in Files(folder).Where(f => !sums.ContainsKey(f) && !record.Outputs.ContainsKey(f)))
            damages.Add(new FileDamage(name, $"{ChecksumList.FileName} does not list it"));
        if (!isWhole)
            damages.Add(new FileDamage(ChecksumList.FileName, "a line of it is damaged"));
        return damages;
    }

    /// <summary>The files of a run's folder that are the tool's, without the record and the list itself.</summary>
    private static IEnumerable<string> Files(RunFolder folder) => folder.Known.Where(File.Exists).Select(f => Path.GetFileName(f)!);
}

using System.Text.Json;
using Sat.Records.Files;
using Sat.Records.Json;

namespace Sat.Records.Runs;

/// <summary>Holds the files of a run against what its record says of them.</summary>
public static class RunIntegrity
{
    /// <summary>Refuses a run whose metrics are not those that its record was made of. A run that is not done has none yet.</summary>
    /// <exception cref="SatException">They are others (exit code 5).</exception>
    public static void RequireMetrics(RunFolder folder, RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Status != RunStatus.Done)
            return;
        RequireMetrics(folder, RunSummary.From(record));
        if (record.Final is { } final && !Same(final, FinalRow(folder, record)))
            throw folder.Damaged($"{FinalLine(record)} is not the outcome that run.json records", folder.MetricsFile);
    }

    /// <summary>Refuses a run whose metrics have another checksum than its record says.</summary>
    /// <exception cref="SatException">They have (exit code 5).</exception>
    public static void RequireMetrics(RunFolder folder, RunSummary summary)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(summary);
        if (summary.Status == RunStatus.Done)
            Require(folder, summary.Outputs, folder.MetricsFile);
    }

    /// <summary>Refuses a file of a run's outcome that is not the one which the run left.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="outputs"><see cref="RunRecord.Outputs"/>; a file that is not among them is believed.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="SatException">It is another, or missing (exit code 5).</exception>
    public static void Require(RunFolder folder, IReadOnlyDictionary<string, string> outputs, string path)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(outputs);
        if (
            outputs.TryGetValue(Path.GetFileName(path), out var sum)
            && ChecksumList.Check(folder.Path, Path.GetFileName(path), sum) is { } damage
        )
            throw folder.Damaged($"the file is damaged: {damage.What}", path);
    }

    /// <summary>What is wrong with the outcome of a run that is done: every file that its record names is read.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="record">Its record.</param>
    public static IReadOnlyList<FileDamage> Outcome(RunFolder folder, RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(record);
        var damages = new List<FileDamage>();
        foreach (var (name, sum) in record.Outputs.Where(o => !IsPruned(folder, record, o.Key)))
        {
            if (ChecksumList.Check(folder.Path, name, sum) is { } damage)
                damages.Add(damage);
        }
        if (damages.Count == 0 && record is { Status: RunStatus.Done, Final: { } final } && !Same(final, FinalRow(folder, record)))
            damages.Add(
                new FileDamage(Path.GetFileName(folder.MetricsFile), $"{FinalLine(record)} is not the outcome that run.json records")
            );
        return damages;
    }

    /// <summary>
    /// True if the run is done and nothing of its outcome is damaged. A record or an outcome that is damaged is no reason to throw.
    /// </summary>
    /// <exception cref="SatException">A file cannot be read (exit code 5).</exception>
    public static bool IsDone(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        try
        {
            return folder.ReadRecord() is { Status: RunStatus.Done } record && Outcome(folder, record).Count == 0;
        }
        catch (SatException e) when (e.IsDamage)
        {
            return false;
        }
    }

    /// <summary>Before version 2 of the record, weights were removed without a word in it.</summary>
    private static bool IsPruned(RunFolder folder, RunRecord record, string name) =>
        record.Pruned.Contains(name)
        || (record.Schema < RunRecord.SealedSince && folder.File(name) == folder.WeightsFile && !File.Exists(folder.WeightsFile));

    private static string FinalLine(RunRecord record) =>
        record.Selected is { Epoch: var epoch } ? FormattableString.Invariant($"the line of epoch {epoch}") : "the last line";

    private static Dictionary<string, double>? FinalRow(RunFolder folder, RunRecord record)
    {
        try
        {
            var lines = RegularFile
                .ReadAllText(folder.MetricsFile, RegularFile.MostOfDocument, FileShare.ReadWrite | FileShare.Delete)
                .TrimEnd('\n')
                .Split('\n');
            return record.Selected is { Epoch: var epoch }
                ? lines.Select(SatJson.Read<MetricsRow>).FirstOrDefault(r => r.Epoch == epoch)?.Values.ToDictionary()
                : SatJson.Read<MetricsRow>(lines[^1]).Values.ToDictionary();
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool Same(IReadOnlyDictionary<string, double> final, Dictionary<string, double>? last) =>
        last is not null && last.Count == final.Count && final.All(f => last.TryGetValue(f.Key, out var value) && value.Equals(f.Value));
}

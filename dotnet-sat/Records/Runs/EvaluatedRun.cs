using System.Security.Cryptography;
using Sat.Records.Files;

namespace Sat.Records.Runs;

/// <summary>Finds a run whose weights can be evaluated.</summary>
public static class EvaluatedRun
{
    /// <summary>The record of a run that is done.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="id">Its id; null: whichever lies there.</param>
    /// <exception cref="SatException">There is none, or it is not done, is an evaluation itself or has no weights (exit code 2); its record
    /// or its metrics are damaged (exit code 5).</exception>
    public static RunRecord Read(RunFolder folder, string? id = null)
    {
        // The list of checksums that an output folder has would have it pass for a damaged run.
        if (!File.Exists(folder.RecordFile) && HeldBy(folder.Path) is { Length: > 0 } runs)
            throw Wrong(
                $"{folder.Path} is no run but holds {Count.Of(runs.Length, "run")}. Name one of them, such as {runs[0]}, and one entry for each run to evaluate. To evaluate all runs of a study, put the evaluation without 'of' into that study"
            );
        var record = (id is null ? folder.ReadRecord() : folder.ReadRecord(id))
            ?? throw Wrong(
                $"there is no run at {folder.Path} to evaluate: name the folder of a run that is done, which holds its run.json"
            );
        if (record.Status != RunStatus.Done)
            throw Wrong(
                $"the run {folder.Name}, which is to be evaluated, {Ended(record)}. An evaluation needs a run that is done: finish that one first"
            );
        if (record.Spec.Evaluation is { } evaluation)
            throw Wrong(
                $"the run {folder.Name} is an evaluation itself ({evaluation.Id} of {record.Spec.Parent![..RunFolder.NameLength]}): name the run that was trained"
            );
        if (!File.Exists(folder.WeightsFile))
            throw Wrong(
                $"the run {folder.Name}, which is to be evaluated, has no {Path.GetFileName(folder.WeightsFile)}: it was removed. Move the run's folder away and make the run again"
            );
        RunIntegrity.RequireMetrics(folder, record);
        return record;
    }

    /// <summary>The runs that lie in a folder.</summary>
    private static string[] HeldBy(string folder) =>
        Directory.Exists(folder)
            ? [.. Directory.EnumerateDirectories(folder).Where(f => File.Exists(new RunFolder(f).RecordFile)).Order(StringComparer.Ordinal)]
            : [];

    /// <summary>How a run that is not done ended, as a clause: <c>failed: the loss is no scalar</c>.</summary>
    public static string Ended(RunRecord record)
    {
        var reason = record.Error?.Split('\n')[0].TrimEnd('.');
        return record.Status switch
        {
            RunStatus.Failed => $"failed: {reason}",
            RunStatus.Diverged => $"diverged: {reason}",
            RunStatus.Interrupted => "was interrupted",
            _ => "has not finished",
        };
    }

    /// <summary>Refuses weights that are not those which the run left.</summary>
    /// <exception cref="SatException">They are others (exit code 5).</exception>
    /// <param name="folder">The run's folder.</param>
    /// <param name="record">Its record.</param>
    /// <param name="weights">The file: the last epoch's, or a kept one's.</param>
    public static void RequireWeights(RunFolder folder, RunRecord record, string weights)
    {
        var name = Path.GetFileName(weights);
        if (!Path.Exists(weights))
            throw Wrong(
                $"the run {folder.Name} kept no {name}: name an epoch among its training.keep-epochs, or leave the epoch out to measure the last"
            );
        using var file = RegularFile.OpenRead(weights);
        if (record.Outputs.TryGetValue(name, out var expected) && Convert.ToHexStringLower(SHA256.HashData(file)) != expected)
            throw new SatException(
                ExitCode.Environment,
                $"{weights} is not the file that the run left: its checksum differs. Restore it, or move the run's folder away and make the run again"
            );
    }

    private static SatException Wrong(string message) => new(ExitCode.Planning, message + ".");
}

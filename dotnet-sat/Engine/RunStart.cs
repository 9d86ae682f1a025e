using Sat.Engine.Checkpoints;
using Sat.Records;
using Sat.Records.Json;
using Sat.Records.Runs;
using Sat.Records.Specs;

namespace Sat.Engine;

/// <summary>Where a run begins: at its first step, or at a checkpoint.</summary>
public sealed class RunStart
{
    private readonly IReadOnlyList<string> _damaged;

    private RunStart(RunRecord record, FoundCheckpoint? from, IReadOnlyList<string> damaged)
    {
        Record = record;
        From = from;
        _damaged = damaged;
    }

    /// <summary>The record of the run that has begun.</summary>
    public RunRecord Record { get; }

    /// <summary>The checkpoint to go on from; null: none.</summary>
    public FoundCheckpoint? From { get; }

    /// <summary>Seconds of work that led to the checkpoint.</summary>
    public double SecondsBefore => From?.Info.Seconds ?? 0;

    /// <summary>Finds the checkpoint to go on from and cuts the run's files back to it.</summary>
    /// <param name="lease">The right to write.</param>
    /// <param name="request">The run.</param>
    /// <param name="resume">False to begin anew.</param>
    /// <param name="log">Receives sentences on damaged checkpoints.</param>
    public static RunStart Prepare(RunLease lease, RunRequest request, bool resume, TextWriter log)
    {
        var folder = lease.Folder;
        var id = request.Spec.Id();
        if (RunFolder.IsName(folder.Name) && folder.Name != id[..RunFolder.NameLength])
            throw new SatException(
                ExitCode.Environment,
                $"{folder.RequestFile} asks for the run {id[..RunFolder.NameLength]}, which does not belong in this folder: it was edited or is damaged."
            );
        if (IsNotToBeBelieved(folder) && SetAside.Move(lease) is { } place)
            log.WriteLine(
                $"warning: an earlier outcome of this run is damaged or was made by other code; it is kept in {place}, and the run is repeated."
            );
        lease.Remove(folder.ChecksumFile);
        if (!resume)
            new CheckpointFolder(folder).Clear(lease);
        var (from, damaged) = FoundCheckpoint.Latest(folder, id);
        foreach (var sentence in damaged)
            log.WriteLine(
                $"warning: the checkpoint {sentence}; {(from is null ? "there is no earlier one, so the run starts over" : "an earlier one is used")}."
            );

        if (from is null)
        {
            // What an earlier attempt left must not be taken for this one's.
            foreach (var output in folder.Outputs.Append(folder.TensorBoardFile))
                lease.Remove(output);
        }
        // Published, not cut: a worker that lost this run may still have the old files open.
        lease.WriteText(folder.MetricsFile, from?.Info.Metrics ?? "");
        lease.WriteText(folder.TelemetryFile, string.Concat(TelemetryUpTo(folder, from).Select(r => SatJson.Write(r) + "\n")));
        lease.WriteText(folder.EventsFile, "");
        return new RunStart(
            new RunRecord
            {
                Id = id,
                Spec = request.Spec,
                Locations = request.Locations,
                AllIfFewer = request.AllIfFewer,
                Status = RunStatus.Running,
                Started = DateTimeOffset.UtcNow,
                Resumed = from is null ? [] : Earlier(folder)?.Resumed ?? [],
            },
            from,
            damaged
        );
    }

    /// <summary>The record with its conditions, and with what differs from those before.</summary>
    public RunRecord Under(RunRecord record, RunEnvironment environment) =>
        record with
        {
            Environment = environment,
            Resumed =
                From is null && _damaged.Count == 0
                    ? record.Resumed
                    :
                    [
                        .. record.Resumed,
                        new RunResumption(
                            DateTimeOffset.UtcNow,
                            From?.Info.Step ?? 0,
                            From?.Info.Environment.Differences(environment) ?? [],
                            _damaged
                        ),
                    ],
        };

    private static IEnumerable<TelemetryRow> TelemetryUpTo(RunFolder folder, FoundCheckpoint? from)
    {
        if (from is null)
            return [];
        try
        {
            return JsonLines.Read<TelemetryRow>(folder.TelemetryFile).Where(r => r.Epoch <= from.Info.Position.Epoch);
        }
        catch (SatException)
        {
            // Times and speeds of earlier epochs; a damaged file of them is no reason not to go on.
            return [];
        }
    }

    /// <summary>True where there is an outcome, or a record that cannot be read or has vanished: a worker is only started on it to make it
    /// again.</summary>
    private static bool IsNotToBeBelieved(RunFolder folder)
    {
        try
        {
            return folder.ReadRecord() is { Status: RunStatus.Done };
        }
        catch (SatException e) when (e.IsDamage)
        {
            return true;
        }
    }

    private static RunRecord? Earlier(RunFolder folder)
    {
        try
        {
            return folder.ReadRecord();
        }
        catch (SatException)
        {
            return null;
        }
    }
}

using Sat.Records;
using Sat.Records.Files;
using Sat.Records.Json;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Records.Specs;

namespace Sat.Sweeps.Execution;

/// <summary>Makes a run: starts one worker on its folder and follows it to its end.</summary>
internal sealed class RunAttempt(
    IRunExecutor executor,
    SweepOptions options,
    SafeListener listener,
    TimeProvider time,
    string outputFolder,
    CancellationToken stop,
    CancellationToken kill
)
{
    public bool IsStopped => stop.IsCancellationRequested || kill.IsCancellationRequested;

    /// <param name="run">The run.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="device">Where it is made.</param>
    /// <param name="isChosen">True if there are other devices, so that this one is told.</param>
    /// <exception cref="SatException">The folder cannot be written, or no worker be started (exit code 5).</exception>
    public async Task<AttemptEnd> MakeAsync(PlannedRun run, RunFolder folder, string device, bool isChosen)
    {
        MakeFolder(folder);
        RunLease.EndIfDead(folder);
        AtomicFile.WriteText(folder.RequestFile, SatJson.WriteIndented(Located(run.Request)));
        var recordBefore = RecordText(folder);
        var tail = new EventTail(folder.EventsFile);
        var started = time.GetUtcNow();
        listener.RunStarted(run, folder, isChosen ? device : null);

        using var end = CancellationTokenSource.CreateLinkedTokenSource(kill);
        var killsBefore = options.MemoryKills.Count();
        var patience = new WorkerPatience(run.Request.Spec, folder, options, time);
        var worker = executor.RunAsync(folder, device, stop, end.Token);
        while (!worker.IsCompleted)
        {
            await Task.WhenAny(worker, Task.Delay(options.Poll, time, CancellationToken.None));
            Tell(run, tail, patience);
            if (!end.IsCancellationRequested && patience.IsOver(stop.IsCancellationRequested))
                await end.CancelAsync();
        }
        var exit = await worker;
        Tell(run, tail, patience);
        RequireOutput();
        if (exit.Code == WorkerExit.LeaseHeld)
            return default;

        var failure =
            exit.Code != WorkerExit.Killed || patience.Why is not null ? null
            : options.MemoryKills.RoseSince(killsBefore) ? RunFailureKind.OutOfMemory
            : (RunFailureKind?)RunFailureKind.Killed;
        var attempted = Ended(run, folder, recordBefore, exit, patience.Why, failure, started);
        if (attempted.Record is not null)
            RunSeal.Write(folder);
        return attempted;
    }

    private AttemptEnd Ended(
        PlannedRun run,
        RunFolder folder,
        string? recordBefore,
        WorkerExit exit,
        string? whyEnded,
        RunFailureKind? failure,
        DateTimeOffset started
    )
    {
        var record = RecordText(folder) == recordBefore ? null : folder.ReadRecord();
        SatException? obstacle = null;
        if (exit.Code == WorkerExit.NoRunHere)
        {
            var why = record?.Error ?? exit.Error ?? "the worker found that no run can be made here";
            obstacle = new SatException(ExitCode.Environment, why) { ConcernsEveryRun = true };
            if (record is null)
                return new AttemptEnd(null, obstacle);
        }
        return record is null or { Status: RunStatus.Queued or RunStatus.Running }
            ? Publish(folder, Gone(run, record, exit, whyEnded, failure, obstacle, started), obstacle)
            : new AttemptEnd(record, obstacle);
    }

    /// <summary>Writes a record that no worker writes; nothing comes of it where another worker has taken the run by now.</summary>
    public static AttemptEnd Publish(RunFolder folder, RunRecord record, SatException? obstacle = null)
    {
        try
        {
            using var lease = RunLease.TryTake(folder);
            if (lease is null)
                return new AttemptEnd(null, obstacle);
            lease.WriteRecord(record);
            return new AttemptEnd(record, obstacle);
        }
        catch (SatException e)
        {
            // Its record stays 'running', which without a worker means interrupted; whoever watches is told the truth.
            return new AttemptEnd(record with { Error = e.Message, ExitCode = e.ExitCode }, e);
        }
    }

    /// <summary>Makes the folder of a run, within an output folder that must be there.</summary>
    /// <exception cref="SatException">It is gone, or cannot be written (exit code 5).</exception>
    public void MakeFolder(RunFolder folder)
    {
        RequireOutput();
        try
        {
            Directory.CreateDirectory(folder.Path);
        }
        catch (Exception e) when (WriteError.Is(e))
        {
            throw WriteError.Explain(folder.Path, e, "make the run folder");
        }
    }

    /// <summary>The request, with the place of the run that it evaluates.</summary>
    private RunRequest Located(RunRequest request) =>
        request.Spec.Parent is not { } parent || request.Locations.ContainsKey(RunRequest.Parent)
            ? request
            : request with
            {
                Locations = new Dictionary<string, string>(request.Locations)
                {
                    [RunRequest.Parent] = RunFolder.For(outputFolder, parent).Path,
                },
            };

    /// <summary>A folder that was renamed or removed under a sweep is not made anew: what was done lies elsewhere by now.</summary>
    private void RequireOutput()
    {
        if (!Directory.Exists(outputFolder))
        {
            throw new SatException(
                ExitCode.Environment,
                $"the output folder {outputFolder} is gone: it was renamed or removed while its runs were made. If it was renamed, repeat the command with its new name after --out to continue."
            )
            {
                ConcernsEveryRun = true,
            };
        }
    }

    private void Tell(PlannedRun run, EventTail tail, WorkerPatience patience)
    {
        foreach (var e in tail.Read())
        {
            patience.Take(e);
            listener.RunEvent(run, e);
        }
    }

    /// <summary>The record that a worker could no longer write.</summary>
    private RunRecord Gone(
        PlannedRun run,
        RunRecord? begun,
        WorkerExit exit,
        string? ended,
        RunFailureKind? failure,
        SatException? obstacle,
        DateTimeOffset started
    ) =>
        (
            begun
            ?? new RunRecord
            {
                Id = run.Id,
                Spec = run.Request.Spec,
                Locations = run.Request.Locations,
                AllIfFewer = run.Request.AllIfFewer,
                Status = RunStatus.Failed,
                Started = started,
            }
        ) with
        {
            Status = IsStopped ? RunStatus.Interrupted : RunStatus.Failed,
            Error = obstacle?.Message ?? ended ?? Cause(exit, failure, begun),
            ExitCode = IsStopped
                ? null
                : exit.Code switch
                {
                    ExitCode.Environment or WorkerExit.NoRunHere => ExitCode.Environment,
                    ExitCode.Planning => ExitCode.Planning,
                    _ => ExitCode.RunFailed,
                },
            Failure = IsStopped ? null : failure,
            Ended = time.GetUtcNow(),
        };

    private string Cause(WorkerExit exit, RunFailureKind? failure, RunRecord? begun)
    {
        var cause = $"the worker {exit.Describe()} before the run had ended";
        cause += exit.FirstOfCrash is { } first ? $": {first}" : ".";
        if (failure == RunFailureKind.OutOfMemory)
            cause += " The machine ran out of memory: use smaller batches, or fewer runs at a time.";
        else if (failure == RunFailureKind.Killed && !options.MemoryKills.IsKnown)
            cause += " If nobody killed it, the machine ran out of memory: use smaller batches, or fewer runs at a time.";
        else if (exit is { Code: <= 128, Error: null } && begun?.Environment is { Plugins.Count: > 0 } environment)
            cause +=
                $" A plugin, or a library of one, may have ended the process, as Environment.Exit does. The run uses {string.Join(", ", environment.Plugins.Keys)}.";
        return exit.Printed.Length == 0 ? cause : $"{cause}{(exit.FirstOfCrash is null ? " It" : "\nIt")} printed last:\n{exit.Printed}";
    }

    /// <summary>What the record says; null: there is none that can be read.</summary>
    private static string? RecordText(RunFolder folder)
    {
        try
        {
            return File.Exists(folder.RecordFile) ? RegularFile.ReadAllText(folder.RecordFile, RegularFile.MostOfDocument) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

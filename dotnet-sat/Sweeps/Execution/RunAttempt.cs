using Sat.Records;
using Sat.Records.Files;
using Sat.Records.Json;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Records.Specs;

namespace Sat.Sweeps.Execution;

/// <summary>What came of an attempt to make a run.</summary>
/// <param name="Record">Its record; null: another sweep's worker has the run, or there is an obstacle and it was not begun.</param>
/// <param name="Obstacle">What no other run would survive either; null: nothing.</param>
internal readonly record struct AttemptEnd(RunRecord? Record, SatException? Obstacle = null);

/// <summary>Makes a run: starts one worker on its folder and follows it to its end.</summary>
internal sealed class RunAttempt(
    IRunExecutor executor, TimeSpan poll, SafeListener listener, TimeProvider time, string outputFolder, CancellationToken stop, CancellationToken kill)
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
        AtomicFile.WriteText(folder.RequestFile, SatJson.WriteIndented(Located(run.Request)));
        var recordBefore = RecordText(folder);
        var tail = new EventTail(folder.EventsFile);
        var started = time.GetUtcNow();
        listener.RunStarted(run, folder, isChosen ? device : null);

        var worker = executor.RunAsync(folder, device, stop, kill);
        while (!worker.IsCompleted)
        {
            await Task.WhenAny(worker, Task.Delay(poll, time, CancellationToken.None));
            Tell(run, tail);
        }
        var exit = await worker;
        Tell(run, tail);
        if (exit.Code == WorkerExit.LeaseHeld)
            return default;

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
            ? Publish(folder, Gone(run, record, exit, obstacle, started), obstacle)
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

    public static void MakeFolder(RunFolder folder)
    {
        try
        {
            Directory.CreateDirectory(folder.Path);
        }
        catch (Exception e) when (WriteError.Is(e))
        {
            throw WriteError.Of(folder.Path, e, "make the run folder");
        }
    }

    /// <summary>The request, with the place of the run that it evaluates.</summary>
    private RunRequest Located(RunRequest request) => request.Spec.Parent is not { } parent || request.Locations.ContainsKey(RunRequest.Parent)
        ? request
        : request with { Locations = new Dictionary<string, string>(request.Locations) { [RunRequest.Parent] = RunFolder.Of(outputFolder, parent).Path } };

    private void Tell(PlannedRun run, EventTail tail)
    {
        foreach (var e in tail.Read())
            listener.RunEvent(run, e);
    }

    /// <summary>The record that a worker could no longer write.</summary>
    private RunRecord Gone(PlannedRun run, RunRecord? begun, WorkerExit exit, SatException? obstacle, DateTimeOffset started) =>
        (begun ?? new RunRecord { Id = run.Id, Spec = run.Request.Spec, Locations = run.Request.Locations, Status = RunStatus.Failed, Started = started }) with
        {
            Status = IsStopped ? RunStatus.Interrupted : RunStatus.Failed,
            Error = obstacle?.Message ?? Cause(exit),
            ExitCode = IsStopped ? null : exit.Code switch
            {
                ExitCode.Environment or WorkerExit.NoRunHere => ExitCode.Environment,
                ExitCode.Planning => ExitCode.Planning,
                _ => ExitCode.RunFailed,
            },
            Failure = IsStopped || exit.Code != WorkerExit.Killed ? null : RunFailureKind.OutOfMemory,
            Ended = time.GetUtcNow(),
        };

    private string Cause(WorkerExit exit)
    {
        var cause = $"the worker {exit.Describe()} before the run had ended.";
        if (!IsStopped && exit.Code == WorkerExit.Killed)
            cause += " Where nobody killed it, the machine was out of memory: run fewer --jobs or smaller batches.";
        return exit.Printed.Length == 0 ? cause : $"{cause} It printed last:\n{exit.Printed}";
    }

    private static string? RecordText(RunFolder folder) => File.Exists(folder.RecordFile) ? RegularFile.ReadAllText(folder.RecordFile, RegularFile.MostOfDocument) : null;
}

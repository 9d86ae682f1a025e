using Sat.Records;
using Sat.Records.Json;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Records.Specs;

namespace Sat.Sweeps.Execution;

/// <summary>How to sweep.</summary>
public sealed record SweepOptions
{
    /// <summary>Workers at a time, at least 1.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>True to start nothing more once a run has failed.</summary>
    public bool FailFast { get; init; }

    /// <summary>True to try runs again that failed, diverged or were interrupted before.</summary>
    public bool RetryFailed { get; init; } = true;

    /// <summary>Time between looks at the workers' events.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(200);
}

/// <summary>What came of a sweep; each run of the plan is counted once.</summary>
public sealed record SweepResult
{
    /// <summary>Runs that this sweep finished.</summary>
    public int Done { get; init; }

    /// <summary>Runs that were done before, or that another sweep finished meanwhile.</summary>
    public int DoneBefore { get; init; }

    /// <summary>Runs that failed: now, or before and not tried again.</summary>
    public int Failed { get; init; }

    /// <summary>Runs that diverged: now, or before and not tried again.</summary>
    public int Diverged { get; init; }

    /// <summary>Runs that were stopped.</summary>
    public int Interrupted { get; init; }

    /// <summary>Runs that another sweep's workers hold.</summary>
    public int Elsewhere { get; init; }

    /// <summary>Runs that were not begun: the sweep was stopped, or failed fast.</summary>
    public int NotStarted { get; init; }

    /// <summary>True if the sweep was stopped from outside.</summary>
    public bool Stopped { get; init; }

    /// <summary>What listeners threw; the sweep went on.</summary>
    public IReadOnlyList<Exception> ListenerErrors { get; init; } = [];

    /// <summary>The worst exit code that a run which did not succeed asks for; 0 when all did.</summary>
    public int WorstFailure { get; init; }

    /// <summary>What keeps every run from being made here, so that none was started any more: no such device, a full disk. Null: nothing does.</summary>
    public SatException? Obstacle { get; init; }

    /// <summary>130 when stopped (whoever knows that it was SIGTERM says 143), else that of the obstacle or of the worst run.</summary>
    public int ExitCode => Records.ExitCode.Worst(
        Stopped ? Records.ExitCode.Interrupted : Records.ExitCode.Fine,
        Records.ExitCode.Worst(Obstacle?.ExitCode ?? Records.ExitCode.Fine, WorstFailure));
}

/// <summary>Runs a plan in an output folder, each run in a worker process. Several sweeps can share the folder.</summary>
/// <param name="executor">Starts workers.</param>
/// <param name="options">How to sweep.</param>
/// <param name="listeners">Who watches.</param>
/// <param name="time">Tells the time.</param>
public sealed class SweepRunner(IRunExecutor executor, SweepOptions options, IReadOnlyList<ISweepListener> listeners, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Does what is left to do of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="outputFolder">Where run folders lie; it is made where missing.</param>
    /// <param name="stop">Asks the workers to end, waits for them, and starts no more.</param>
    /// <param name="kill">Ends the workers at once.</param>
    public async Task<SweepResult> RunAsync(Plan plan, string outputFolder, CancellationToken stop = default, CancellationToken kill = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var sweep = new Sweep(executor, options, new SafeListener(listeners), _time, Path.GetFullPath(outputFolder), stop, kill);
        return await sweep.RunAsync(plan.Runs);
    }

    private sealed class Sweep(
        IRunExecutor executor, SweepOptions options, SafeListener listener, TimeProvider time, string outputFolder,
        CancellationToken stop, CancellationToken kill)
    {
        /// <summary>A run held by another sweep's worker is looked at again, but not for ever.</summary>
        private const int MaxLooks = 3;

        private readonly Dictionary<string, Outcome> _outcomes = [];
        private int _worstFailure = ExitCode.Fine;
        private volatile bool _failed;
        private volatile bool _broken;
        private volatile SatException? _obstacle;

        private enum Outcome
        {
            Done,
            DoneBefore,
            Failed,
            Diverged,
            Interrupted,
            Elsewhere,
            NotStarted,
        }

        private bool IsOver => stop.IsCancellationRequested || kill.IsCancellationRequested || _broken || _obstacle is not null || (options.FailFast && _failed);

        public async Task<SweepResult> RunAsync(IReadOnlyList<PlannedRun> runs)
        {
            var left = runs;
            for (var look = 0; look < MaxLooks && left.Count > 0; look++)
            {
                var queue = new RunQueue(left);
                await Task.WhenAll(Enumerable.Range(0, Math.Max(1, options.Jobs)).Select(_ => Task.Run(() => WorkAsync(queue), CancellationToken.None)));
                left = [.. left.Where(r => _outcomes[r.Id] == Outcome.Elsewhere)];
                if (IsOver || left.All(r => RunState.Of(outputFolder, r) is { IsHeld: true }))
                    break;
            }
            foreach (var run in left)
                listener.RunSkipped(run, SkipReason.Elsewhere);

            int Count(Outcome outcome) => _outcomes.Values.Count(o => o == outcome);
            return new SweepResult
            {
                Done = Count(Outcome.Done),
                DoneBefore = Count(Outcome.DoneBefore),
                Failed = Count(Outcome.Failed),
                Diverged = Count(Outcome.Diverged),
                Interrupted = Count(Outcome.Interrupted),
                Elsewhere = Count(Outcome.Elsewhere),
                NotStarted = Count(Outcome.NotStarted),
                WorstFailure = _worstFailure,
                Obstacle = _obstacle,
                Stopped = stop.IsCancellationRequested || kill.IsCancellationRequested,
                ListenerErrors = listener.Errors,
            };
        }

        private async Task WorkAsync(RunQueue queue)
        {
            while (await queue.Next() is { } run)
            {
                var outcome = Outcome.NotStarted;
                try
                {
                    if (Skipped(run, out var folder) is { } skipped)
                        outcome = skipped;
                    else if (!IsOver)
                    {
                        outcome = WithoutParent(run, folder) ?? await StartAsync(run, folder);
                        _failed |= outcome is Outcome.Failed or Outcome.Diverged;
                    }
                }
                catch (SatException e)
                {
                    // The folder or the worker's program: no other run would fare better. Those under way are waited for.
                    _obstacle = e;
                }
                catch
                {
                    _broken = true;
                    throw;
                }
                finally
                {
                    lock (_outcomes)
                        _outcomes[run.Id] = outcome;
                    queue.Settle(run);
                }
            }
        }

        /// <summary>What becomes of an evaluation whose run is not done; null: the run is, or is none of this plan.</summary>
        private Outcome? WithoutParent(PlannedRun run, RunFolder folder)
        {
            if (run.Request.Spec.Parent is not { } parent)
                return null;
            lock (_outcomes)
            {
                if (!_outcomes.TryGetValue(parent, out var ended) || ended is Outcome.Done or Outcome.DoneBefore)
                    return null;
                if (ended is Outcome.Elsewhere or Outcome.NotStarted or Outcome.Interrupted)
                    return ended == Outcome.Elsewhere ? ended : Outcome.NotStarted;
            }
            MakeFolder(folder);
            var measured = RunFolder.Of(outputFolder, parent);
            var failed = new RunRecord
            {
                Id = run.Id,
                Spec = run.Request.Spec,
                Status = RunStatus.Failed,
                Error = $"the run that it evaluates, {measured.Name}, {WhyNotDone(measured)}",
                ExitCode = ExitCode.RunFailed,
                Ended = time.GetUtcNow(),
            };
            using (var lease = RunLease.TryTake(folder))
            {
                if (lease is null)
                    return Outcome.Elsewhere;
                lease.WriteRecord(failed);
            }
            listener.RunEnded(run, failed);
            return Of(RunSummary.Of(failed));
        }

        private Outcome? Skipped(PlannedRun run, out RunFolder folder)
        {
            folder = RunFolder.Of(outputFolder, run.Id);
            RunState state;
            try
            {
                state = RunState.Of(outputFolder, run);
            }
            catch (SatException e)
            {
                return Unreadable(run, e);
            }
            if (state.IsDone)
            {
                listener.RunSkipped(run, SkipReason.Done);
                return Outcome.DoneBefore;
            }
            if (state.IsHeld)
                return Outcome.Elsewhere;
            if (!options.RetryFailed && state.Summary?.Status is RunStatus.Failed or RunStatus.Diverged or RunStatus.Interrupted)
            {
                listener.RunSkipped(run, SkipReason.FailedBefore);
                return Of(state.Summary!);
            }
            return null;
        }

        /// <summary>Damaged files are left as they are, for whoever can mend them; no other run need suffer for them.</summary>
        private Outcome Unreadable(PlannedRun run, SatException error)
        {
            var record = new RunRecord { Id = run.Id, Spec = run.Request.Spec, Status = RunStatus.Failed, Error = error.Message, ExitCode = error.ExitCode };
            _failed = true;
            listener.RunEnded(run, record);
            return Of(RunSummary.Of(record));
        }

        private async Task<Outcome> StartAsync(PlannedRun run, RunFolder folder)
        {
            MakeFolder(folder);
            AtomicFile.WriteText(folder.RequestFile, SatJson.WriteIndented(Located(run.Request)));
            var recordBefore = RecordText(folder);
            var tail = new EventTail(folder.EventsFile);
            var started = time.GetUtcNow();
            listener.RunStarted(run, folder);

            var worker = executor.RunAsync(folder, stop, kill);
            while (!worker.IsCompleted)
            {
                await Task.WhenAny(worker, Task.Delay(options.Poll, time, CancellationToken.None));
                Tell(run, tail);
            }
            var exit = await worker;
            Tell(run, tail);
            if (exit.Code == WorkerExit.LeaseHeld)
                return Outcome.Elsewhere;

            var record = RecordText(folder) == recordBefore ? null : folder.ReadRecord();
            if (exit.Code == WorkerExit.NoRunHere)
            {
                var why = record?.Error ?? exit.Error ?? "the worker found that no run can be made here";
                _obstacle = new SatException(ExitCode.Environment, why) { ConcernsEveryRun = true };
                if (record is null)
                    return Outcome.NotStarted;
            }
            if (record is null or { Status: RunStatus.Queued or RunStatus.Running })
            {
                record = Gone(run, folder, record, exit, started);
                if (record is null)
                    return Outcome.Elsewhere;
            }
            listener.RunEnded(run, record);
            return Of(RunSummary.Of(record));
        }

        private static string WhyNotDone(RunFolder folder)
        {
            try
            {
                return folder.ReadRecord() is { } record ? EvaluatedRun.Ended(record) : "was not made";
            }
            catch (SatException)
            {
                return "has a damaged record";
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

        /// <summary>Writes what a worker could no longer write; null when another worker has taken the run by now.</summary>
        private RunRecord? Gone(PlannedRun run, RunFolder folder, RunRecord? begun, WorkerExit exit, DateTimeOffset started)
        {
            var stopped = stop.IsCancellationRequested || kill.IsCancellationRequested;
            var record = (begun ?? new RunRecord { Id = run.Id, Spec = run.Request.Spec, Locations = run.Request.Locations, Status = RunStatus.Failed, Started = started }) with
            {
                Status = stopped ? RunStatus.Interrupted : RunStatus.Failed,
                Error = exit.Code == WorkerExit.NoRunHere ? _obstacle!.Message : Cause(exit, stopped),
                ExitCode = stopped ? null : exit.Code switch
                {
                    ExitCode.Environment or WorkerExit.NoRunHere => ExitCode.Environment,
                    ExitCode.Planning => ExitCode.Planning,
                    _ => ExitCode.RunFailed,
                },
                Ended = time.GetUtcNow(),
            };
            try
            {
                using var lease = RunLease.TryTake(folder);
                if (lease is null)
                    return null;
                lease.WriteRecord(record);
                return record;
            }
            catch (SatException e)
            {
                // Its record stays 'running', which without a worker means interrupted; whoever watches is told the truth.
                _obstacle = e;
                return record with { Error = e.Message, ExitCode = e.ExitCode };
            }
        }

        private static string Cause(WorkerExit exit, bool stopped)
        {
            var cause = $"the worker {exit.Describe()} before the run had ended.";
            if (!stopped && exit.Code == 128 + 9)
                cause += " Where nobody killed it, the machine was out of memory: run fewer --jobs or smaller batches.";
            return exit.Printed.Length == 0 ? cause : $"{cause} It printed last:\n{exit.Printed}";
        }

        private static void MakeFolder(RunFolder folder)
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

        private static string? RecordText(RunFolder folder) => File.Exists(folder.RecordFile) ? File.ReadAllText(folder.RecordFile) : null;

        /// <summary>How a run that ended counts.</summary>
        private Outcome Of(RunSummary ended)
        {
            if (ended.Status == RunStatus.Done)
                return Outcome.Done;
            lock (_outcomes)
                _worstFailure = ExitCode.Worst(_worstFailure, ended.ExitCode ?? ExitCode.RunFailed);
            return ended.Status switch
            {
                RunStatus.Diverged => Outcome.Diverged,
                RunStatus.Interrupted => Outcome.Interrupted,
                _ => Outcome.Failed,
            };
        }
    }
}

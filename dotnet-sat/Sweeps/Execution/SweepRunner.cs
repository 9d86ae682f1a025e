using Sat.Records;
using Sat.Records.Plans;
using Sat.Records.Runs;
using Sat.Sweeps.Store;

namespace Sat.Sweeps.Execution;

/// <summary>Runs a plan in an output folder, each run in a worker process. Several sweeps can share the folder.</summary>
/// <param name="executor">Starts workers.</param>
/// <param name="placement">Gives runs their devices.</param>
/// <param name="options">How to sweep.</param>
/// <param name="listeners">Who watches.</param>
/// <param name="time">Tells the time.</param>
public sealed class SweepRunner(
    IRunExecutor executor,
    Placement placement,
    SweepOptions options,
    IReadOnlyList<ISweepListener> listeners,
    TimeProvider? time = null
)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Does what is left to do of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="outputFolder">Where run folders lie; it is made where missing.</param>
    /// <param name="stop">Asks the workers to end, waits for them, and starts no more.</param>
    /// <param name="kill">Ends the workers at once.</param>
    public async Task<SweepResult> RunAsync(
        Plan plan,
        string outputFolder,
        CancellationToken stop = default,
        CancellationToken kill = default
    )
    {
        ArgumentNullException.ThrowIfNull(plan);
        var listener = new SafeListener(listeners);
        var folder = Path.GetFullPath(outputFolder);
        MakeOutput(folder);
        var sweep = new Sweep(
            new RunAttempt(executor, options, listener, _time, folder, stop, kill),
            placement,
            options,
            listener,
            _time,
            folder
        );
        return await sweep.RunAsync(plan.Runs);
    }

    private static void MakeOutput(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (WriteError.Is(e))
        {
            throw WriteError.Explain(folder, e, "make the output folder");
        }
    }

    private sealed class Sweep(
        RunAttempt attempt,
        Placement placement,
        SweepOptions options,
        SafeListener listener,
        TimeProvider time,
        string outputFolder
    )
    {
        /// <summary>A run held by another sweep's worker is looked at again, but not for ever.</summary>
        private const int MaxLooks = 3;

        private readonly Dictionary<string, Outcome> _outcomes = [];
        private readonly Dictionary<string, RunRecord> _outOfMemory = [];
        private readonly Dictionary<string, string?> _damages = [];
        private int _worstFailure = ExitCode.Fine;
        private int _byOtherCode;
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

            /// <summary>It, or the run that it evaluates, ran out of memory beside others, and is tried again alone.</summary>
            Postponed,
        }

        private bool IsOver => attempt.IsStopped || _broken || _obstacle is not null || (options.FailFast && _failed);

        public async Task<SweepResult> RunAsync(IReadOnlyList<PlannedRun> runs)
        {
            var left = runs;
            // Holders elsewhere are watched from now on, all at once, while the other runs are made.
            foreach (var run in runs)
                RunLease.Look(RunFolder.For(outputFolder, run.Id));
            for (var look = 0; look < MaxLooks && left.Count > 0; look++)
            {
                await WorkAsync(left, options.Jobs, alone: false);
                await RetryAsync([.. left.Where(r => _outcomes[r.Id] == Outcome.Postponed)]);
                left = [.. left.Where(r => _outcomes[r.Id] == Outcome.Elsewhere)];
                await WatchAsync(left);
                if (IsOver || left.All(r => RunState.Read(outputFolder, r) is { IsHeld: true }))
                    break;
            }
            foreach (var run in left)
                listener.RunSkipped(run, SkipReason.Elsewhere);

            int Count(Outcome outcome) => _outcomes.Values.Count(o => o == outcome);
            return new SweepResult
            {
                Done = Count(Outcome.Done),
                DoneBefore = Count(Outcome.DoneBefore),
                ByOtherCode = _byOtherCode,
                Failed = Count(Outcome.Failed),
                Diverged = Count(Outcome.Diverged),
                Interrupted = Count(Outcome.Interrupted),
                Elsewhere = Count(Outcome.Elsewhere),
                NotStarted = Count(Outcome.NotStarted),
                WorstFailure = _worstFailure,
                Obstacle = _obstacle,
                Stopped = attempt.IsStopped,
                ListenerErrors = listener.Errors,
            };
        }

        /// <summary>Waits until it is known of each run that is held elsewhere whether its holder lives.</summary>
        private async Task WatchAsync(IReadOnlyList<PlannedRun> runs)
        {
            var told = false;
            while (
                !IsOver && runs.Count(r => RunLease.Look(RunFolder.For(outputFolder, r.Id)) == LeaseState.Unknown) is > 0 and var unknown
            )
            {
                if (!told)
                    listener.RunsWatched(unknown);
                told = true;
                await Task.Delay(options.Poll, time, CancellationToken.None);
            }
        }

        private Task WorkAsync(IReadOnlyList<PlannedRun> runs, int jobs, bool alone)
        {
            var queue = new RunQueue(runs);
            return Task.WhenAll(
                Enumerable.Range(0, Math.Max(1, jobs)).Select(_ => Task.Run(() => WorkAsync(queue, alone), CancellationToken.None))
            );
        }

        /// <summary>
        /// Tries runs again that ran out of memory beside others, once those have ended: one on each device, or one at a time where it was
        /// the machine's memory. Where the sweep is over by then, they failed.
        /// </summary>
        private async Task RetryAsync(IReadOnlyList<PlannedRun> postponed)
        {
            if (!IsOver)
            {
                var machine = _outOfMemory.Values.Any(r => r.Failure == RunFailureKind.OutOfMemory);
                await WorkAsync(postponed, machine ? 1 : Math.Min(options.Jobs, placement.Devices.Count), alone: true);
            }
            foreach (var run in postponed.Where(r => _outcomes[r.Id] is Outcome.NotStarted or Outcome.Postponed))
                _outcomes[run.Id] = _outOfMemory.TryGetValue(run.Id, out var record) ? Ended(run, record) : Outcome.NotStarted;
        }

        private async Task WorkAsync(RunQueue queue, bool alone)
        {
            while (await queue.Next() is { } run)
            {
                var outcome = Outcome.NotStarted;
                try
                {
                    if (Skipped(run, out var folder) is { } skipped)
                        outcome = skipped;
                    else if (!IsOver)
                        outcome = WithoutParent(run, folder) ?? await MakeAsync(run, folder, alone);
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
                if (ended is Outcome.Elsewhere or Outcome.Postponed or Outcome.NotStarted or Outcome.Interrupted)
                    return ended is Outcome.Elsewhere or Outcome.Postponed ? ended : Outcome.NotStarted;
            }
            attempt.MakeFolder(folder);
            var measured = RunFolder.For(outputFolder, parent);
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
            return Ended(run, failed);
        }

        private Outcome? Skipped(PlannedRun run, out RunFolder folder)
        {
            folder = RunFolder.For(outputFolder, run.Id);
            RunState state;
            try
            {
                state = RunState.Read(outputFolder, run, options.Installed);
            }
            catch (SatException e)
            {
                // A record that cannot be read is left as it is; no other run need suffer for it.
                return Ended(
                    run,
                    new RunRecord
                    {
                        Id = run.Id,
                        Spec = run.Request.Spec,
                        Status = RunStatus.Failed,
                        Error = e.Message,
                        ExitCode = e.ExitCode,
                    }
                );
            }
            if (state.IsDone && Damage(state) is null && (state.OtherCode is null || !options.RemakeStale))
            {
                if (state.OtherCode is not null)
                    Interlocked.Increment(ref _byOtherCode);
                listener.RunSkipped(run, SkipReason.Done);
                return Outcome.DoneBefore;
            }
            if (state.IsHeld)
                return Outcome.Elsewhere;
            if (Damage(state) is { } damage)
                listener.RunDamaged(run, damage);
            if (
                !options.RetryFailed
                && state.Summary?.Status is RunStatus.Failed or RunStatus.Diverged or RunStatus.Interrupted
                && !HasRunOut(run)
            )
            {
                listener.RunSkipped(run, SkipReason.FailedBefore);
                return Of(state.Summary!);
            }
            return null;
        }

        /// <summary>
        /// What is wrong with a run: its record, or any file of its outcome where it is done. All of them are read: a sweep takes longer
        /// than that, and nothing that is damaged stays for want of a reader.
        /// </summary>
        private string? Damage(RunState state)
        {
            if (state.Damage is { } known)
                return known.Message;
            if (!state.IsDone)
                return null;
            lock (_damages)
            {
                if (_damages.TryGetValue(state.Run.Id, out var found))
                    return found;
            }
            string? damage;
            try
            {
                var record = state.Folder.ReadRecord(state.Run.Id)!;
                var files = RunIntegrity.Outcome(state.Folder, record);
                damage = files.Count == 0 ? null : $"{state.Folder.Path}: the outcome is damaged: {string.Join("; ", files)}";
                // A sweep that was killed may have left the last run unsealed.
                if (damage is null && record.Schema >= RunRecord.SealedSince && !File.Exists(state.Folder.ChecksumFile))
                    RunSeal.Write(state.Folder);
            }
            catch (SatException e) when (e.IsDamage)
            {
                damage = e.Message;
            }
            lock (_damages)
                _damages[state.Run.Id] = damage;
            return damage;
        }

        private async Task<Outcome> MakeAsync(PlannedRun run, RunFolder folder, bool alone)
        {
            using var place = await placement.TakeAsync(run.Request.Spec, alone);
            // It may have waited for its place.
            if (place is null || IsOver)
                return Outcome.NotStarted;
            var (record, obstacle) = await attempt.MakeAsync(run, folder, place.Device, placement.Devices.Count > 1);
            lock (_damages)
                _damages.Remove(run.Id);
            _obstacle = obstacle ?? _obstacle;
            if (record is null)
                return obstacle is null ? Outcome.Elsewhere : Outcome.NotStarted;

            switch (record.Failure)
            {
                case RunFailureKind.DeviceLost:
                    if (!placement.Lose(place.Device))
                        _obstacle = new SatException(record.ExitCode ?? ExitCode.Environment, record.Error!) { ConcernsEveryRun = true };
                    break;
                case RunFailureKind.OutOfDeviceMemory when place.SharedDevice && !HasRunOut(run):
                case RunFailureKind.OutOfMemory when place.SharedMachine && !HasRunOut(run):
                    lock (_outcomes)
                        _outOfMemory[run.Id] = record;
                    listener.RunPostponed(run, record);
                    return Outcome.Postponed;
                case RunFailureKind.OutOfDeviceMemory or RunFailureKind.OutOfMemory when HasRunOut(run):
                    (record, obstacle) = RunAttempt.Publish(folder, record with { Error = $"even alone: {record.Error}" });
                    _obstacle = obstacle ?? _obstacle;
                    if (record is null)
                        return Outcome.Elsewhere;
                    break;
                default:
                    break;
            }
            return Ended(run, record);
        }

        /// <summary>True if the run ran out of memory beside others in this sweep.</summary>
        private bool HasRunOut(PlannedRun run)
        {
            lock (_outcomes)
                return _outOfMemory.ContainsKey(run.Id);
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

        private Outcome Ended(PlannedRun run, RunRecord record)
        {
            listener.RunEnded(run, record);
            var outcome = Of(RunSummary.From(record));
            _failed |= outcome is Outcome.Failed or Outcome.Diverged;
            return outcome;
        }

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

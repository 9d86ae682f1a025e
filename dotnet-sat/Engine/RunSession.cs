using System.Diagnostics;
using Sat.Engine.Conditions;
using Sat.Engine.Sinks;
using Sat.Records.Data;
using Sat.Records.Runs;
using Sat.Records.Specs;

namespace Sat.Engine;

/// <summary>A run that is being carried out: what it is, where it writes, and what is known of it so far.</summary>
public sealed class RunSession : IDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly EnergyMeter _energy;
    private (DataStage, string, long)? _told;

    /// <summary>Begins the run, or goes on with it.</summary>
    /// <param name="lease">The right to work on the run's folder.</param>
    /// <param name="request">The run.</param>
    /// <param name="conditions">Device, threads, checkpoints.</param>
    /// <param name="log">Receives what only a developer needs.</param>
    /// <param name="stop">Asks it to stop.</param>
    public RunSession(RunLease lease, RunRequest request, RunConditions conditions, TextWriter log, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentNullException.ThrowIfNull(conditions);
        (Lease, Request, Conditions, Log) = (lease, request, conditions, log);
        Start = RunStart.Prepare(lease, request, conditions.Resume, log);
        Events = new EventLog(lease.Folder, Spec.Training.Epochs);
        Record = Start.Record;
        lease.WriteRecord(Record);
        Events.Append(RunEventKind.Started, e => e with { Step = Start.From?.Info.Step, Epoch = Start.From?.Info.Position.Epoch });
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stop, lease.Lost);
        _energy = EnergyMeter.Start();
    }

    /// <summary>The right to write.</summary>
    public RunLease Lease { get; }

    /// <summary>The run, and where its files are.</summary>
    public RunRequest Request { get; }

    /// <summary>The run.</summary>
    public RunSpec Spec => Request.Spec;

    /// <summary>How it is carried out.</summary>
    public RunConditions Conditions { get; }

    /// <summary>Where it begins.</summary>
    public RunStart Start { get; }

    /// <summary>What is known so far, as <c>run.json</c> has it.</summary>
    public RunRecord Record { get; private set; }

    /// <summary>For whoever watches.</summary>
    public EventLog Events { get; }

    /// <summary>Receives what only a developer needs: stack traces, warnings.</summary>
    public TextWriter Log { get; }

    /// <summary>Asks it to stop: its user, or the loss of its lease.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Changes the record and writes it, so that a run that fails later still has what was known.</summary>
    /// <exception cref="LeaseLostException">Another worker has the run.</exception>
    public void Update(Func<RunRecord, RunRecord> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        Lease.WriteRecord(Record = change(Record));
    }

    /// <summary>Adds a sentence to the record's warnings and to the log, and tells whoever watches at once.</summary>
    public void Warn(string sentence)
    {
        Log.WriteLine($"warning: {sentence}");
        Update(r => r with { Warnings = [.. r.Warnings, sentence] });
        Events.Append(RunEventKind.Warning, e => e with { Warning = sentence });
    }

    /// <summary>Tells whoever watches how far it is with a large file, in hundredths.</summary>
    public void Tell(DataProgress reading)
    {
        var now = (reading.Stage, reading.Name, reading.Total is > 0 and var total ? 100 * reading.Bytes / total : 0);
        if (_told == now)
            return;
        _told = now;
        Events.Append(RunEventKind.Reading, e => e with { Reading = reading });
    }

    /// <summary>Writes how the run ended, and what it cost.</summary>
    public void End(RunEnding ending)
    {
        ArgumentNullException.ThrowIfNull(ending);
        using var process = Process.GetCurrentProcess();
        Update(r =>
            r with
            {
                Status = ending.Status,
                Error = ending.Error,
                ExitCode = ending.ExitCode,
                Failure = ending.Failure,
                Ended = DateTimeOffset.UtcNow,
                Seconds = Start.SecondsBefore + _clock.Elapsed.TotalSeconds,
                PeakMemoryBytes = process.PeakWorkingSet64,
                // libtorch keeps what it has once taken of a card until its process ends: one look at the end sees the most there was.
                PeakDeviceMemoryBytes = r.Environment?.Device is null or "cpu" ? null : GraphicsCard.MemoryOf(process.Id),
                EnergyJoules = _energy.Joules(),
            }
        );
        if (ending.Status == RunStatus.Done)
            new CheckpointFolder(Lease.Folder).Clear(Lease);
        Events.Append(RunEventKind.Ended, e => e with { Status = ending.Status });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Events.Dispose();
        _stop.Dispose();
    }
}

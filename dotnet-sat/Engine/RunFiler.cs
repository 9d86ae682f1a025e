using Sat.Engine.Training;
using Sat.Records.Runs;

namespace Sat.Engine;

/// <summary>Writes <c>events.jsonl</c>.</summary>
public sealed class EventLog(RunFolder folder, int epochs) : IDisposable
{
    private readonly JsonLinesWriter _writer = new(folder.EventsFile);

    public void Append(RunEventKind kind, Func<RunEvent, RunEvent>? with = null)
    {
        var plain = new RunEvent { Kind = kind, Time = DateTimeOffset.UtcNow, Epochs = epochs };
        _writer.Append(with?.Invoke(plain) ?? plain);
    }

    public void Dispose() => _writer.Dispose();
}

/// <summary>Files what training tells: metrics, telemetry, events.</summary>
public sealed class RunFiler : ITrainingListener, IDisposable
{
    private readonly RunLease _lease;
    private readonly EventLog _events;
    private readonly JsonLinesWriter _metrics;
    private readonly JsonLinesWriter _telemetry;
    private double _seconds;
    private int _epochs;

    /// <param name="lease">The right to write.</param>
    /// <param name="events">Where progress is told.</param>
    public RunFiler(RunLease lease, EventLog events)
    {
        _lease = lease;
        _events = events;
        var before = JsonLines.Read<TelemetryRow>(lease.Folder.TelemetryFile);
        _seconds = before.Sum(r => r.TrainSeconds);
        _epochs = before.Count;
        _metrics = new JsonLinesWriter(lease.Folder.MetricsFile);
        _telemetry = new JsonLinesWriter(lease.Folder.TelemetryFile);
    }

    /// <summary>Training samples a second over all epochs, evaluation left out.</summary>
    public double ImagesPerSecond(long samples) => samples * _epochs / _seconds;

    public void Progress(int epoch, long step, long steps, double imagesPerSecond) =>
        _events.Append(RunEventKind.Progress, e => e with { Epoch = epoch, Step = step, Steps = steps, ImagesPerSecond = imagesPerSecond });

    public void EpochEnded(MetricsRow? metrics, TelemetryRow telemetry)
    {
        _lease.Require();
        if (metrics is not null)
            _metrics.Append(metrics);
        _telemetry.Append(telemetry);
        _seconds += telemetry.TrainSeconds;
        _epochs++;
        _events.Append(RunEventKind.Epoch, e => e with { Epoch = telemetry.Epoch, ImagesPerSecond = telemetry.ImagesPerSecond, Metrics = metrics?.Values });
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _telemetry.Dispose();
    }
}
